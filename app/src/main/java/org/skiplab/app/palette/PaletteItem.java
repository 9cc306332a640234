package org.skiplab.app.palette;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.skiplab.app.canvas.BlockDrag;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.app.theme.Glyphs;
import org.skiplab.engine.graph.edit.Catalogue;

/// One entry of the palette: glyph, title, one line.
public final class PaletteItem extends HBox {

    private static final double GLYPH = 28;
    private static final double SMALL_GLYPH = 20;

    private final Catalogue entry;
    private final VBox words;
    private final Label summary;

    PaletteItem(Catalogue entry, Consumer<Catalogue> append, BlockDrag drag) {
        this.entry = entry;
        setId("palette-" + entry.id());
        getStyleClass().addAll("palette-item", AppStyles.kind(entry.kind()));
        setAlignment(Pos.CENTER_LEFT);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        setAccessibleText(entry.title());
        setAccessibleHelp(entry.summary());
        Label title = new Label(entry.title());
        title.getStyleClass().add("palette-title");
        title.setMinWidth(0);
        words = new VBox(title);
        words.setMinWidth(0);
        words.setAlignment(Pos.CENTER_LEFT);
        summary = new Label(entry.summary());
        if (entry.isBlock()) {
            summary.getStyleClass().addAll("palette-summary");
            summary.setWrapText(true);
            summary.setMinHeight(Label.USE_PREF_SIZE);
            words.getChildren().add(summary);
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(Glyphs.of(entry, entry.isBlock() ? GLYPH : SMALL_GLYPH), words);
        Tooltip tooltip =
                new Tooltip(
                        entry.title()
                                + "\n"
                                + entry.summary()
                                + "\n"
                                + entry.kind().formula()
                                + "\n\nDrag it onto a wire, or press Enter to append it.");
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(320);
        Tooltip.install(this, tooltip);

        addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> requestFocus());
        setOnMouseDragged(e -> {
            if (e.getButton() == MouseButton.PRIMARY && !e.isStillSincePress()) {
                drag.begin(entry, e.getSceneX(), e.getSceneY());
            }
        });
        setOnMouseClicked(e -> {
            if (e.getClickCount() % 2 == 0 && e.isStillSincePress()) {
                append.accept(entry);
            }
        });
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.ENTER) {
                        append.accept(entry);
                        e.consume();
                    }
                });
    }

    public Catalogue entry() {
        return entry;
    }

    void showSummary(boolean on) {
        summary.setVisible(on);
        summary.setManaged(on);
    }

    void showText(boolean on) {
        words.setVisible(on);
        words.setManaged(on);
    }
}
