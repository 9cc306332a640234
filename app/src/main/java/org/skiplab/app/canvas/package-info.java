/// The canvas: the network as cards and wires, with zoom, pan, selection, drag and drop.
/// [org.skiplab.app.diagram.Diagram] says what is drawn, its layout package where, the views how.
@NullMarked
package org.skiplab.app.canvas;

import org.jspecify.annotations.NullMarked;
