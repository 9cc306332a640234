package org.skiplab.engine.data.fetch;

import java.time.Duration;
import java.util.Optional;

/// How far fetching has come.
///
/// @param file being fetched
/// @param doneBytes of all files, with what was there before
/// @param totalBytes of all files
/// @param bytesPerSecond over the last seconds
/// @param left time at that speed; empty while there is none
public record FetchProgress(
        String file,
        long doneBytes,
        long totalBytes,
        double bytesPerSecond,
        Optional<Duration> left) {}
