package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// Access to the parts of operands that an operation knows to be there.
final class Operands {
    private Operands() {}

    static Tensor present(@Nullable Tensor tensor) {
        if (tensor == null) {
            throw new IllegalStateException("this operation has no such tensor");
        }
        return tensor;
    }

    static float get(MemorySegment memory, long index) {
        return memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * index);
    }

    static void set(MemorySegment memory, long index, float value) {
        memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * index, value);
    }
}
