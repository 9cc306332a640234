package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// The arrays that operations need besides the tensors they are bound to, and their owner.
final class Scratch implements AutoCloseable {

    /// What a shared array is for: arrays of different uses may be in use at once.
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

    private final DataType type;
    private final long columns;
    private final Map<Use, INDArray> newest = new EnumMap<>(Use.class);
    private final List<INDArray> owned = new ArrayList<>();
    private final List<AddressSpace> spaces = new ArrayList<>();
    private final boolean imagined;

    /// @param columns numbers in one piece of a convolution's window matrix
    /// @param imagined whether arrays are addresses only, see [TensorMemory#imagined]
    Scratch(DataType type, long columns, boolean imagined) {
        this.imagined = imagined;
        this.type = type;
        this.columns = columns;
    }

    long columns() {
        return columns;
    }

    /// A dense row-major array of unknown content, for use only while an operation runs: they run
    /// one after the other, so those that ask for the same use share memory.
    INDArray shared(Use use, long... shape) {
        long size = 1;
        long[] strides = new long[shape.length];
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = size;
            size *= shape[i];
        }
        INDArray memory = newest.get(use);
        if (memory == null || memory.length() < size) {
            // Doubling bounds what a sequence of ever larger layers leaves behind.
            memory = kept(memory == null ? size : Math.max(size, 2 * memory.length()));
            newest.put(use, memory);
        }
        return Views.strided(memory, 0, shape, strides);
    }

    /// A dense row-major array of zeros that nobody else uses.
    INDArray kept(long... shape) {
        INDArray array = imagined ? imagined(shape) : Nd4j.create(type, shape);
        owned.add(array);
        return array;
    }

    private INDArray imagined(long... shape) {
        long numbers = 1;
        for (long extent : shape) {
            numbers *= extent;
        }
        AddressSpace space = AddressSpace.reserve(numbers * type.width());
        spaces.add(space);
        return space.array(type, numbers).reshape('c', shape);
    }

    long bytes() {
        return owned.stream().mapToLong(INDArray::length).sum() * type.width();
    }

    @Override
    public void close() {
        if (!imagined) {
            owned.forEach(INDArray::close);
        }
        spaces.forEach(AddressSpace::close);
        owned.clear();
        newest.clear();
    }
}
