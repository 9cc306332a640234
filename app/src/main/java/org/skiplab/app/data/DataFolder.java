package org.skiplab.app.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where fetched data sets are kept.
public final class DataFolder {
    private DataFolder() {}

    /// @param osName `os.name`
    /// @param home the user's home
    /// @param environment environment variables
    public static Path of(String osName, Path home, Map<String, String> environment) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.contains("win")) {
            return given(environment, "LOCALAPPDATA", home.resolve("AppData/Local"))
                    .resolve("SkipLab/Data");
        }
        if (os.contains("mac")) {
            return home.resolve("Library/Application Support/SkipLab/Data");
        }
        return given(environment, "XDG_DATA_HOME", home.resolve(".local/share"))
                .resolve("skiplab/data");
    }

    public static Path ofSystem() {
        return of(
                System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home", ".")),
                System.getenv());
    }

    private static Path given(Map<String, String> environment, String name, Path otherwise) {
        Path path = Path.of(environment.getOrDefault(name, ""));
        return path.isAbsolute() ? path : otherwise;
    }
}
