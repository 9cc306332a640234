package org.skiplab.engine.graph.file;

/// What writing a `.skiplab` file gives. A file that was there before is untouched unless the new
/// one is complete.
public sealed interface Writing {

    record Written() implements Writing {}

    /// @param why what kept the file from being written
    /// @param fix what to do
    record Unwritten(String why, String fix) implements Writing {

        /// One line: why, what to do.
        @Override
        public String toString() {
            return why + "; " + fix;
        }
    }
}
