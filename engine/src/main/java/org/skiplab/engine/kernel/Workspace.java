package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/// Scratch memory that operations of one network share: only one of them runs at a time, and none
/// expects to find what it left.
final class Workspace implements AutoCloseable {

    private record Place(String use, long numbers) {}

    private final List<TensorMemory> owned = new ArrayList<>();
    private final Map<Place, Long> places = new HashMap<>();
    private final boolean imagined;

    /// @param imagined whether to give out addresses only, see [TensorMemory#imagined]
    Workspace(boolean imagined) {
        this.imagined = imagined;
    }

    /// Address of zero-filled memory for so many floats, the same for everybody who names the same
    /// use and number. What an operation needs at the same time it takes for different uses.
    long take(String use, long numbers) {
        return places.computeIfAbsent(new Place(use, numbers), _ -> allocate(numbers));
    }

    private long allocate(long numbers) {
        TensorMemory memory = TensorMemory.of(DataType.FLOAT, numbers, imagined);
        owned.add(memory);
        return memory.at(0, new long[] {numbers}).address();
    }

    long bytes() {
        return owned.stream().mapToLong(TensorMemory::bytes).sum();
    }

    @Override
    public void close() {
        owned.forEach(TensorMemory::close);
        owned.clear();
    }
}
