package org.skiplab.app.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;

/// The colours of `tokens.css`, for what is painted rather than styled.
public final class Tokens {

    private static final Pattern RULE =
            Pattern.compile("(?m)^(\\.root(?:\\.dark)?)\\s*\\{([^}]*)}");
    private static final Pattern COLOUR = Pattern.compile("(-skl-[a-z-]+):\\s*(#[0-9a-f]{6});");

    private final Map<String, Color> colours;

    private Tokens(Map<String, Color> colours) {
        this.colours = Map.copyOf(colours);
    }

    /// @param dark whether the dark theme's colours take the place of the light one's
    public static Tokens read(boolean dark) {
        Map<String, Color> colours = new HashMap<>();
        Matcher rules = RULE.matcher(sheet());
        while (rules.find()) {
            if (rules.group(1).equals(".root") || dark) {
                Matcher pairs = COLOUR.matcher(rules.group(2));
                while (pairs.find()) {
                    colours.put(pairs.group(1), Color.web(pairs.group(2)));
                }
            }
        }
        return new Tokens(colours);
    }

    /// The colour called `-skl-NAME`.
    ///
    /// @throws IllegalArgumentException if the sheet has none
    public Color colour(String name) {
        Color colour = colours.get("-skl-" + name);
        if (colour == null) {
            throw new IllegalArgumentException("tokens.css has no colour -skl-" + name);
        }
        return colour;
    }

    private static String sheet() {
        try (InputStream in =
                Objects.requireNonNull(
                        Tokens.class.getResourceAsStream("tokens.css"), "tokens.css is missing")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
