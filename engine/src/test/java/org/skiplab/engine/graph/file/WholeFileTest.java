package org.skiplab.engine.graph.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir Path folder;

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }

    @Test
    void whatFailsHalfWayLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("run.npz");
        WholeFile.write(file, fresh -> Files.writeString(fresh, "old"));
        assertThatThrownBy(() ->
                        WholeFile.write(
                                file,
                                fresh -> {
                                    Files.writeString(fresh, "ne");
                                    throw new IOException("No space left on device");
                                }))
                .hasMessage("No space left on device");
        assertThat(file).hasContent("old");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void aFolderInItsPlaceIsLeftAlone() throws IOException {
        Path file = Files.createDirectory(folder.resolve("weights.npz"));
        assertThatThrownBy(() -> WholeFile.write(file, fresh -> Files.writeString(fresh, "new")))
                .isInstanceOfSatisfying(
                        FileSystemException.class,
                        e -> assertThat(WholeFile.reason(e)).isEqualTo("it is a folder"));
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void reasonsAreForPeople() {
        assertThatThrownBy(() ->
                        WholeFile.write(
                                folder.resolve("no/such"), f -> Files.writeString(f, "new")))
                .isInstanceOfSatisfying(
                        IOException.class,
                        e -> assertThat(WholeFile.reason(e)).isEqualTo("it does not exist"));
        assertThat(WholeFile.reason(new IOException("No space left on device")))
                .isEqualTo("No space left on device");
    }
}
