package org.skiplab.app.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import org.skiplab.app.diagram.Scenery;

/// The foot of a gated card: a lamp that is lit when the block ran in this mini-batch and crossed
/// out when it was skipped, with its survival probability; for a run one narrow lamp per block.
final class Lamps {

    private static final PseudoClass RAN = PseudoClass.getPseudoClass("ran");
    private static final PseudoClass SKIPPED = PseudoClass.getPseudoClass("skipped");

    private final List<String> ids;
    private final List<Node> lamps = new ArrayList<>();
    private final Pane node = new Pane();

    /// @param ids of the gated blocks, in order
    /// @param survival their survival probabilities
    /// @param width of the foot
    Lamps(List<String> ids, Map<String, Double> survival, double width) {
        this.ids = List.copyOf(ids);
        node.getStyleClass().add("card-foot");
        node.setPrefSize(width, Scenery.GATE_HEIGHT - 1);
        double first = survival.getOrDefault(ids.getFirst(), 1.0);
        double last = survival.getOrDefault(ids.getLast(), 1.0);
        if (ids.size() == 1) {
            single(first, width);
        } else {
            strip(first, last, width);
        }
    }

    Node node() {
        return node;
    }

    void show(Optional<Set<String>> ran) {
        for (int i = 0; i < lamps.size(); i++) {
            boolean lit = ran.isPresent() && ran.get().contains(ids.get(i));
            lamps.get(i).pseudoClassStateChanged(RAN, lit);
            lamps.get(i).pseudoClassStateChanged(SKIPPED, ran.isPresent() && !lit);
        }
    }

    private void single(double p, double width) {
        Circle bulb = new Circle(5);
        bulb.getStyleClass().add("bulb");
        Line cross = new Line(-4.5, 4.5, 4.5, -4.5);
        cross.getStyleClass().add("bulb-cross");
        Group lamp = new Group(bulb, cross);
        lamp.getStyleClass().add("lamp");
        lamps.add(lamp);
        Label label = new Label("p = " + probability(p));
        label.getStyleClass().add("card-line");
        HBox row = new HBox(6, lamp, label);
        row.setAlignment(Pos.CENTER);
        row.setPrefSize(width, Scenery.GATE_HEIGHT - 1);
        node.getChildren().add(row);
    }

    private void strip(double first, double last, double width) {
        double inset = 6;
        double step = (width - 2 * inset) / ids.size();
        for (int i = 0; i < ids.size(); i++) {
            Region lamp = new Region();
            lamp.getStyleClass().add("lamp-cell");
            double w = Math.max(1, step - (step > 3 ? 1 : 0));
            lamp.setMinSize(w, 6);
            lamp.setPrefSize(w, 6);
            lamp.relocate(inset + i * step, 2);
            lamps.add(lamp);
            node.getChildren().add(lamp);
        }
        Label label =
                new Label(
                        first == last
                                ? "p = " + probability(first)
                                : "p " + probability(first) + "–" + probability(last));
        label.getStyleClass().add("card-line");
        label.setAlignment(Pos.CENTER);
        label.setPrefSize(width, 13);
        label.relocate(0, 9);
        node.getChildren().add(label);
    }

    private static String probability(double p) {
        return String.format(Locale.ROOT, p == 1 ? "%.0f" : "%.2f", p);
    }
}
