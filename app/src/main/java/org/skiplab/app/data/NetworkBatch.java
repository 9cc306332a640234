package org.skiplab.app.data;

import java.lang.foreign.ValueLayout;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.data.Batch;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.graph.Seeds;

/// A mini-batch as a network gets it, taken from the feed that training uses.
///
/// @param epoch from 0
/// @param number of the batch in its epoch, from 0
/// @param batches in an epoch
/// @param images floats, NHWC
public record NetworkBatch(
        int epoch, int number, int batches, float[] images, int[] labels, int[] indices) {

    /// Makes one batch of a run.
    ///
    /// @param size images in a batch
    /// @param number counted from the run's start, over all epochs
    /// @param seed of the run
    static NetworkBatch of(DataSet data, Augmentation augmentation, int size, long seed, int number)
            throws InterruptedException {
        int fitting = Math.min(size, data.train().size());
        int batches = data.train().size() / fitting;
        var at = new Feed.Position(number / batches, number % batches * fitting);
        try (Feed feed =
                Feed.training(
                        data.train(),
                        data.normalisation(),
                        augmentation,
                        fitting,
                        new Seeds(seed),
                        at)) {
            Batch batch = feed.take();
            return new NetworkBatch(
                    number / batches,
                    number % batches,
                    batches,
                    batch.images().toArray(ValueLayout.JAVA_FLOAT),
                    batch.labels().clone(),
                    batch.indices().clone());
        }
    }

    public int size() {
        return labels.length;
    }
}
