package org.skiplab.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppDirsTest {

    private final Path home = Path.of("home").toAbsolutePath();

    @Test
    void linuxFollowsTheXdgVariables() {
        AppDirs given =
                AppDirs.of("Linux", home, Map.of("XDG_CONFIG_HOME", home.resolve("c").toString()));

        assertThat(given.config()).isEqualTo(home.resolve("c/skiplab"));
        assertThat(given.state()).isEqualTo(home.resolve(".local/state/skiplab"));
    }

    @Test
    void arelativeVariableIsIgnoredAsTheSpecificationSays() {
        assertThat(AppDirs.of("Linux", home, Map.of("XDG_CONFIG_HOME", "here")).config())
                .isEqualTo(home.resolve(".config/skiplab"));
    }

    @Test
    void macAndWindowsHaveTheirOwnPlaces() {
        assertThat(AppDirs.of("Mac OS X", home, Map.of()).config())
                .isEqualTo(home.resolve("Library/Application Support/SkipLab"));
        assertThat(
                        AppDirs.of(
                                        "Windows 11",
                                        home,
                                        Map.of("APPDATA", home.resolve("r").toString()))
                                .config())
                .isEqualTo(home.resolve("r/SkipLab"));
    }
}
