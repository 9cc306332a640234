package org.skiplab.engine.graph.edit;

import java.util.Collection;
import java.util.List;
import org.skiplab.engine.graph.Network;

/// What an edit gives.
public sealed interface Edit {

    /// @param network the network afterwards; it is well formed, but may be unable to run
    /// @param what what was done, for the undo menu: `Insert Residual block`
    /// @param blocks ids of the blocks that were made or changed, worth selecting
    record Done(Network network, String what, List<String> blocks) implements Edit {
        public Done {
            blocks = List.copyOf(blocks);
        }
    }

    /// Nothing was changed.
    ///
    /// @param why what stands against it
    /// @param fix what would do
    record Refused(String why, String fix) implements Edit {

        /// One line: why, what to do.
        @Override
        public String toString() {
            return why + "; " + fix;
        }
    }

    static Edit done(Network network, String what, String... blocks) {
        return new Done(network, what, List.of(blocks));
    }

    static Edit refused(String why, String fix) {
        return new Refused(why, fix);
    }

    /// The refusal of a block that does not exist.
    static Edit missing(String id) {
        return refused("there is no block '" + id + "'", "choose a block of this network");
    }

    /// `stem`, or `3 blocks`.
    static String naming(Collection<String> ids) {
        return ids.size() == 1 ? ids.iterator().next() : ids.size() + " blocks";
    }
}
