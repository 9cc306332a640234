package org.skiplab.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The networks that every library builds, by our presets' names.
sealed interface Model {

    /// A wide residual network, `wrn-DEPTH-K`: three stages of `(depth − 4) / 6` pre-activation
    /// units with 16k, 32k and 64k channels.
    record Wide(int depth, int factor) implements Model {
        int units() {
            return (depth - 4) / 6;
        }
    }

    /// A DenseNet with bottlenecks and compression, `densenet-bc-DEPTH-GROWTH`: three blocks of
    /// `(depth − 4) / 6` layers behind a stem of twice the growth rate.
    record Dense(int depth, int growth) implements Model {
        int layers() {
            return (depth - 4) / 6;
        }
    }

    static Model parse(String name) {
        Matcher m = Pattern.compile("(wrn|densenet-bc)-(\\d+)-(\\d+)").matcher(name);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "': give wrn-DEPTH-K or densenet-bc-DEPTH-GROWTH");
        }
        int depth = Integer.parseInt(m.group(2));
        int width = Integer.parseInt(m.group(3));
        return m.group(1).equals("wrn") ? new Wide(depth, width) : new Dense(depth, width);
    }

    default String preset() {
        return switch (this) {
            case Wide w -> "wrn-" + w.depth + "-" + w.factor;
            case Dense d -> "densenet-bc-" + d.depth + "-" + d.growth;
        };
    }
}
