/// Where boxes and wires of a network are drawn: pure geometry, no toolkit. Left to right by depth,
/// the main path on one line, shortcuts as arcs above it, branches below it.
@NullMarked
package org.skiplab.app.diagram.layout;

import org.jspecify.annotations.NullMarked;
