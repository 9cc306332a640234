package org.skiplab.app.insight;

import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;

/// A small button in the head of an insight: an icon, and words for who asks.
public final class IconButton {
    private IconButton() {}

    /// @param tip what it does: its tooltip, and what a screen reader says
    public static Button of(String icon, String tip) {
        Button button = new Button(null, new FontIcon(icon));
        button.getStyleClass().addAll("button-icon", "flat", "small");
        button.setTooltip(new Tooltip(tip));
        button.setAccessibleText(tip);
        return button;
    }
}
