package org.skiplab.app.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import javafx.scene.Scene;

/// Shows a scene in the chosen theme and text size, and follows the system's colour scheme while
/// asked to.
public final class Theme {

    private static final List<String> SHEETS =
            List.of(
                    "tokens",
                    "window",
                    "focus",
                    "canvas",
                    "palette",
                    "inspector",
                    "overlays",
                    "sheets",
                    "gallery",
                    "compare",
                    "help");

    /// Text sizes on offer, in percent of the normal one.
    public static final List<Integer> TEXT_SIZES = List.of(85, 100, 115, 130, 150, 175);

    private final ObjectProperty<ThemeChoice> choice =
            new SimpleObjectProperty<>(ThemeChoice.SYSTEM);
    private final ObjectProperty<Integer> textSize = new SimpleObjectProperty<>(100);
    private final ObjectProperty<Boolean> dark = new SimpleObjectProperty<>(false);

    /// @param choice which theme; bound to the setting
    /// @param textSize percent; the nearest of [#TEXT_SIZES] is shown
    public Theme(Property<ThemeChoice> choice, ObservableValue<Integer> textSize) {
        this.choice.bind(choice);
        this.textSize.bind(textSize.map(Theme::nearest));
        this.choice.subscribe(_ -> choose());
        Platform.getPreferences().colorSchemeProperty().subscribe(_ -> choose());
    }

    /// Makes a scene follow the theme, from its first frame on.
    public void install(Scene scene) {
        scene.getStylesheets().addAll(SHEETS.stream().map(Theme::sheet).toList());
        Parent root = scene.getRoot();
        dark.subscribe(d -> toggle(root, AppStyles.DARK, d));
        textSize.subscribe(size ->
                TEXT_SIZES.forEach(other -> toggle(root, "text-" + other, other.equals(size))));
    }

    private void choose() {
        boolean wanted =
                switch (choice.get()) {
                    case LIGHT -> false;
                    case DARK -> true;
                    case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
                };
        Application.setUserAgentStylesheet(
                (wanted ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
        dark.set(wanted);
    }

    private static int nearest(int percent) {
        return TEXT_SIZES.stream()
                .min(Comparator.comparingInt(size -> Math.abs(size - percent)))
                .orElse(100);
    }

    private static void toggle(Parent root, String styleClass, boolean on) {
        root.getStyleClass().remove(styleClass);
        if (on) {
            root.getStyleClass().add(styleClass);
        }
    }

    private static String sheet(String name) {
        return Objects.requireNonNull(
                        Theme.class.getResource(name + ".css"), () -> name + ".css is missing")
                .toExternalForm();
    }
}
