/// The palette: every block and layer that can be put into the network. Entries are dragged onto
/// the canvas, or appended with Enter or a double click.
@NullMarked
package org.skiplab.app.palette;

import org.jspecify.annotations.NullMarked;
