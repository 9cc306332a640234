package org.skiplab.engine.graph;

import org.jspecify.annotations.Nullable;

/// A wide residual block B(3,3) (Zagoruyko & Komodakis 2016, 1605.07146): full pre-activation,
/// `widening` times the channels, dropout between the two convolutions.
///
/// @param base channels before widening: 16, 32, 64 in the paper's three groups
/// @param widening the factor k; the output has `k · base` channels
/// @param dropout probability of dropping between the convolutions, in [0, 1); the paper: 0.3
///   (CIFAR), 0.4 (SVHN)
/// @param gate a drop path on the branch, or null
public record Wide(int base, int widening, int stride, double dropout, @Nullable Gate gate)
        implements Composite {

    public Wide {
        Checks.positive("base", base);
        Checks.positive("widening", widening);
        Checks.positive("stride", stride);
        Checks.dropout(dropout);
    }

    public Wide withGate(@Nullable Gate other) {
        return new Wide(base, widening, stride, dropout, other);
    }

    @Override
    public int outputChannels(int inputChannels) {
        return base * widening;
    }

    @Override
    public Circuit inside(Shape input) {
        int width = base * widening;
        return new ResidualCircuit(
                        false,
                        width,
                        width,
                        stride,
                        ActivationOrder.FULL_PRE_ACTIVATION,
                        Shortcut.PROJECTION,
                        false,
                        false,
                        dropout,
                        gate)
                .build(input);
    }
}
