/// The canvas: the network as cards and wires, with zoom, pan, selection, drag and drop.
/// [org.skiplab.app.canvas.Diagram] says what is drawn, the layout package where, the views how.
@NullMarked
package org.skiplab.app.canvas;

import org.jspecify.annotations.NullMarked;
