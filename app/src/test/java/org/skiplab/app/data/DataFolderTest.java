package org.skiplab.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFolderTest {

    private static final Path HOME = Path.of("/home/ada");

    @Test
    void everySystemHasItsPlace() {
        assertThat(DataFolder.of("Linux", HOME, Map.of()))
                .isEqualTo(HOME.resolve(".local/share/skiplab/data"));
        assertThat(DataFolder.of("Linux", HOME, Map.of("XDG_DATA_HOME", "/data")))
                .isEqualTo(Path.of("/data/skiplab/data"));
        assertThat(DataFolder.of("Linux", HOME, Map.of("XDG_DATA_HOME", "relative")))
                .isEqualTo(HOME.resolve(".local/share/skiplab/data"));
        assertThat(DataFolder.of("Mac OS X", HOME, Map.of()))
                .isEqualTo(HOME.resolve("Library/Application Support/SkipLab/Data"));
        assertThat(DataFolder.of("Windows 11", HOME, Map.of()))
                .isEqualTo(HOME.resolve("AppData/Local/SkipLab/Data"));
    }
}
