package org.skiplab.app.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.skiplab.app.settings.SafeFile;
import org.skiplab.app.training.DataChoice;
import org.skiplab.engine.data.source.DataSource;
import org.skiplab.engine.graph.Shape;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The data that people opened themselves, kept over restarts in a file.
final class OwnData {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST = 20;

    private final Path file;

    /// A choice as it is written.
    record Entry(
            String spec,
            String title,
            int height,
            int width,
            int channels,
            List<String> classes,
            int limit,
            DataChoice.Scaling scaling) {

        static Entry of(DataChoice choice) {
            Shape shape = choice.shape();
            return new Entry(
                    choice.spec(),
                    choice.title(),
                    shape.height(),
                    shape.width(),
                    shape.channels(),
                    choice.classNames(),
                    choice.limit(),
                    choice.scaling());
        }

        /// Whether it is one that this program wrote: Jackson leaves out what a file does not have.
        boolean isSound() {
            return Stream.of(spec, title, classes, scaling).allMatch(Objects::nonNull)
                    && classes.stream().allMatch(Objects::nonNull)
                    && DataSource.parse(spec) instanceof DataSource
                    && !title.isBlank()
                    && Math.min(Math.min(height, width), channels) > 0
                    && classes.size() > 1
                    && limit >= 0;
        }

        DataChoice choice() {
            return new DataChoice(
                    spec, title, new Shape(height, width, channels), classes, limit, scaling);
        }
    }

    OwnData(Path file) {
        this.file = file;
    }

    /// What was remembered; nothing where the file is missing or damaged.
    List<DataChoice> read() {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        List<DataChoice> choices = new ArrayList<>();
        try {
            Entry[] entries = JSON.readValue(file.toFile(), Entry[].class);
            for (Entry entry : entries == null ? new Entry[0] : entries) {
                if (entry != null && entry.isSound()) {
                    choices.add(entry.choice());
                }
            }
        } catch (JacksonException | IllegalArgumentException _) {
            // Somebody else's file, or half of one: it is written anew with the next data.
            return List.of();
        }
        return List.copyOf(choices);
    }

    /// @param choices the newest last; the oldest beyond twenty are forgotten
    void write(List<DataChoice> choices) throws IOException {
        SafeFile.write(
                file,
                JSON.writeValueAsString(
                        choices.stream()
                                .skip(Math.max(0, choices.size() - MOST))
                                .map(Entry::of)
                                .toList()));
    }
}
