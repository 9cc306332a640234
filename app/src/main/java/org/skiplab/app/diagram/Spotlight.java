package org.skiplab.app.diagram;

import java.util.List;
import org.skiplab.engine.graph.Wire;

/// Wires that something beside the canvas points at.
///
/// @param outer wires between blocks
/// @param block a block that may have been gone into; empty for none
/// @param inside wires between the layers of that block
public record Spotlight(List<Wire> outer, String block, List<Wire> inside) {

    /// Nothing.
    public static final Spotlight NONE = new Spotlight(List.of(), "", List.of());

    public Spotlight {
        outer = List.copyOf(outer);
        inside = List.copyOf(inside);
    }

    /// The wires to light where the canvas is.
    ///
    /// @param path blocks that were gone into, outermost first
    public List<Wire> at(List<String> path) {
        return path.isEmpty() ? outer : path.equals(List.of(block)) ? inside : List.of();
    }
}
