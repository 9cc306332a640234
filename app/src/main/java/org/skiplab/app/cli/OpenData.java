package org.skiplab.app.cli;

import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.source.DataSource;

/// What commands that read images share.
final class OpenData {
    private OpenData() {}

    /// The data set of a specification; what was left out of it is told on the terminal.
    static DataSet opened(String spec, Terminal terminal) throws CommandFailure {
        return switch (DataSource.open(spec)) {
            case DataSource.Opened(DataSet opened, var warnings) -> {
                warnings.forEach(terminal::error);
                yield opened;
            }
            case DataSource.Failed failed -> throw CommandFailure.failed(failed.message());
        };
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
