/// Writes a network in evaluation mode as an ONNX model, which runtimes without SkipLab or PyTorch
/// execute.
@NullMarked
package org.skiplab.engine.export.onnx;

import org.jspecify.annotations.NullMarked;
