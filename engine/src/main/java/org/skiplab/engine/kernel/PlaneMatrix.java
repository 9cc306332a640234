package org.skiplab.engine.kernel;

import org.bytedeco.dnnl.memory;

/// 36 row-major matrices of one size: a tensor transformed by [Winograd].
///
/// @param planeNumbers from one matrix to the next
record PlaneMatrix(long address, int rows, int columns, long planeNumbers) {

    /// Keeps the planes off each other's cache sets.
    private static final int GAP = 16;

    /// @param use operations share matrices of one use and size
    static PlaneMatrix of(Workspace workspace, String use, int rows, int columns) {
        long plane = (long) rows * columns + GAP;
        return new PlaneMatrix(workspace.take(use, Winograd.PLANES * plane), rows, columns, plane);
    }

    /// The first rows of the same memory.
    PlaneMatrix rows(int fewer) {
        return new PlaneMatrix(address, fewer, columns, planeNumbers);
    }

    /// Bytes from one matrix to the next.
    long plane() {
        return planeNumbers * Float.BYTES;
    }

    /// Address of a number in the first matrix.
    long at(long row, int column) {
        return address + (row * columns + column) * Float.BYTES;
    }

    memory.desc description(OneDnn dnn) {
        return dnn.describe(
                new long[] {Winograd.PLANES, rows, columns}, new long[] {planeNumbers, columns, 1});
    }

    memory.desc transposed(OneDnn dnn) {
        return dnn.describe(
                new long[] {Winograd.PLANES, columns, rows}, new long[] {planeNumbers, 1, columns});
    }
}
