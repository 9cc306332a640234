package org.skiplab.engine.kernel;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// Arrays that operations use only while they run. Operations of one [Kernels] run one after the
/// other, so those that ask for the same use and size share one array.
final class Scratch implements AutoCloseable {

    /// What an array is for: arrays of different uses may be in use at once.
    enum Use {
        INPUT,
        OUTPUT,
        GRADIENT,
        PADDED,
        COLUMNS,
        FIRST,
        SECOND,
        PER_IMAGE
    }

    private record Key(Use use, long size) {}

    private final DataType type;
    private final Map<Key, INDArray> arrays = new HashMap<>();

    Scratch(DataType type) {
        this.type = type;
    }

    DataType type() {
        return type;
    }

    /// A dense row-major array of unknown content.
    INDArray array(Use use, long... shape) {
        long size = 1;
        for (long extent : shape) {
            size *= extent;
        }
        return arrays.computeIfAbsent(new Key(use, size), k -> Nd4j.create(type, k.size()))
                .reshape('c', shape);
    }

    long bytes() {
        return arrays.keySet().stream().mapToLong(Key::size).sum() * type.width();
    }

    @Override
    public void close() {
        arrays.values().forEach(INDArray::close);
        arrays.clear();
    }
}
