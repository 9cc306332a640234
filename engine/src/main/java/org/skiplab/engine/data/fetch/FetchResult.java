package org.skiplab.engine.data.fetch;

import java.nio.file.Path;

/// What fetching came to.
public sealed interface FetchResult {

    /// Every file is in the folder, and its checksum is right.
    record Fetched(Path folder) implements FetchResult {}

    /// The thread was interrupted. What had come is kept, and fetching again goes on from there.
    record Cancelled() implements FetchResult {}

    /// It cannot go on. What had come is kept.
    ///
    /// @param what went wrong
    /// @param where file or address
    /// @param remedy what to do about it
    record Failed(String what, String where, String remedy) implements FetchResult {

        /// Everything in one line.
        public String message() {
            return where + ": " + what + "; " + remedy;
        }
    }
}
