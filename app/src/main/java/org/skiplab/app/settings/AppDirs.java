package org.skiplab.app.settings;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The folders that the operating system gives to an application.
///
/// @param config for settings
/// @param state for what may be lost without harm: autosaves, recent files
/// @param data for what a person made: runs
public record AppDirs(Path config, Path state, Path data) {

    private static final String NAME = "skiplab";

    /// Data beside the state.
    public AppDirs(Path config, Path state) {
        this(config, state, state.resolve("data"));
    }

    /// @param osName `os.name`
    /// @param home the user's home
    /// @param environment environment variables
    public static AppDirs of(String osName, Path home, Map<String, String> environment) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.contains("win")) {
            return new AppDirs(
                    given(environment, "APPDATA", home.resolve("AppData/Roaming"))
                            .resolve("SkipLab"),
                    given(environment, "LOCALAPPDATA", home.resolve("AppData/Local"))
                            .resolve("SkipLab"),
                    given(environment, "LOCALAPPDATA", home.resolve("AppData/Local"))
                            .resolve("SkipLab"));
        }
        if (os.contains("mac")) {
            Path support = home.resolve("Library/Application Support/SkipLab");
            return new AppDirs(support, support.resolve("State"), support);
        }
        return new AppDirs(
                given(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve(NAME),
                given(environment, "XDG_STATE_HOME", home.resolve(".local/state")).resolve(NAME),
                given(environment, "XDG_DATA_HOME", home.resolve(".local/share")).resolve(NAME));
    }

    /// Where runs are kept.
    public Path runs() {
        return data.resolve("runs");
    }

    public static AppDirs ofSystem() {
        return of(
                System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home", ".")),
                System.getenv());
    }

    private static Path given(Map<String, String> environment, String name, Path otherwise) {
        String value = environment.getOrDefault(name, "");
        Path path = Path.of(value);
        return path.isAbsolute() ? path : otherwise;
    }
}
