package org.skiplab.engine.graph;

/// What keeps a network from running, in words that a person can act on.
///
/// @param node the block at fault, or [Network#INPUT] when it is the network as a whole
/// @param why what is wrong
/// @param fix what would put it right
public record Problem(String node, String why, String fix) {

    /// One line: which block, why, what to do.
    @Override
    public String toString() {
        return node + ": " + why + "; " + fix;
    }
}
