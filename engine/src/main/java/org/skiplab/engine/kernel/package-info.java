/// The numeric operations: one interface, a oneDNN and a portable ND4J implementation on the same
/// INDArray memory. Tensors are NHWC; an operation is bound to its tensors once and then only run,
/// without allocating.
@NullMarked
package org.skiplab.engine.kernel;

import org.jspecify.annotations.NullMarked;
