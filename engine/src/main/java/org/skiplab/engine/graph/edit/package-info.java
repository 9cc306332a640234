/// What people can do to a network: pure functions from one network to the next, and the palette
/// that they draw from. Every edit either says what it did, for the undo menu, or why it cannot.
@NullMarked
package org.skiplab.engine.graph.edit;

import org.jspecify.annotations.NullMarked;
