package org.skiplab.engine.kernel;

import org.bytedeco.dnnl.memory;

/// 36 row-major matrices of one size: a tensor transformed by [Winograd].
///
/// @param pitch numbers from one row to the next: the columns in whole registers
/// @param planeNumbers from one matrix to the next
record PlaneMatrix(long address, int rows, int columns, int pitch, long planeNumbers) {

    /// Keeps the planes off each other's cache sets.
    private static final int GAP = 16;

    /// @param use operations share matrices of one use and size
    static PlaneMatrix of(Workspace workspace, String use, int rows, int columns) {
        int pitch = Winograd.padded(columns);
        long plane = (long) rows * pitch + GAP;
        long address = workspace.take(use, Winograd.PLANES * plane);
        return new PlaneMatrix(address, rows, columns, pitch, plane);
    }

    /// The first rows of the same memory.
    PlaneMatrix rows(int fewer) {
        return new PlaneMatrix(address, fewer, columns, pitch, planeNumbers);
    }

    /// Bytes from one matrix to the next.
    long plane() {
        return planeNumbers * Float.BYTES;
    }

    /// Bytes from one row to the next.
    long step() {
        return (long) pitch * Float.BYTES;
    }

    /// Address of a number in the first matrix.
    long at(long row, int column) {
        return address + (row * pitch + column) * Float.BYTES;
    }

    memory.desc description(OneDnn dnn) {
        return dnn.describe(
                new long[] {Winograd.PLANES, rows, columns}, new long[] {planeNumbers, pitch, 1});
    }

    memory.desc transposed(OneDnn dnn) {
        return dnn.describe(
                new long[] {Winograd.PLANES, columns, rows}, new long[] {planeNumbers, 1, pitch});
    }
}
