package org.skiplab.engine.graph;

/// A wire: the output of `from` enters port `port` of `to`.
///
/// @param from a block's id or [Network#INPUT]
/// @param port counted from 0
public record Wire(String from, String to, int port) {

    /// `stem → head`.
    @Override
    public String toString() {
        return from + " → " + to;
    }
}
