package org.skiplab.engine.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A tensor as one operation sees it, with the tensor of its gradient.
///
/// For an input, the operation's backward pass writes the gradient, or adds to it if `accumulates`;
/// null means that nobody needs it. For an output it reads the gradient, which is then complete,
/// and may destroy it.
///
/// @param gradient of the value's shape
/// @param accumulates whether the gradient is added to what is there
public record Operand(Tensor value, @Nullable Tensor gradient, boolean accumulates) {

    /// An input whose gradient nobody needs.
    public static Operand constant(Tensor value) {
        return new Operand(value, null, false);
    }

    /// A tensor whose gradient, if there is one, is overwritten.
    public static Operand of(Tensor value, @Nullable Tensor gradient) {
        return new Operand(value, gradient, false);
    }

    /// The gradient of an output.
    Tensor incoming() {
        return Objects.requireNonNull(gradient);
    }
}
