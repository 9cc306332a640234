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
        before.textChoice().set(130);
        before.remember(folder.resolve("a.skiplab"));
        before.remember(folder.resolve("b.skiplab"));
        before.remember(folder.resolve("a.skiplab"));

        AppSettings after = settings();
        assertThat(after.theme().get()).isEqualTo(ThemeChoice.DARK);
        assertThat(after.textSize().getValue()).isEqualTo(130);
        assertThat(after.recentFiles().get())
                .containsExactly(folder.resolve("a.skiplab"), folder.resolve("b.skiplab"));
    }

    @Test
    void anUnreadableFileMeansDefaultsAndIsReplacedAtTheNextChange() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/settings.json"), "{ \"theme\": ");
        AppSettings settings = settings();
        assertThat(settings.theme().get()).isEqualTo(ThemeChoice.SYSTEM);

        settings.textChoice().set(115);
        assertThat(settings().textSize().getValue()).isEqualTo(115);
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

    @Test
    void textIsAsLargeAsTheSystemWantsItUntilAPersonChooses() {
        AppSettings settings = settings();
        settings.systemText().set(150);
        assertThat(settings.textSize().getValue()).isEqualTo(150);

        settings.textChoice().set(115);
        settings.systemText().set(175);
        assertThat(settings.textSize().getValue()).isEqualTo(115);

        settings.textChoice().set(AppSettings.SYSTEM_TEXT);
        assertThat(settings.textSize().getValue()).isEqualTo(175);
    }

    private AppSettings settings() {
        Path place = folder;
        return new AppSettings(
                new AppDirs(place.resolve("config"), place.resolve("state")), Background.INLINE);
    }
}
