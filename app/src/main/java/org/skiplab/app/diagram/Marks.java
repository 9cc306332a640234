package org.skiplab.app.diagram;

import java.util.Optional;
import java.util.Set;
import org.skiplab.engine.graph.Wire;

/// What is going on in a picture at this moment.
///
/// @param selected ids of the selected cards
/// @param focused the card at which the keyboard is
/// @param wire the selected wire
/// @param hovered the wire under the pointer, or those that a chart points at
/// @param ran ids of the gated blocks that ran in the newest mini-batch; empty when none trains
/// @param cut ids of the blocks whose branch is cut off in evaluation
/// @param changed ids of the blocks that are not as in the preset the network comes from
/// @param lifted ids of the blocks that are being dragged
/// @param target where a drag would land
/// @param labels whether every wire shows its shape, or only the one under the pointer
public record Marks(
        Set<String> selected,
        Optional<String> focused,
        Optional<Diagram.Wire> wire,
        Set<Diagram.Wire> hovered,
        Optional<Set<String>> ran,
        Set<String> cut,
        Set<String> changed,
        Set<String> lifted,
        Optional<Landing> target,
        boolean labels) {

    /// Nothing.
    public static final Marks NONE =
            new Marks(
                    Set.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of(),
                    Optional.empty(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Optional.empty(),
                    true);

    /// The card or wire that a drag would land on.
    ///
    /// @param refusing whether it would be refused there
    public record Landing(Optional<String> card, Optional<Wire> wire, boolean refusing) {}

    public Marks {
        selected = Set.copyOf(selected);
        ran = ran.map(Set::copyOf);
        cut = Set.copyOf(cut);
        changed = Set.copyOf(changed);
        lifted = Set.copyOf(lifted);
    }
}
