package org.skiplab.app.canvas;

import java.util.List;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.engine.graph.Wire;

/// Where something is dropped.
public sealed interface Target {

    record OnWire(Wire wire) implements Target {}

    /// A card: one block, or each block of a folded run.
    record OnBlocks(List<String> ids) implements Target {
        public OnBlocks {
            ids = List.copyOf(ids);
        }
    }

    record OnImage() implements Target {}

    /// Empty canvas.
    ///
    /// @param away whether it is well away from where the cargo came from
    record Empty(Point at, boolean away) implements Target {}
}
