/// The network as an immutable value: blocks, wires, shapes, costs and presets. Everything else in
/// SkipLab is derived from what this package describes; it depends on nothing.
@NullMarked
package org.skiplab.engine.graph;

import org.jspecify.annotations.NullMarked;
