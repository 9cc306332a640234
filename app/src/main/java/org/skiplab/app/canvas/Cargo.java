package org.skiplab.app.canvas;

import java.util.List;
import org.skiplab.engine.graph.edit.Catalogue;

/// What is being dragged over the canvas.
public sealed interface Cargo {

    /// A new block from the palette.
    record Fresh(Catalogue entry) implements Cargo {}

    /// Blocks that are in the network.
    record Present(List<String> ids) implements Cargo {
        public Present {
            ids = List.copyOf(ids);
        }
    }

    /// A new wire from a block or the image.
    ///
    /// @param concatenate whether it would be concatenated with a wire it lands on, rather than
    ///   added to it
    record Lead(String from, boolean concatenate) implements Cargo {}
}
