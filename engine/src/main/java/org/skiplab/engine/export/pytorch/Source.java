package org.skiplab.engine.export.pytorch;

/// Collects lines of Python; every line is indented by the current depth.
final class Source {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    Source line(String line) {
        if (!line.isEmpty()) {
            text.repeat("    ", depth).append(line);
        }
        text.append('\n');
        return this;
    }

    /// Several lines, as a text block holds them.
    Source lines(String block) {
        block.stripTrailing().lines().forEach(this::line);
        return this;
    }

    Source blank() {
        return line("");
    }

    Source in() {
        depth++;
        return this;
    }

    Source out() {
        depth--;
        return this;
    }

    String text() {
        return text.toString();
    }
}
