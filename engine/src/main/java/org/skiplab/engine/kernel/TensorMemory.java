package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// The owner of one stretch of native memory from which tensors are cut. Closing it ends all of
/// them.
public final class TensorMemory implements AutoCloseable {

    /// Every tensor begins at a multiple of this many bytes, a cache line and an AVX-512 register.
    public static final int ALIGNMENT = 64;

    /// Bytes behind the last tensor that may be read: loops over channels load whole registers,
    /// also where fewer channels are left, and store with a mask. Loads with a mask took twice as
    /// long where the numbers came from beyond the caches, on a machine that did not fetch ahead
    /// for them.
    private static final int SLACK = 64;

    /// All of memory: what works on absolute addresses reaches them from here.
    @SuppressWarnings("restricted") // every address comes from a tensor or from owned memory
    static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    static {
        // Before ND4J loads OpenMP: nobody computes without a tensor.
        Threads.prepareOpenMp();
    }

    /// More than any address, or any distance between two, on today's machines.
    private static final long ADDRESSES = 1L << 56;

    private final INDArray array;
    private final long origin;
    private final @Nullable AddressSpace reserved;

    /// Allocates zero-filled memory.
    ///
    /// @param numbers capacity, as counted by [#aligned]
    public TensorMemory(DataType type, long numbers) {
        this(type, null, Nd4j.create(type, capacity(type, numbers)));
    }

    private TensorMemory(DataType type, @Nullable AddressSpace reserved, INDArray array) {
        this.reserved = reserved;
        this.array = array;
        long address = array.data().address();
        origin = (ALIGNMENT - address % ALIGNMENT) % ALIGNMENT / type.width();
    }

    private static long capacity(DataType type, long numbers) {
        return Math.max(1, numbers) + (ALIGNMENT + SLACK) / type.width();
    }

    /// Addresses without memory behind them, to find out what operations would need: tensors of it
    /// can be bound but must not be computed with.
    ///
    /// @param numbers capacity, as counted by [#aligned]
    public static TensorMemory imagined(DataType type, long numbers) {
        long capacity = capacity(type, numbers);
        AddressSpace space = AddressSpace.reserve(capacity * type.width());
        return new TensorMemory(type, space, space.array(type, capacity));
    }

    /// Memory, or [#imagined] memory.
    static TensorMemory of(DataType type, long numbers, boolean imagined) {
        return imagined ? imagined(type, numbers) : new TensorMemory(type, numbers);
    }

    /// The numbers that a tensor of `size` numbers takes up, so that the next one is aligned too.
    public static long aligned(DataType type, long size) {
        int step = ALIGNMENT / type.width();
        return (size + step - 1) / step * step;
    }

    /// The same address (or distance), in a range that the compiler knows: it then need not ask of
    /// every sum of some of them whether that lies in [#ALL], which costs as much as the
    /// arithmetic.
    static long known(long address) {
        return address & (ADDRESSES - 1);
    }

    /// A dense tensor at `offset` numbers from the start.
    public Tensor at(long offset, long... shape) {
        long[] strides = new long[shape.length];
        long n = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = n;
            n *= shape[i];
        }
        if (origin + offset + n > array.length()) {
            throw new IllegalArgumentException("beyond the end of the memory");
        }
        INDArray view =
                Nd4j.create(array.data(), shape, strides, origin + offset, 'c', array.dataType());
        long address = array.data().address() + (origin + offset) * array.dataType().width();
        return new Tensor(view, shape[shape.length - 1], address);
    }

    /// What it takes up, or would.
    public long bytes() {
        return array.length() * array.dataType().width();
    }

    @Override
    public void close() {
        if (reserved != null) {
            reserved.close();
        } else if (array.closeable()) {
            array.close();
        }
    }
}
