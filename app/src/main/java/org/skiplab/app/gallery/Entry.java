package org.skiplab.app.gallery;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skiplab.engine.graph.Preset;

/// One exhibit of the gallery.
public sealed interface Entry {

    /// Unique in the gallery.
    String id();

    /// The name under which it is listed.
    String name();

    /// The section it stands in.
    String section();

    /// Everything that a search looks at, in lower case.
    String words();

    /// Whether every word of the query occurs in it.
    default boolean matches(String query) {
        return Stream.of(query.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                .allMatch(words()::contains);
    }

    /// A network that a paper describes, or another member of its family.
    record Published(Preset preset) implements Entry {
        @Override
        public String id() {
            return "preset." + preset.name();
        }

        @Override
        public String name() {
            return preset.name();
        }

        @Override
        public String section() {
            return preset.family().title();
        }

        @Override
        public String words() {
            String rows =
                    preset.published().stream()
                            .map(r -> r.table() + " " + r.row() + " " + r.paper().authors())
                            .collect(Collectors.joining(" "));
            return String.join(
                            " ",
                            preset.name(),
                            preset.title(),
                            preset.family().title(),
                            preset.family().summary(),
                            preset.paper().authors(),
                            preset.paper().title(),
                            preset.paper().arxiv(),
                            preset.note(),
                            rows)
                    .toLowerCase(Locale.ROOT);
        }
    }

    /// A design that was saved as a preset.
    record Own(String name, Path file) implements Entry {
        @Override
        public String id() {
            return "own." + name;
        }

        @Override
        public String section() {
            return "Your presets";
        }

        @Override
        public String words() {
            return (name + " own your preset").toLowerCase(Locale.ROOT);
        }
    }

    /// A file that was open not long ago.
    record Recent(Path file) implements Entry {
        @Override
        public String id() {
            return "recent." + file;
        }

        @Override
        public String name() {
            return String.valueOf(file.getFileName());
        }

        @Override
        public String section() {
            return "Recent files";
        }

        @Override
        public String words() {
            return (file + " recent file").toLowerCase(Locale.ROOT);
        }
    }
}
