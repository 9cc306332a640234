package org.skiplab.engine.graph.diff;

import java.util.List;
import java.util.stream.Collectors;
import org.skiplab.engine.graph.Node;

/// One thing that distinguishes two networks.
public sealed interface Deviation {

    /// What happened, in one line: `Width 16 → 24`; of an added or removed block its kind.
    String text();

    /// A block that only the second network has.
    record Added(Node node) implements Deviation {
        @Override
        public String text() {
            return node.block().kind().title();
        }
    }

    /// A block that only the first network has.
    record Removed(Node node) implements Deviation {
        @Override
        public String text() {
            return node.block().kind().title();
        }
    }

    /// A block of both networks that is not the same in both.
    ///
    /// @param changes of its name, kind and settings
    /// @param rewired whether it reads from elsewhere, apart from blocks put on or taken off its
    ///   wires
    record Altered(Node before, Node after, List<Change> changes, boolean rewired)
            implements Deviation {
        public Altered {
            changes = List.copyOf(changes);
        }

        @Override
        public String text() {
            String settings =
                    changes.stream().map(Change::toString).collect(Collectors.joining(", "));
            String wires =
                    rewired
                            ? "reads "
                                    + reads(after)
                                    + (reads(before).equals(reads(after))
                                            ? " in another place"
                                            : " instead of " + reads(before))
                            : "";
            return settings.isEmpty() || wires.isEmpty()
                    ? settings + wires
                    : settings + "; " + wires;
        }

        private static String reads(Node node) {
            return node.inputs().isEmpty() ? "nothing" : String.join(" and ", node.inputs());
        }
    }

    /// A property of the networks as wholes, such as their survival schedule.
    record Whole(Change change) implements Deviation {
        @Override
        public String text() {
            return change.toString();
        }
    }
}
