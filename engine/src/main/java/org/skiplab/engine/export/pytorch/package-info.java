/// Writes a network as a PyTorch program that a person can read: one class per kind of block, the
/// same names as on the canvas, and a check against what SkipLab computes.
@NullMarked
package org.skiplab.engine.export.pytorch;

import org.jspecify.annotations.NullMarked;
