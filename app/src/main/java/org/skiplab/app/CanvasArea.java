package org.skiplab.app;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.canvas.Breadcrumbs;
import org.skiplab.app.canvas.CanvasView;
import org.skiplab.app.canvas.ColourLegend;
import org.skiplab.app.canvas.Minimap;
import org.skiplab.app.canvas.ProblemBar;
import org.skiplab.app.command.Action;
import org.skiplab.app.command.Actions;
import org.skiplab.app.message.MessageBar;
import org.skiplab.app.text.Quantity;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.graph.Analysis;

/// The canvas with what is over and on it: name and cost of the network, problems, breadcrumbs,
/// map, tools and messages.
final class CanvasArea extends VBox {

    private static final double EDGE = 14;
    private static final double GAP = 8;

    /// @param start lies on the canvas while it is empty
    CanvasArea(Workbench bench, CanvasView canvas, Node start) {
        Label name = new Label();
        name.textProperty().bind(bench.document().titleProperty());
        name.getStyleClass().add("document-title");
        name.setMinWidth(0);
        Label cost = new Label();
        cost.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
        Label state = new Label();
        state.setId("run-state");
        state.setMinWidth(Region.USE_PREF_SIZE);
        bench.document().analysisProperty().subscribe(a -> showState(a, cost, state));
        HBox head = new HBox(10, name, cost, spacer(), state);
        head.getStyleClass().add("canvas-head");
        head.setAlignment(Pos.CENTER_LEFT);

        Label zoom = new Label();
        zoom.getStyleClass().addAll(AppStyles.SMALL, "zoom-value");
        zoom.textProperty()
                .bind(
                        bench.canvas()
                                .viewport()
                                .zoomProperty()
                                .map(z -> Math.round(z.doubleValue() * 100) + " %"));
        List<Action> zooms = new ViewActions(bench).zoom(canvas);
        HBox tools =
                new HBox(
                        Actions.iconButton(zooms.get(3)),
                        zoom,
                        Actions.iconButton(zooms.get(2)),
                        Actions.iconButton(zooms.get(0)));
        tools.getChildren().addFirst(new ColourLegend(bench.canvas()));
        tools.setAlignment(Pos.CENTER);
        tools.getStyleClass().add("canvas-tools");
        tools.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        MessageBar messages = new MessageBar(bench.messages());
        StackPane.setAlignment(tools, Pos.BOTTOM_RIGHT);
        StackPane.setAlignment(messages, Pos.BOTTOM_CENTER);
        messages.translateYProperty().bind(aboveWhereTheyMeet(messages, tools));
        Minimap map = new Minimap(bench.canvas(), canvas);
        Breadcrumbs crumbs = new Breadcrumbs(bench.canvas());
        StackPane.setAlignment(map, Pos.BOTTOM_LEFT);
        StackPane.setAlignment(crumbs, Pos.TOP_LEFT);
        StackPane stage = new StackPane(canvas, map, start, crumbs, tools, messages);
        stage.setMinSize(260, 140);
        VBox.setVgrow(stage, Priority.ALWAYS);
        getChildren().addAll(head, new ProblemBar(bench.canvas()), stage);
        getStyleClass().add("canvas-area");
        setMinWidth(280);
    }

    /// How far a message stands above the canvas's edge: above the tools if it reaches them.
    private static DoubleBinding aboveWhereTheyMeet(Region message, Region tools) {
        return Bindings.createDoubleBinding(
                () -> {
                    double right = message.getLayoutX() + message.getWidth();
                    boolean meet = right + GAP > tools.getLayoutX();
                    return -EDGE - (meet ? tools.getHeight() + GAP : 0);
                },
                message.layoutXProperty(),
                message.widthProperty(),
                tools.layoutXProperty(),
                tools.heightProperty());
    }

    private static void showState(Analysis analysis, Label cost, Label state) {
        cost.setText(
                Quantity.brief(analysis.parameters())
                        + " parameters · "
                        + Quantity.brief(analysis.macs())
                        + " MACs");
        boolean runs = analysis.runnable();
        state.setText(runs ? "Can run" : "Cannot run");
        state.setGraphic(new FontIcon(runs ? "mdal-check_circle_outline" : "mdal-error_outline"));
        state.getStyleClass().setAll("label", "run-state", runs ? "good" : "bad");
    }

    private static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }
}
