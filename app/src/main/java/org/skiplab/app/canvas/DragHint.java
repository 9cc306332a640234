package org.skiplab.app.canvas;

import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.app.theme.Glyphs;
import org.skiplab.engine.graph.BlockKind;

/// Follows the pointer while something is dragged: what it is, and what letting go would do. Lies
/// over the whole window.
public final class DragHint extends Pane {

    private static final PseudoClass REFUSING = PseudoClass.getPseudoClass("refusing");
    private static final double OFFSET = 14;

    private final HBox ghost = new HBox(8);
    private final Label says = new Label();
    private final VBox box = new VBox(4, ghost, says);

    public DragHint() {
        setMouseTransparent(true);
        setPickOnBounds(false);
        setVisible(false);
        getStyleClass().add("drag-layer");
        ghost.getStyleClass().add("drag-ghost");
        ghost.setAlignment(Pos.CENTER_LEFT);
        ghost.setMaxWidth(HBox.USE_PREF_SIZE);
        says.setId("drag-hint");
        says.getStyleClass().add("drag-hint");
        says.setWrapText(true);
        says.setMaxWidth(320);
        getChildren().add(box);
    }

    /// @param kind for the glyph, empty for a wire
    void show(
            Optional<BlockKind> kind,
            String title,
            String text,
            boolean refusing,
            double sceneX,
            double sceneY) {
        ghost.getChildren().clear();
        ghost.getStyleClass().setAll("drag-ghost");
        kind.ifPresent(k -> {
            ghost.getStyleClass().add(AppStyles.kind(k));
            ghost.getChildren().add(Glyphs.of(k, 22));
        });
        ghost.getChildren().add(new Label(title));
        says.setText(text);
        says.setVisible(!text.isEmpty());
        says.pseudoClassStateChanged(REFUSING, refusing);
        setVisible(true);
        box.autosize();
        Point2D at = sceneToLocal(sceneX, sceneY);
        double x = Math.min(at.getX() + OFFSET, getWidth() - box.getWidth() - 4);
        double y = Math.min(at.getY() + OFFSET, getHeight() - box.getHeight() - 4);
        box.relocate(Math.max(4, x), Math.max(4, y));
    }

    void hide() {
        setVisible(false);
    }
}
