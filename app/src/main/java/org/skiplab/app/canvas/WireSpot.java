package org.skiplab.app.canvas;

import javafx.scene.Group;
import javafx.scene.layout.Region;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.layout.Box;

/// The place of a drawn wire, for screen readers. Draws nothing and takes no mouse.
final class WireSpot extends Group {

    WireSpot(Scenery.Drawn drawn, Scenery scenery) {
        Diagram.Wire wire = drawn.wire();
        Box box = drawn.around();
        setId("wire-" + wire.from() + "-" + wire.to());
        setMouseTransparent(true);
        Region line = new Region();
        line.getStyleClass().add("wire-line");
        line.setManaged(false);
        line.resizeRelocate(box.x(), box.y(), box.width(), box.height());
        getChildren().add(line);
        setAccessibleText(
                "Wire from "
                        + wire.from()
                        + " to "
                        + wire.to()
                        + scenery.analysis()
                                .shape(wire.from())
                                .map(s -> ", " + s)
                                .orElse(", shape unknown"));
    }
}
