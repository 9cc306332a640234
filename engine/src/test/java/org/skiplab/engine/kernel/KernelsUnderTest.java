package org.skiplab.engine.kernel;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/// Every implementation of [Kernels], with the rounding error it is allowed.
///
/// @param tolerance relative to the largest number of a tensor
record KernelsUnderTest(String name, double tolerance, Supplier<Kernels> supplier) {

    static final KernelsUnderTest PORTABLE_DOUBLE =
            new KernelsUnderTest(
                    "portable double", 1e-11, () -> new PortableKernels(DataType.DOUBLE));

    static Stream<KernelsUnderTest> all() {
        return Stream.of(
                PORTABLE_DOUBLE,
                new KernelsUnderTest("portable", 1e-5, () -> new PortableKernels(DataType.FLOAT)));
    }

    Kernels create() {
        return supplier.get();
    }

    @Override
    public String toString() {
        return name;
    }
}
