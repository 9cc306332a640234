package org.skiplab.engine.kernel;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// A range of addresses that takes no physical memory as long as nobody writes to it.
final class AddressSpace implements AutoCloseable {

    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");

    /// Of Linux: PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE.
    private static final int PROTECTION = 3;

    private static final int FLAGS = 0x2 | 0x20 | 0x4000;

    private static final MethodHandle RESERVE =
            LINUX
                    ? function(
                            "mmap",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG))
                    : function(
                            "malloc",
                            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

    private static final MethodHandle RELEASE =
            LINUX
                    ? function(
                            "munmap",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG))
                    : function("free", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG));

    private final long address;
    private final long bytes;

    private AddressSpace(long address, long bytes) {
        this.address = address;
        this.bytes = bytes;
    }

    /// @throws OutOfMemoryError if the system has not even that many addresses
    static AddressSpace reserve(long bytes) {
        long address;
        try {
            address =
                    LINUX
                            ? (long) RESERVE.invokeExact(0L, bytes, PROTECTION, FLAGS, -1, 0L)
                            : (long) RESERVE.invokeExact(bytes);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot reserve addresses", e);
        }
        if (address == 0 || address == -1) {
            throw new OutOfMemoryError("no addresses for " + bytes + " bytes");
        }
        return new AddressSpace(address, bytes);
    }

    @SuppressWarnings("restricted") // calls the C library
    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup().find(name).orElseThrow();
        return linker.downcallHandle(address, type);
    }

    long address() {
        return address;
    }

    /// All of it as one array of numbers.
    INDArray array(DataType type, long numbers) {
        Pointer start = new At(address);
        Pointer typed =
                switch (type) {
                    case FLOAT -> new FloatPointer(start).capacity(numbers);
                    case DOUBLE -> new DoublePointer(start).capacity(numbers);
                    default -> throw new IllegalArgumentException("FLOAT or DOUBLE, not " + type);
                };
        DataBuffer buffer = Nd4j.createBuffer(typed, numbers, type);
        return Nd4j.create(buffer, new long[] {numbers}, new long[] {1}, 0, 'c', type);
    }

    @Override
    public void close() {
        try {
            if (LINUX) {
                int _ = (int) RELEASE.invokeExact(address, bytes);
            } else {
                RELEASE.invokeExact(address);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("cannot release addresses", e);
        }
    }

    private static final class At extends Pointer {
        At(long address) {
            this.address = address;
        }
    }
}
