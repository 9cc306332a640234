package org.skiplab.app.diagram;

import java.util.List;
import java.util.Optional;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Composite;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Wide;

/// What leads around a block, as drawn over its card.
public sealed interface Bypass {

    /// Nothing.
    record None() implements Bypass {}

    /// One arc from the input to the sum behind the branch.
    ///
    /// @param mark what happens on the way: `1×1`, `pad`, …; empty for the identity
    record Arc(String mark) implements Bypass {}

    /// Every layer reads all before it.
    record Fan(int layers) implements Bypass {}

    /// Reads the block's own circuit, so that the picture shows what runs for this input.
    ///
    /// @param input what enters, empty while a problem before the block hides it
    static Bypass of(Block block, Optional<Shape> input) {
        return switch (block) {
            case Residual r when r.shortcut() == Shortcut.NONE -> new None();
            case Residual r -> new Arc(input.map(i -> mark(r, i)).orElse(""));
            case Wide w -> new Arc(input.map(i -> mark(w, i)).orElse(""));
            case DenseBlock d -> new Fan(d.layers());
            default -> new None();
        };
    }

    private static String mark(Composite block, Shape input) {
        List<String> ids = block.inside(input).nodes().stream().map(Node::id).toList();
        if (ids.contains("shortcut.conv")) {
            return "1×1";
        }
        if (ids.contains("shortcut.weighed")) {
            return "1−g";
        }
        if (ids.contains("shortcut.scale")) {
            return "×½";
        }
        if (ids.contains("shortcut.dropout")) {
            return "drop";
        }
        if (ids.contains("shortcut.pad")) {
            return "pad 0";
        }
        return ids.contains("shortcut.pool") ? "pool" : "";
    }
}
