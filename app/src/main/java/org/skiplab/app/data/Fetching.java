package org.skiplab.app.data;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.skiplab.engine.data.fetch.FetchProgress;
import org.skiplab.engine.data.fetch.FetchResult;
import org.skiplab.engine.data.fetch.Fetcher;
import org.skiplab.engine.data.fetch.PublishedSet;

/// Brings a published set into its folder below `parent`; interrupting the thread cancels.
@FunctionalInterface
public interface Fetching {

    /// From where the set is published.
    Fetching OVER_HTTP =
            (set, parent, progress) -> {
                try (Fetcher fetcher = new Fetcher()) {
                    return fetcher.fetch(set, parent, progress);
                }
            };

    FetchResult fetch(PublishedSet set, Path parent, Consumer<FetchProgress> progress);
}
