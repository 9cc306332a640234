/// The picture of a network, without a window: its cards and wires, where they stand, and how they
/// are drawn. The canvas shows it live; files, thumbnails and the command line draw the same.
@NullMarked
package org.skiplab.app.diagram;

import org.jspecify.annotations.NullMarked;
