package org.skiplab.engine.export.pytorch;

import org.skiplab.engine.graph.GateMode;

/// Arguments as Python writes them.
final class PythonText {
    private PythonText() {}

    static String stride(int stride) {
        return stride == 1 ? "" : ", stride=" + stride;
    }

    /// Of a drop path.
    static String mode(GateMode mode) {
        return (mode.perSample() ? ", per_sample=True" : "")
                + (mode.scaledInTraining() ? ", scaled=True" : "");
    }
}
