package org.skiplab.app.training;

import java.lang.ref.SoftReference;
import org.skiplab.engine.data.source.DataSource;
import org.skiplab.engine.data.source.Progress;

/// Opens data sets and keeps the last one while memory lasts, so that looking at a set and training
/// on it read it once. For any thread.
public final class DataShelf {

    private record Kept(String spec, DataSource.Opened opened) {}

    private SoftReference<Kept> last = new SoftReference<>(null);

    /// The set of a specification, all of it. May take seconds; interrupting the thread makes it
    /// give up.
    public synchronized DataSource.Result open(String spec, Progress progress) {
        Kept kept = last.get();
        if (kept != null && kept.spec.equals(spec)) {
            return kept.opened;
        }
        return switch (DataSource.parse(spec)) {
            case DataSource source -> {
                DataSource.Result result = source.open(progress);
                if (result instanceof DataSource.Opened opened) {
                    last = new SoftReference<>(new Kept(spec, opened));
                }
                yield result;
            }
            case DataSource.Failed failed -> failed;
        };
    }

    /// The next time everything is read again.
    public synchronized void forget() {
        last = new SoftReference<>(null);
    }
}
