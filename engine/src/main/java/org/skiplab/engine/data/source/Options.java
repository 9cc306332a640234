package org.skiplab.engine.data.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Settings behind the last `#` of a specification: `#size=64,test=20`. Each is asked for once;
/// what nobody asked for is a mistake.
final class Options {
    private static final Pattern SETTINGS = Pattern.compile("[a-z]+=[^,=#]*(,[a-z]+=[^,=#]*)*");

    private final String spec;
    private final String address;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    private Options(String spec, String address) {
        this.spec = spec;
        this.address = address;
    }

    /// A `#` that no settings follow belongs to the path.
    static Options of(String spec) {
        int hash = spec.lastIndexOf('#');
        if (hash < 0 || !SETTINGS.matcher(spec.substring(hash + 1)).matches()) {
            return new Options(spec, spec);
        }
        var options = new Options(spec, spec.substring(0, hash));
        for (String setting : spec.substring(hash + 1).split(",")) {
            int equals = setting.indexOf('=');
            options.settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return options;
    }

    /// What stands before the settings.
    String address() {
        return address;
    }

    long number(String key, long otherwise, long least, long most) throws BadData {
        String text = text(key, Long.toString(otherwise));
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Said below, with what is possible.
        }
        throw new BadData(
                key + " is '" + text + "'", spec, "write a number from " + least + " to " + most);
    }

    String text(String key, String otherwise) {
        known.add(key);
        String value = settings.remove(key);
        return value == null ? otherwise : value;
    }

    <T> T choice(String key, Map<String, T> choices, T otherwise) throws BadData {
        String text = text(key, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        T value = choices.get(text);
        if (value == null) {
            throw new BadData(
                    key + " is '" + text + "'",
                    spec,
                    "write one of " + String.join(", ", choices.keySet()));
        }
        return value;
    }

    void checkAllKnown() throws BadData {
        if (!settings.isEmpty()) {
            throw new BadData(
                    "there is no setting '" + settings.keySet().iterator().next() + "'",
                    spec,
                    known.isEmpty() ? "leave it out" : "write one of " + String.join(", ", known));
        }
    }
}
