package org.skiplab.app.inspector;

import java.util.OptionalInt;
import java.util.function.IntPredicate;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.theme.AppStyles;

/// How often a stage stands there: `×3`, to be typed, or counted up and down.
final class RepeatRow extends HBox {

    private final IntPredicate repeat;
    private final TextField field = new TextField();
    private int shown = 1;

    /// @param repeat repeats the stage so often, and says whether that was taken
    RepeatRow(IntPredicate repeat) {
        super(4);
        this.repeat = repeat;
        setId("setting-repeats");
        getStyleClass().add("setting");
        setAlignment(Pos.CENTER_LEFT);
        Label label = new Label("Repeated");
        label.getStyleClass().add("setting-label");
        label.setTooltip(new Tooltip("How often this stands in a row."));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        field.getStyleClass().add("setting-field");
        field.setPrefColumnCount(4);
        field.setAccessibleText("How often it is repeated");
        field.setOnAction(_ -> take(field.getText()));
        field.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.UP || e.getCode() == KeyCode.DOWN) {
                put(shown + (e.getCode() == KeyCode.UP ? 1 : -1));
                e.consume();
            }
        });
        field.focusedProperty()
                .subscribe(focused -> {
                    if (!focused) {
                        write();
                    }
                });
        getChildren()
                .addAll(
                        label,
                        space,
                        step("mdmz-remove", "Repeat once less", -1),
                        field,
                        step("mdal-add", "Repeat once more", 1));
    }

    void show(OptionalInt times) {
        setVisible(times.isPresent());
        setManaged(times.isPresent());
        shown = times.orElse(1);
        write();
    }

    private Button step(String icon, String what, int by) {
        Button button = new Button("", new FontIcon(icon));
        button.getStyleClass().addAll("flat", AppStyles.ICON_BUTTON);
        button.setAccessibleText(what);
        button.setTooltip(new Tooltip(what));
        button.setOnAction(_ -> put(shown + by));
        return button;
    }

    private void take(String text) {
        try {
            put(Integer.parseInt(text.replace("×", "").strip()));
        } catch (NumberFormatException e) {
            write();
        }
    }

    private void put(int times) {
        if (times == shown || !repeat.test(times)) {
            write();
        }
    }

    private void write() {
        field.setText("×" + shown);
    }
}
