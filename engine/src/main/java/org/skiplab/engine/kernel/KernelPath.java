package org.skiplab.engine.kernel;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;

/// Which implementation of [Kernels] computes.
public enum KernelPath {
    /// oneDNN and our own vector code: the fast path, on machines that oneDNN is shipped for.
    ONEDNN,
    /// ND4J's own operations: the reference, and the path everywhere else.
    PORTABLE;

    /// `-Dskiplab.kernels=onednn|portable`; without it the fast path where it loads.
    ///
    /// @throws IllegalArgumentException if the property names neither
    public static KernelPath chosen() {
        String name = System.getProperty("skiplab.kernels", "");
        if (!name.isEmpty()) {
            for (KernelPath path : values()) {
                if (path.title().equals(name)) {
                    return path;
                }
            }
            throw new IllegalArgumentException(
                    "-Dskiplab.kernels=" + name + ": there are the kernels onednn and portable");
        }
        return Loaded.ONEDNN ? ONEDNN : PORTABLE;
    }

    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Single precision kernels of this path. The caller closes them.
    public Kernels open() {
        return switch (this) {
            case ONEDNN -> new OneDnnKernels();
            case PORTABLE -> new PortableKernels(DataType.FLOAT);
        };
    }

    /// The same kernels for [TensorMemory#imagined] tensors: what they would need can be asked,
    /// nothing can be computed. The caller closes them.
    public Kernels imagined() {
        return switch (this) {
            case ONEDNN -> new OneDnnKernels(true);
            case PORTABLE -> PortableKernels.imagined(DataType.FLOAT);
        };
    }

    /// Tries oneDNN once, when first asked.
    private static final class Loaded {
        static final boolean ONEDNN = loads();

        private static boolean loads() {
            try {
                new OneDnnKernels().close();
                return true;
            } catch (LinkageError _) {
                return false;
            }
        }
    }
}
