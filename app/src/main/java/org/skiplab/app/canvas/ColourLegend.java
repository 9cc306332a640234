package org.skiplab.app.canvas;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Stop;
import javafx.scene.shape.Rectangle;
import org.skiplab.app.diagram.Heat;
import org.skiplab.app.theme.AppStyles;

/// What the blocks' colour means: a choice, and the scale with its ends. The cards also write the
/// number and show it as a height, so that colour is never all there is.
public final class ColourLegend extends HBox {

    private static final int STEPS = 16;

    private final CanvasViewModel model;
    private final MenuButton choice = new MenuButton();
    private final Label least = small();
    private final Label most = small();
    private final Label waiting = small();
    private final Rectangle ramp = new Rectangle(72, 9, gradient());

    public ColourLegend(CanvasViewModel model) {
        this.model = model;
        setId("colour-legend");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(6);
        choice.setId("colour-choice");
        choice.getStyleClass().addAll("flat", AppStyles.SMALL);
        choice.setMinWidth(Region.USE_PREF_SIZE);
        ToggleGroup group = new ToggleGroup();
        for (Colouring colouring : Colouring.values()) {
            RadioMenuItem item = new RadioMenuItem("Colour by " + colouring.word());
            item.setId("colour-" + colouring.name());
            item.setToggleGroup(group);
            item.setOnAction(_ -> model.colours().colouringProperty().set(colouring));
            model.colours()
                    .colouringProperty()
                    .subscribe(now -> item.setSelected(now == colouring));
            choice.getItems().add(item);
        }
        getChildren().addAll(choice, waiting, least, ramp, most);
        model.colours().colouringProperty().subscribe(_ -> show());
        model.sceneryProperty().subscribe(_ -> show());
        model.colours().gradientsProperty().subscribe(_ -> show());
        model.colours().timesProperty().subscribe(_ -> show());
    }

    private void show() {
        Colouring colouring = model.colours().colouringProperty().get();
        Optional<Heat> heat = model.heat();
        choice.setText("Colour: " + colouring.word());
        boolean scale = heat.isPresent();
        least.setText(heat.map(Heat::least).orElse(""));
        most.setText(heat.map(h -> h.most() + (h.logarithmic() ? " (log)" : "")).orElse(""));
        waiting.setText("train to see it");
        for (Region part : List.of(least, most)) {
            part.setVisible(scale);
            part.setManaged(scale);
        }
        ramp.setVisible(scale);
        ramp.setManaged(scale);
        boolean idle = colouring.isMeasured() && !scale;
        waiting.setVisible(idle);
        waiting.setManaged(idle);
    }

    private static Label small() {
        Label label = new Label();
        label.getStyleClass().addAll(AppStyles.SMALL, AppStyles.MUTED);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static LinearGradient gradient() {
        List<Color> colours = Heat.ramp(STEPS);
        List<Stop> stops = new java.util.ArrayList<>();
        for (int i = 0; i < colours.size(); i++) {
            stops.add(new Stop(i / (colours.size() - 1.0), colours.get(i)));
        }
        return new LinearGradient(0, 0, 1, 0, true, CycleMethod.NO_CYCLE, stops);
    }
}
