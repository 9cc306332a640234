package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// An INDArray with its address at hand. Activations are `[batch, height, width, channels]`;
/// parameters have PyTorch's shape. A tensor is row-major except that the last axis may be a slice
/// of a wider one: row `i` of the flattened `rows × channels` matrix begins [#pitch] numbers after
/// row `i − 1`.
public final class Tensor {

    private final INDArray array;
    private final long[] shape;
    private final long pitch;
    private final long address;
    private final MemorySegment segment;

    @SuppressWarnings("restricted") // the address and the extent are the INDArray's own
    Tensor(INDArray array, long pitch, long address) {
        this.array = array;
        this.shape = array.shape();
        this.pitch = pitch;
        this.address = address;
        long bytes = ((rows() - 1) * pitch + channels()) * array.dataType().width();
        this.segment = MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    public INDArray array() {
        return array;
    }

    public DataType type() {
        return array.dataType();
    }

    public long[] shape() {
        return shape.clone();
    }

    /// Extent of the first axis.
    public int batch() {
        return Math.toIntExact(shape[0]);
    }

    /// Of an activation, in pixels.
    public int height() {
        return Math.toIntExact(shape[1]);
    }

    /// Of an activation, in pixels.
    public int width() {
        return Math.toIntExact(shape[2]);
    }

    /// Extent of the last axis.
    public int channels() {
        return Math.toIntExact(shape[shape.length - 1]);
    }

    /// Product of all axes but the last.
    public long rows() {
        return size() / channels();
    }

    /// Numbers from one row's begin to the next row's.
    public long pitch() {
        return pitch;
    }

    /// Whether rows follow each other without a gap.
    public boolean dense() {
        return pitch == channels();
    }

    /// How many numbers it holds, gaps between rows not counted.
    public long size() {
        long n = 1;
        for (long extent : shape) {
            n *= extent;
        }
        return n;
    }

    /// Where the first number lies.
    public long address() {
        return address;
    }

    /// Where a number lies.
    long at(long row, int channel) {
        return address + (row * pitch + channel) * array.dataType().width();
    }

    /// Whether both tensors begin at the same place.
    public boolean aliases(Tensor other) {
        return address == other.address;
    }

    /// Whether this is what another tensor holds from a channel on.
    boolean covers(Tensor other, int from) {
        return address == other.at(0, from)
                && pitch == other.pitch
                && rows() == other.rows()
                && channels() == other.channels() - from;
    }

    /// The memory from the first number to the end of the last row.
    public MemorySegment segment() {
        return segment;
    }

    /// Channels `from` to `to` (exclusive) of the same memory.
    public Tensor channels(int from, int to) {
        if (from < 0 || to > channels() || from >= to) {
            throw new IllegalArgumentException(
                    "channels " + from + " to " + to + " of " + channels());
        }
        long[] part = shape.clone();
        part[part.length - 1] = to - from;
        INDArray view =
                Nd4j.create(
                        array.data(),
                        part,
                        array.stride(),
                        array.offset() + from,
                        array.ordering(),
                        type());
        return new Tensor(view, pitch, address + (long) from * type().width());
    }

    /// Copies all numbers out, row-major.
    public float[] toFloats() {
        double[] wide = toDoubles();
        float[] out = new float[wide.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) wide[i];
        }
        return out;
    }

    /// Copies all numbers out, row-major.
    public double[] toDoubles() {
        double[] out = new double[Math.toIntExact(size())];
        int c = channels();
        boolean single = type() == DataType.FLOAT;
        for (int i = 0; i < out.length; i++) {
            long at = dense() ? i : i / c * pitch + i % c;
            out[i] =
                    single
                            ? segment.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, at)
                            : segment.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
        }
        return out;
    }

    /// Copies rows `from` to `to` (exclusive) out, row-major, to the beginning of `into`.
    public void copyRows(long from, long to, float[] into) {
        int c = channels();
        if (type() != DataType.FLOAT) {
            for (long i = from * c; i < to * c; i++) {
                into[Math.toIntExact(i - from * c)] = (float) get(i);
            }
        } else if (dense()) {
            int count = Math.toIntExact((to - from) * c);
            MemorySegment.copy(
                    segment,
                    ValueLayout.JAVA_FLOAT_UNALIGNED,
                    from * c * Float.BYTES,
                    into,
                    0,
                    count);
        } else {
            for (long row = from; row < to; row++) {
                MemorySegment.copy(
                        segment,
                        ValueLayout.JAVA_FLOAT_UNALIGNED,
                        row * pitch * Float.BYTES,
                        into,
                        Math.toIntExact((row - from) * c),
                        c);
            }
        }
    }

    /// Overwrites all numbers, row-major.
    ///
    /// @throws IllegalArgumentException if there are not exactly [#size] numbers
    public void set(double[] values) {
        if (values.length != size()) {
            throw new IllegalArgumentException(
                    values.length + " numbers for a tensor of " + Arrays.toString(shape));
        }
        for (int i = 0; i < values.length; i++) {
            set(i, values[i]);
        }
    }

    /// The `i`-th number in row-major order.
    public double get(long i) {
        long at = dense() ? i : i / channels() * pitch + i % channels();
        return type() == DataType.FLOAT
                ? segment().getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, at)
                : segment().getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
    }

    /// Overwrites the `i`-th number in row-major order.
    public void set(long i, double value) {
        long at = dense() ? i : i / channels() * pitch + i % channels();
        if (type() == DataType.FLOAT) {
            segment().setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) value);
        } else {
            segment().setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, value);
        }
    }

    @Override
    public String toString() {
        return type() + Arrays.toString(shape) + (dense() ? "" : " pitch " + pitch);
    }
}
