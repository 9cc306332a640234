package org.skiplab.app.command;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.theme.AppStyles;

/// Controls for actions: they follow title and enablement by themselves.
public final class Actions {
    private Actions() {}

    public static MenuItem menuItem(Action action) {
        MenuItem item = new MenuItem();
        item.setId("menu-" + action.id());
        item.textProperty().bind(action.title());
        item.disableProperty().bind(action.enabled().map(on -> !on));
        if (action.accelerator() != null) {
            item.setAccelerator(KeyCombination.valueOf(action.accelerator()));
        }
        if (action.icon() != null) {
            item.setGraphic(new FontIcon(action.icon()));
        }
        item.setOnAction(_ -> action.run());
        return item;
    }

    /// A flat button with the action's icon; title and key are in its tooltip and accessible text.
    public static Button iconButton(Action action) {
        Button button = new Button("", icon(action));
        button.setId("button-" + action.id());
        button.getStyleClass().addAll("flat", AppStyles.ICON_BUTTON);
        button.setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        button.disableProperty().bind(action.enabled().map(on -> !on));
        button.accessibleTextProperty().bind(action.title());
        Tooltip tooltip = new Tooltip();
        String key = keyText(action);
        tooltip.textProperty()
                .bind(action.title().map(t -> key.isEmpty() ? t : t + "  (" + key + ")"));
        button.setTooltip(tooltip);
        button.setOnAction(_ -> action.run());
        return button;
    }

    /// A button that says what the action does.
    public static Button labelledButton(Action action) {
        Button button = new Button();
        button.setGraphic(icon(action));
        button.textProperty().bind(action.title());
        button.disableProperty().bind(action.enabled().map(on -> !on));
        button.setOnAction(_ -> action.run());
        return button;
    }

    /// The key as the operating system writes it, or an empty text.
    public static String keyText(Action action) {
        String accelerator = action.accelerator();
        return accelerator == null
                ? ""
                : KeyCombination.valueOf(accelerator).getDisplayText().replace("DIGIT", "");
    }

    private static @Nullable Node icon(Action action) {
        return action.icon() == null ? null : new FontIcon(action.icon());
    }
}
