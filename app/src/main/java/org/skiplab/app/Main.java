package org.skiplab.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/// Entry point of the program. It does not extend `Application`, so that it can run before JavaFX.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("SkipLab " + version());
    }

    /// The version of this build, as Maven wrote it.
    static String version() {
        var properties = new Properties();
        try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
            properties.load(Objects.requireNonNull(in, "version.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }
}
