package org.skiplab.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.fx.Background;
import org.skiplab.app.theme.ThemeChoice;

class AppSettingsTest {

    @TempDir Path folder;

    @Test
    void settingsSurviveARestart() {
        AppSettings before = settings();
        before.theme().set(ThemeChoice.DARK);
        before.textSize().set(130);
        before.remember(folder.resolve("a.skiplab"));
        before.remember(folder.resolve("b.skiplab"));
        before.remember(folder.resolve("a.skiplab"));

        AppSettings after = settings();
        assertThat(after.theme().get()).isEqualTo(ThemeChoice.DARK);
        assertThat(after.textSize().get()).isEqualTo(130);
        assertThat(after.recentFiles().get())
                .containsExactly(folder.resolve("a.skiplab"), folder.resolve("b.skiplab"));
    }

    @Test
    void anUnreadableFileMeansDefaultsAndIsReplacedAtTheNextChange() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/settings.json"), "{ \"theme\": ");
        AppSettings settings = settings();
        assertThat(settings.theme().get()).isEqualTo(ThemeChoice.SYSTEM);

        settings.textSize().set(115);
        assertThat(settings().textSize().get()).isEqualTo(115);
    }

    @Test
    void tenFilesAreRemembered() {
        AppSettings settings = settings();
        for (int i = 0; i < 14; i++) {
            settings.remember(folder.resolve(i + ".skiplab"));
        }

        assertThat(settings.recentFiles().get()).hasSize(10);
        assertThat(settings.recentFiles().get().getFirst()).isEqualTo(folder.resolve("13.skiplab"));
    }

    private AppSettings settings() {
        Path place = folder;
        return new AppSettings(
                new AppDirs(place.resolve("config"), place.resolve("state")), Background.INLINE);
    }
}
