package org.skiplab.engine.kernel;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/// Every implementation of [Kernels], with the rounding error it is allowed.
///
/// @param tolerance relative to the largest number of a tensor
public record KernelsUnderTest(String name, double tolerance, Supplier<Kernels> supplier) {

    /// With so little memory for windows that a convolution goes through a batch in several pieces.
    public static final KernelsUnderTest PORTABLE_DOUBLE =
            new KernelsUnderTest(
                    "portable double", 1e-11, () -> new PortableKernels(DataType.DOUBLE, 1000));

    public static final KernelsUnderTest PORTABLE =
            new KernelsUnderTest("portable", 1e-5, () -> new PortableKernels(DataType.FLOAT));

    public static final KernelsUnderTest ONEDNN =
            new KernelsUnderTest("onednn", 1e-5, OneDnnKernels::new);

    public static Stream<KernelsUnderTest> all() {
        return oneDnnIsThere()
                ? Stream.of(PORTABLE_DOUBLE, PORTABLE, ONEDNN)
                : Stream.of(PORTABLE_DOUBLE, PORTABLE);
    }

    /// There is no oneDNN for Apple silicon.
    private static boolean oneDnnIsThere() {
        return !(System.getProperty("os.name").startsWith("Mac")
                && System.getProperty("os.arch").equals("aarch64"));
    }

    public Kernels create() {
        return supplier.get();
    }

    @Override
    public String toString() {
        return name;
    }
}
