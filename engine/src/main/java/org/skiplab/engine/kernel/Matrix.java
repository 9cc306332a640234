package org.skiplab.engine.kernel;

import org.bytedeco.dnnl.memory;

/// A row-major matrix somewhere in memory.
///
/// @param pitch numbers from one row to the next
record Matrix(int rows, int columns, long pitch) {

    memory.desc description(OneDnn dnn) {
        return dnn.describe(new long[] {rows, columns}, new long[] {pitch, 1});
    }

    memory.desc transposed(OneDnn dnn) {
        return dnn.describe(new long[] {columns, rows}, new long[] {1, pitch});
    }
}
