package org.skiplab.engine.graph;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Setting values on their way into a block: each getter takes what people, files and sliders give
/// and throws a one-line IllegalArgumentException for what it cannot take.
record Values(Map<String, @Nullable Object> byName) {

    int whole(String name, int most) {
        long value =
                switch (byName.get(name)) {
                    case Integer i -> i;
                    case Long l -> l;
                    case null, default -> throw refusal(name, "must be a whole number");
                };
        if (value > most) {
            throw refusal(name, "must be at most " + most);
        }
        // The block itself says how small a number may be.
        return (int) Math.max(value, Integer.MIN_VALUE);
    }

    double real(String name) {
        if (byName.get(name) instanceof Number n && Double.isFinite(n.doubleValue())) {
            return n.doubleValue();
        }
        throw refusal(name, "must be a number");
    }

    @Nullable Double override(String name) {
        return byName.get(name) == null ? null : Double.valueOf(real(name));
    }

    boolean flag(String name) {
        if (byName.get(name) instanceof Boolean b) {
            return b;
        }
        throw refusal(name, "must be true or false");
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) {
        return optional(name, type).orElseThrow(() -> refusal(name, "must be one of " + ids(type)));
    }

    /// A choice that may also be `none`.
    <E extends Enum<E>> @Nullable E choiceOrNone(String name, Class<E> type) {
        if (Schema.NONE.equals(byName.get(name))) {
            return null;
        }
        return optional(name, type)
                .orElseThrow(
                        () -> refusal(name, "must be one of " + Schema.NONE + ", " + ids(type)));
    }

    private <E extends Enum<E>> Optional<E> optional(String name, Class<E> type) {
        Object value = byName.get(name);
        return Stream.of(type.getEnumConstants())
                .filter(e -> e == value || id(e).equals(value))
                .findFirst();
    }

    private static <E extends Enum<E>> String ids(Class<E> type) {
        return Stream.of(type.getEnumConstants()).map(Values::id).collect(Collectors.joining(", "));
    }

    /// An enum constant's name in files and on the command line.
    static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private IllegalArgumentException refusal(String name, String rule) {
        return new IllegalArgumentException(name + " " + rule + ": " + byName.get(name));
    }
}
