package org.skiplab.engine.data.fetch;

import java.time.Duration;

/// How long fetching waits, and how often it tries.
///
/// @param silence a connection on which nothing comes for so long counts as broken
/// @param attempts without a single new byte before giving up
/// @param pause before going on when a connection broke; doubled for every attempt in a row that
///   brought nothing
public record Patience(Duration silence, int attempts, Duration pause) {
    public static final Patience USUAL =
            new Patience(Duration.ofSeconds(30), 5, Duration.ofSeconds(1));
}
