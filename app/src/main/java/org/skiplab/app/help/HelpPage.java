package org.skiplab.app.help;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The pages of the help.
public enum HelpPage {
    KEYS("Keys"),
    BLOCKS("Blocks"),
    SURVIVAL("Stochastic depth"),
    GRADIENTS("Gradient by depth"),
    REUSE("Feature reuse"),
    REDESIGN("Presets and knobs");

    private static final String FOLDER = "/org/skiplab/help/";

    private final String title;

    HelpPage(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /// The page's Markdown.
    ///
    /// @throws IllegalStateException if the resources are not on the class path
    public String text() {
        String file = FOLDER + name().toLowerCase(Locale.ROOT) + ".md";
        try (InputStream in = HelpPage.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
