package org.skiplab.app.canvas;

import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.shape.Circle;
import javafx.scene.shape.CubicCurveTo;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.QuadCurveTo;
import javafx.scene.shape.StrokeLineCap;
import org.skiplab.app.diagram.Bypass;
import org.skiplab.app.diagram.Scenery;

/// The arc or fan over a card, in the card's coordinates: the origin is the card's top left corner.
final class BypassView {

    private static final double SUM_RADIUS = 6.5;
    private static final double CORNER = 16;

    private BypassView() {}

    /// @param width of the card
    /// @param height of the card; the main path runs at half of it
    static Node of(Bypass bypass, double width, double height) {
        return switch (bypass) {
            case Bypass.None _ -> new Group();
            case Bypass.Arc(String mark) -> arc(mark, width, height);
            case Bypass.Fan(int layers) -> fan(layers, width);
        };
    }

    /// From the wire left of the card over it to the sum right of it.
    private static Node arc(String mark, double width, double height) {
        double left = -Scenery.ARC_REACH + 4;
        double right = width + Scenery.ARC_REACH - 5;
        double top = -Scenery.ARC_HEIGHT + 12;
        double middle = height / 2;
        Path path =
                new Path(
                        new MoveTo(left, middle),
                        new LineTo(left, top + CORNER),
                        new QuadCurveTo(left, top, left + CORNER, top),
                        new LineTo(right - CORNER, top),
                        new QuadCurveTo(right, top, right, top + CORNER),
                        new LineTo(right, middle - SUM_RADIUS));
        path.getStyleClass().add("shortcut");
        path.setStrokeLineCap(StrokeLineCap.ROUND);
        Circle fork = new Circle(left, middle, 2.6);
        fork.getStyleClass().add("fork");
        Circle sum = new Circle(right, middle, SUM_RADIUS);
        sum.getStyleClass().add("sum");
        Line plusAcross = new Line(right - 3, middle, right + 3, middle);
        Line plusDown = new Line(right, middle - 3, right, middle + 3);
        plusAcross.getStyleClass().add("sum-sign");
        plusDown.getStyleClass().add("sum-sign");
        Group group = new Group(path, fork, sum, plusAcross, plusDown);
        if (!mark.isEmpty()) {
            Label label = new Label(mark);
            label.getStyleClass().add("shortcut-mark");
            label.setMinWidth(46);
            label.setPrefWidth(46);
            label.setPrefHeight(16);
            label.setMinHeight(16);
            label.relocate((width - 46) / 2, top - 8);
            group.getChildren().add(label);
        }
        return group;
    }

    /// From the input to every layer, and from every layer to all after it, drawn for at most five
    /// layers.
    private static Node fan(int layers, double width) {
        Group group = new Group();
        int shown = Math.min(layers, 5);
        double from = 8;
        double step = (width - 2 * from) / shown;
        double height = Scenery.ARC_HEIGHT - 8;
        for (int a = 0; a < shown; a++) {
            for (int b = a + 1; b <= shown; b++) {
                double rise = height * Math.sqrt((double) (b - a) / shown) * 4 / 3;
                double x = from + a * step;
                double y = from + b * step;
                Path path = new Path(new MoveTo(x, 0), new CubicCurveTo(x, -rise, y, -rise, y, 0));
                path.getStyleClass().add(a == 0 ? "fan" : "fan-inner");
                group.getChildren().add(path);
            }
        }
        return group;
    }
}
