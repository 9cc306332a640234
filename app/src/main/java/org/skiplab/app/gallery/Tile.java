package org.skiplab.app.gallery;

import java.util.Locale;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.sketch.Sketch;
import org.skiplab.app.text.Quantity;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.graph.Published;
import org.skiplab.engine.train.Pace;

/// A small card of the gallery: picture, name, and the figures one compares by.
final class Tile extends VBox {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final double PICTURE_HEIGHT = 66;

    private final Entry entry;
    private final StackPane picture = new StackPane();
    private final Label figures = new Label();
    private final Label error = new Label();
    private final Label cost = new Label();

    Tile(Entry entry) {
        this.entry = entry;
        getStyleClass().add("gallery-tile");
        setId("tile-" + entry.id());
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        setAccessibleText(entry.name());
        picture.getStyleClass().add("gallery-picture");
        picture.setMinHeight(PICTURE_HEIGHT);
        picture.setPrefHeight(PICTURE_HEIGHT);
        picture.setMaxHeight(PICTURE_HEIGHT);
        Label name = new Label(entry.name());
        name.getStyleClass().add(AppStyles.STRONG);
        figures.getStyleClass().add(AppStyles.SMALL);
        error.getStyleClass().add(AppStyles.SMALL);
        error.setText(error(entry).orElse(""));
        error.setManaged(!error.getText().isEmpty());
        cost.getStyleClass().addAll(AppStyles.SMALL, AppStyles.MUTED);
        setAlignment(Pos.TOP_LEFT);
        setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(picture, name, figures, error, cost);
    }

    Entry entry() {
        return entry;
    }

    void show(Exhibit exhibit, Optional<Pace> pace) {
        if (picture.getChildren().isEmpty()
                || !(picture.getChildren().getFirst() instanceof Sketch)) {
            Sketch sketch = new Sketch(exhibit.scenery(), 0.5);
            sketch.setMouseTransparent(true);
            picture.getChildren().setAll(sketch);
        }
        figures.setText(Quantity.brief(exhibit.analysis().parameters()) + " parameters");
        cost.setText(Cost.brief(exhibit, pace));
        setAccessibleText(
                String.join(
                        ", ",
                        entry.name(),
                        figures.getText(),
                        error.getText().isEmpty() ? "no published error" : error.getText(),
                        Cost.epoch(exhibit, pace)));
    }

    void showProblem(String problem) {
        picture.getChildren().setAll(new FontIcon("mdal-error_outline"));
        figures.setText("Cannot be read");
        cost.setText(problem);
        setAccessibleText(entry.name() + " cannot be read: " + problem);
    }

    void showSelected(boolean on) {
        pseudoClassStateChanged(SELECTED, on);
    }

    /// The first figure of the main table row: `6.43 % error on CIFAR-10+`.
    private static Optional<String> error(Entry entry) {
        return entry instanceof Entry.Published(var preset)
                ? preset.published().stream()
                        .flatMap(row -> row.figures().stream())
                        .findFirst()
                        .map(Tile::text)
                : Optional.empty();
    }

    private static String text(Published.Figure figure) {
        return String.format(Locale.ROOT, "%.2f %% error on %s", figure.percent(), figure.data());
    }
}
