package org.skiplab.app.canvas;

import org.skiplab.engine.graph.edit.Catalogue;

/// Where the palette hands a block over while it is dragged. Coordinates are the scene's.
public interface BlockDrag {

    void move(Catalogue entry, double sceneX, double sceneY);

    void drop(Catalogue entry, double sceneX, double sceneY);

    void cancel();
}
