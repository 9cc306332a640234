package org.skiplab.app.canvas;

import org.skiplab.engine.graph.edit.Catalogue;

/// Where the palette hands a block over when it is dragged out of it.
public interface BlockDrag {

    /// Takes the block; the drag goes on until the button is let go or Escape is pressed.
    /// Coordinates are the scene's.
    void begin(Catalogue entry, double sceneX, double sceneY);
}
