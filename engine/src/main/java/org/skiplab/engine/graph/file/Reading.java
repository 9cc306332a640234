package org.skiplab.engine.graph.file;

/// What reading a `.skiplab` file gives.
public sealed interface Reading {

    record Read(Design design) implements Reading {}

    /// @param place line and column, the path to the value (`network.blocks[3].stride`), or empty
    ///   when the file as a whole is at fault
    /// @param why what is wrong there
    /// @param fix what to do
    record Unreadable(String place, String why, String fix) implements Reading {

        /// One line: where, why, what to do.
        @Override
        public String toString() {
            return (place.isEmpty() ? "" : place + ": ") + why + "; " + fix;
        }
    }
}
