package org.skiplab.app.redesign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.inspector.SettingRow;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.graph.redesign.Knobs;
import org.skiplab.engine.graph.redesign.Redesign;

/// The knobs of the whole network, a part of the inspector. Rows stay while the same knobs are
/// shown, so that a slider can be dragged while the network follows.
public final class RedesignView extends VBox {

    private final RedesignViewModel model;
    private final Label family = new Label();
    private final VBox warning = new VBox(6);
    private final VBox knobs = new VBox(7);
    private final VBox nearest = new VBox(6);
    private final List<SettingRow> rows = new ArrayList<>();

    public RedesignView(RedesignViewModel model) {
        this.model = model;
        setId("redesign");
        getStyleClass().add("redesign");
        family.setWrapText(true);
        family.getStyleClass().add("paragraph");
        warning.getStyleClass().add("redesign-warning");
        nearest.setId("redesign-nearest");
        getChildren().addAll(family, warning, knobs, nearest);
        model.planProperty().subscribe(this::show);
        model.refusalProperty().subscribe(this::showRefusal);
    }

    private void show(Plan plan) {
        switch (plan) {
            case Plan.None _ -> {
                family.setText(
                        "This network follows no family's recipe: depth and width cannot be changed"
                                + " as a whole.");
                rows.clear();
                knobs.getChildren().clear();
                present(warning, false);
            }
            case Plan.Recipe recipe -> {
                family.setText("Rebuilt as you turn: " + recipe.family());
                if (!SettingRow.sameRows(rows, recipe.knobs())) {
                    rows.clear();
                    recipe.knobs().forEach(s -> rows.add(new SettingRow(s, new Sink())));
                    knobs.getChildren().setAll(rows);
                } else {
                    for (int i = 0; i < rows.size(); i++) {
                        rows.get(i).update(recipe.knobs().get(i));
                    }
                }
                knobs.setDisable(!recipe.turnable());
                showLosses(recipe);
            }
        }
    }

    private void showLosses(Plan.Recipe recipe) {
        warning.getChildren().clear();
        present(warning, !recipe.losses().isEmpty());
        if (recipe.losses().isEmpty()) {
            return;
        }
        Label what =
                new Label(
                        recipe.allowed()
                                ? "The next turn of a knob takes these changes back:"
                                : "You changed this network by hand. Rebuilding it from its recipe"
                                        + " would lose:",
                        new FontIcon("mdmz-warning"));
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        warning.getChildren().add(what);
        for (String loss : recipe.losses()) {
            Label line = new Label("• " + loss);
            line.setWrapText(true);
            line.setMinHeight(Region.USE_PREF_SIZE);
            line.getStyleClass().add(AppStyles.SMALL);
            warning.getChildren().add(line);
        }
        if (!recipe.allowed()) {
            Button allow = new Button("Redesign anyway");
            allow.setId("redesign-anyway");
            allow.getStyleClass().add("small");
            allow.setOnAction(_ -> model.allow());
            warning.getChildren().add(allow);
        }
    }

    /// The nearest values that would do, one button each.
    private void showRefusal(Optional<Redesign.Refused> refusal) {
        nearest.getChildren().clear();
        present(nearest, refusal.isPresent());
        refusal.ifPresent(refused -> {
            Label why = new Label(refused.why());
            why.setWrapText(true);
            why.setMinHeight(Region.USE_PREF_SIZE);
            why.getStyleClass().add(AppStyles.SMALL);
            FlowPane offers = new FlowPane(6, 6);
            offers.setPrefWrapLength(100);
            nearest.getChildren().addAll(why, offers);
            for (int depth : refused.nearest()) {
                Button take = new Button("Take " + depth);
                take.setId("take-" + depth);
                take.getStyleClass().add("small");
                take.setOnAction(_ -> model.turn(Knobs.DEPTH, depth, false));
                offers.getChildren().add(take);
            }
        });
    }

    private static void present(Region node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }

    private final class Sink implements SettingRow.Sink {
        @Override
        public boolean put(String knob, @Nullable Object value, boolean sliding) {
            return model.turn(knob, value, sliding);
        }

        @Override
        public void settled() {
            model.endGesture();
        }
    }
}
