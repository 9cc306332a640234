package org.skiplab.app.theme;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// How large the system wants its texts.
public final class SystemText {

    /// Size of the system's font in pixels where nobody changed it.
    private static final double WINDOWS = 12;

    private static final double ELSEWHERE = 13;

    private static final long PATIENCE_MILLIS = 1500;

    private SystemText() {}

    /// Percent of the normal size. May take a second: on Linux another program has to be asked.
    ///
    /// @param system as `os.name` has it
    /// @param fontSize of the toolkit's default font, in pixels
    public static int percent(String system, double fontSize) {
        String name = system.toLowerCase(Locale.ROOT);
        return name.contains("linux")
                ? read(
                        answer(
                                "gsettings",
                                "get",
                                "org.gnome.desktop.interface",
                                "text-scaling-factor"))
                : (int) Math.round(100 * fontSize / (name.contains("win") ? WINDOWS : ELSEWHERE));
    }

    /// `1.25` as percent; 100 where it is no sensible factor.
    static int read(String factor) {
        try {
            double value = Double.parseDouble(factor.strip());
            return value >= 0.5 && value <= 4 ? (int) Math.round(100 * value) : 100;
        } catch (NumberFormatException e) {
            return 100;
        }
    }

    /// What a program prints; nothing where it is not there or does not answer.
    private static String answer(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
