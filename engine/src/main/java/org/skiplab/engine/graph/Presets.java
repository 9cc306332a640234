package org.skiplab.engine.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The networks of the gallery, and all further members of their families by name.
public final class Presets {
    private static final List<Preset> ALL = Gallery.presets();
    private static final Map<String, Preset> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Preset::name, Function.identity()));

    private Presets() {}

    /// What looking up a name gives.
    public sealed interface Lookup {
        record Found(Preset preset) implements Lookup {}

        /// @param why what is wrong with the name
        /// @param fix which names would do
        record Missing(String why, String fix) implements Lookup {}
    }

    /// The gallery, family by family, small to large.
    public static List<Preset> all() {
        return ALL;
    }

    /// A preset of the gallery, or any other size of its families: `resnet-N`, `plain-N`,
    /// `preact-resnet-N`, `stochastic-resnet-N` (with `-basic` or `-bottleneck` appended to choose
    /// the block), `wrn-N-K`, `densenet-L-k`, `densenet-bc-L-k`.
    public static Lookup find(String name) {
        Preset preset = BY_NAME.get(name);
        if (preset != null) {
            return new Lookup.Found(preset);
        }
        try {
            Optional<Preset> member = FamilyName.read(name);
            if (member.isPresent()) {
                return new Lookup.Found(member.get());
            }
        } catch (IllegalArgumentException e) {
            return new Lookup.Missing(
                    "there is no " + name, Optional.ofNullable(e.getMessage()).orElse(""));
        }
        return new Lookup.Missing(
                "there is no preset called '" + name + "'",
                Spelling.suggestion(name, ALL.stream().map(Preset::name).toList()));
    }

    /// The preset of that name.
    ///
    /// @throws IllegalArgumentException if there is none; for names that come from people use
    ///   [#find]
    public static Preset get(String name) {
        return switch (find(name)) {
            case Lookup.Found(Preset preset) -> preset;
            case Lookup.Missing(String why, String fix) ->
                    throw new IllegalArgumentException(why + ": " + fix);
        };
    }
}
