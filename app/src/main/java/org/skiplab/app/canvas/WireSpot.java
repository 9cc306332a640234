package org.skiplab.app.canvas;

import javafx.scene.Group;
import javafx.scene.layout.Region;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.layout.Box;

/// The place of a drawn wire, for screen readers. Draws nothing and takes no mouse.
final class WireSpot extends Group {

    private final Region line = new Region();

    WireSpot(Scenery.Drawn drawn, Scenery scenery) {
        Diagram.Wire wire = drawn.wire();
        setId("wire-" + wire.from() + "-" + wire.to());
        setMouseTransparent(true);
        line.getStyleClass().add("wire-line");
        line.setManaged(false);
        getChildren().add(line);
        setAccessibleText(description(wire, scenery));
        place(drawn.around());
    }

    /// Whether the wire carries the same in another picture; then it lies in its new place.
    boolean follows(Scenery.Drawn drawn, Scenery scenery) {
        boolean same = description(drawn.wire(), scenery).equals(getAccessibleText());
        if (same) {
            place(drawn.around());
        }
        return same;
    }

    private void place(Box box) {
        line.resizeRelocate(box.x(), box.y(), box.width(), box.height());
    }

    static String description(Diagram.Wire wire, Scenery scenery) {
        return "Wire from "
                + wire.from()
                + " to "
                + wire.to()
                + scenery.analysis()
                        .shape(wire.from())
                        .map(s -> ", " + s)
                        .orElse(", shape unknown");
    }
}
