package org.skiplab.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.skiplab.app.settings.AppSettings;
import org.skiplab.app.training.TrainingPanel;

/// Where the window's parts lie, and which of them show.
final class Panels {

    private static final double PALETTE_WIDTH = 250;
    private static final double INSPECTOR_WIDTH = 286;

    /// In less than this the palette shows glyphs only.
    private static final double NARROW = 1200;

    /// Share of the height that canvas and panels get when the insight dock is open.
    private static final double CANVAS_SHARE = 0.62;

    private static final double LEAST_BELOW = 120;

    /// What the transport bar and an insight need to be read, as far as half the height allows.
    private static final double READABLE_BELOW = 340;

    private final AppSettings settings;
    private final Node palette;
    private final Node middle;
    private final Node inspector;
    private final Optional<TrainingPanel> training;
    private final SplitPane columns =
            new SplitPane() {
                @Override
                protected void layoutChildren() {
                    super.layoutChildren();
                    settling = undivided;
                    if (undivided) {
                        undivided = false;
                        divide();
                    }
                }
            };

    /// Whether the window became wide or narrow. The split pane first shares the difference out in
    /// its own way, so that widths can only be given behind its layout.
    private boolean undivided;

    /// Whether given widths wait for the next layout. A window that changes its width before that,
    /// as some do when they open, would lose them.
    private boolean settling;

    Panels(
            AppSettings settings,
            Node palette,
            Node middle,
            Node inspector,
            Optional<TrainingPanel> training) {
        this.settings = settings;
        this.palette = palette;
        this.middle = middle;
        this.inspector = inspector;
        this.training = training;
    }

    /// Palette, canvas and inspector side by side, and below them what trains.
    Node node() {
        columns.getStyleClass().add("columns");
        SplitPane.setResizableWithParent(palette, false);
        SplitPane.setResizableWithParent(inspector, false);
        settings.paletteShown().subscribe(_ -> arrange());
        settings.inspectorShown().subscribe(_ -> arrange());
        columns.widthProperty()
                .addListener((_, before, now) -> {
                    if (before.doubleValue() == 0
                            || settling
                            || narrow(before.doubleValue()) != narrow(now.doubleValue())) {
                        undivided = true;
                        columns.requestLayout();
                    }
                });
        return training.map(this::withTraining).orElse(columns);
    }

    /// The transport bar is always there; the insight dock below it shares the height with the
    /// canvas while it is open.
    private Node withTraining(TrainingPanel panel) {
        BorderPane frame = new BorderPane();
        VBox below = new VBox();
        SplitPane rows = new SplitPane();
        rows.setOrientation(Orientation.VERTICAL);
        rows.getStyleClass().add("rows");
        SplitPane.setResizableWithParent(below, false);
        VBox.setVgrow(panel.dock(), Priority.ALWAYS);
        rows.heightProperty()
                .subscribe((before, now) -> {
                    if (before.doubleValue() == 0) {
                        rows.setDividerPositions(canvasShare(now.doubleValue()));
                    }
                });
        settings.insightsShown()
                .subscribe(open -> {
                    rows.getItems().clear();
                    frame.setCenter(null);
                    if (open) {
                        below.getChildren().setAll(panel.transport(), panel.dock());
                        below.setMinHeight(LEAST_BELOW);
                        rows.getItems().setAll(columns, below);
                        rows.setDividerPositions(canvasShare(rows.getHeight()));
                        frame.setBottom(null);
                        frame.setCenter(rows);
                    } else {
                        below.getChildren().clear();
                        frame.setBottom(panel.transport());
                        frame.setCenter(columns);
                    }
                });
        return frame;
    }

    /// Share of a height that canvas and panels get: less in a low window, where the plots would
    /// have no room.
    private double canvasShare(double height) {
        return height <= 0
                ? CANVAS_SHARE
                : Math.min(CANVAS_SHARE, 1 - Math.min(READABLE_BELOW * scale() / height, 0.5));
    }

    private void arrange() {
        List<Node> shown = new ArrayList<>();
        if (settings.paletteShown().get()) {
            shown.add(palette);
        }
        shown.add(middle);
        if (settings.inspectorShown().get()) {
            shown.add(inspector);
        }
        columns.getItems().setAll(shown);
        divide();
    }

    private double scale() {
        return settings.textSize().getValue() / 100.0;
    }

    private boolean narrow(double width) {
        return width < NARROW * scale();
    }

    /// Gives the panels their widths, the canvas the rest. In a narrow window the palette shows
    /// glyphs only.
    private void divide() {
        double width = columns.getWidth();
        if (width <= 0) {
            return;
        }
        double scale = scale();
        double left = narrow(width) ? 58 : PALETTE_WIDTH * scale;
        double right = Math.min(INSPECTOR_WIDTH * scale, width * 0.3);
        int divider = 0;
        if (settings.paletteShown().get()) {
            columns.setDividerPosition(divider++, left / width);
        }
        if (settings.inspectorShown().get()) {
            columns.setDividerPosition(divider, 1 - right / width);
        }
    }
}
