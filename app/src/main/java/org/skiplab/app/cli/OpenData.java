package org.skiplab.app.cli;

import java.nio.file.Path;
import org.skiplab.app.data.DataFolder;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.fetch.PublishedSet;
import org.skiplab.engine.data.source.DataSource;

/// What commands that read images share.
final class OpenData {
    private OpenData() {}

    /// The data set of a specification; what was left out of it is told on the terminal.
    static DataSet opened(String spec, Terminal terminal) throws CommandFailure {
        return switch (DataSource.open(inFull(spec, DataFolder.ofSystem()))) {
            case DataSource.Opened(DataSet opened, var warnings) -> {
                warnings.forEach(terminal::error);
                yield opened;
            }
            case DataSource.Failed failed -> throw CommandFailure.failed(failed.message());
        };
    }

    /// A published set may be written without a path, `cifar10` or `cifar100#labels=coarse`: the
    /// one that was fetched. (`mnist` is the bundled one.)
    ///
    /// @param folder of all fetched sets
    static String inFull(String spec, Path folder) throws CommandFailure {
        int hash = spec.indexOf('#');
        String name = hash < 0 ? spec : spec.substring(0, hash);
        for (PublishedSet set : PublishedSet.values()) {
            if (set != PublishedSet.MNIST && set.prefix().equals(name)) {
                if (!set.isIn(folder)) {
                    throw CommandFailure.failed(
                            "%s: it is not on this machine; run 'skiplab fetch %s', or write %s:PATH"
                                    .formatted(name, name, name));
                }
                return set.source(folder).address() + spec.substring(name.length());
            }
        }
        return spec;
    }

    /// The training images fill at least one batch.
    static void checkBatch(int batch, DataSet data) throws CommandFailure {
        if (batch > data.train().size()) {
            throw CommandFailure.wrongUse(
                    "--batch "
                            + batch
                            + " is larger than the "
                            + data.train().size()
                            + " training images; use a smaller one");
        }
    }
}
