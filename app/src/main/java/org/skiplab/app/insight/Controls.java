package org.skiplab.app.insight;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/// The controls of an insight, side by side at the right end; what has no room there goes on in the
/// next row.
public final class Controls extends Pane {

    private static final double BETWEEN_ROWS = 3;

    private final double gap;

    /// @param gap between two controls, in pixels
    public Controls(double gap, Node... controls) {
        super(controls);
        this.gap = gap;
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private List<List<Node>> rows(double width) {
        List<List<Node>> rows = new ArrayList<>();
        double used = Double.POSITIVE_INFINITY;
        for (Node control : getManagedChildren()) {
            double wide = wide(control, width);
            if (used + gap + wide > width) {
                rows.add(new ArrayList<>());
                used = -gap;
            }
            rows.getLast().add(control);
            used += gap + wide;
        }
        return rows;
    }

    private static double wide(Node control, double most) {
        return Math.min(most, Math.ceil(control.prefWidth(-1)));
    }

    private static double tall(List<Node> row) {
        return row.stream().mapToDouble(n -> Math.ceil(n.prefHeight(-1))).max().orElse(0);
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefWidth(double height) {
        List<Node> all = getManagedChildren();
        return all.stream().mapToDouble(n -> wide(n, Double.POSITIVE_INFINITY)).sum()
                + gap * Math.max(0, all.size() - 1);
    }

    @Override
    protected double computePrefHeight(double width) {
        List<List<Node>> rows = rows(width < 0 ? Double.POSITIVE_INFINITY : width);
        return rows.stream().mapToDouble(Controls::tall).sum()
                + BETWEEN_ROWS * Math.max(0, rows.size() - 1);
    }

    @Override
    protected void layoutChildren() {
        double y = 0;
        for (List<Node> row : rows(getWidth())) {
            double tall = tall(row);
            double x = getWidth();
            for (Node control : row.reversed()) {
                double wide = wide(control, getWidth());
                double high = Math.ceil(control.prefHeight(wide));
                x -= wide;
                control.resizeRelocate(
                        Math.round(x), Math.round(y + (tall - high) / 2), wide, high);
                x -= gap;
            }
            y += tall + BETWEEN_ROWS;
        }
    }
}
