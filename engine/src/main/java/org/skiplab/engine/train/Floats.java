package org.skiplab.engine.train;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.kernel.Tensor;

/// Dense tensors as arrays of floats.
final class Floats {
    private Floats() {}

    static float[] copy(Tensor tensor) {
        if (tensor.type() != DataType.FLOAT) {
            return tensor.toFloats();
        }
        float[] out = new float[Math.toIntExact(tensor.size())];
        MemorySegment.copy(
                tensor.segment(), ValueLayout.JAVA_FLOAT_UNALIGNED, 0, out, 0, out.length);
        return out;
    }

    static void write(float[] values, Tensor tensor) {
        if (tensor.type() == DataType.FLOAT) {
            MemorySegment.copy(
                    values,
                    0,
                    tensor.segment(),
                    ValueLayout.JAVA_FLOAT_UNALIGNED,
                    0,
                    values.length);
        } else {
            for (int i = 0; i < values.length; i++) {
                tensor.set(i, values[i]);
            }
        }
    }

    static boolean finite(Tensor tensor) {
        if (tensor.type() == DataType.FLOAT) {
            MemorySegment segment = tensor.segment();
            for (long i = 0; i < tensor.size(); i++) {
                if (!Float.isFinite(segment.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i))) {
                    return false;
                }
            }
            return true;
        }
        for (long i = 0; i < tensor.size(); i++) {
            if (!Double.isFinite(tensor.get(i))) {
                return false;
            }
        }
        return true;
    }
}
