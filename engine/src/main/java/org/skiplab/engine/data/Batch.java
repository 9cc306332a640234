package org.skiplab.engine.data;

import java.lang.foreign.MemorySegment;

/// A mini-batch ready for the network. The buffers belong to the feed that made it and are valid
/// until its next `take`.
///
/// @param images normalised float32, NHWC: `labels.length x height x width x channels`, 64-byte
///   aligned
/// @param labels the class of every image
/// @param indices where every image lies in the set
/// @param count images that are real; behind them (the last batch of an evaluation pass) images and
///   labels are 0 and indices -1
/// @param position where the batch begins
public record Batch(
        MemorySegment images, int[] labels, int[] indices, int count, Feed.Position position) {

    /// Room for images, real or not: the same for every batch of a feed.
    public int size() {
        return labels.length;
    }

    public int epoch() {
        return position.epoch();
    }

    /// Where a feed has to start to go on behind this batch, possibly with another batch size.
    public Feed.Position next() {
        return new Feed.Position(position.epoch(), position.offset() + count);
    }
}
