package org.skiplab.engine.graph;

import org.jspecify.annotations.Nullable;

/// `y = x + F(x)`: a residual branch and a shortcut (He et al. 2015, 1512.03385; 2016, 1603.05027).
///
/// @param form two 3×3 convolutions, or 1×1, 3×3, 1×1 with four times the channels at the end
/// @param width channels of the 3×3 convolutions; the output has `width` (basic) or `4·width`
///   (bottleneck) channels
/// @param stride 1, or 2 to halve the resolution (in the 3×3 convolution of a bottleneck, as
///   PyTorch does)
/// @param order where batch norm and ReLU stand; `ORIGINAL` is v1, `FULL_PRE_ACTIVATION` is v2
/// @param shortcut what leads around the branch
/// @param rawProjection v2 only: a projection reads the raw input through conv + BN instead of the
///   pre-activated one
/// @param zeroGamma start the branch's last batch norm at γ = 0 (orders that end in batch norm)
/// @param gate a drop path on the branch, or null
public record Residual(
        Form form,
        int width,
        int stride,
        ActivationOrder order,
        Shortcut shortcut,
        boolean rawProjection,
        boolean zeroGamma,
        @Nullable Gate gate)
        implements Composite {

    /// Output channels of a bottleneck per channel of its 3×3 convolution.
    public static final int EXPANSION = 4;

    /// The convolutions of the branch.
    public enum Form {
        BASIC("basic: 3×3, 3×3"),
        BOTTLENECK("bottleneck: 1×1, 3×3, 1×1");

        private final String title;

        Form(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    public Residual {
        Checks.positive("width", width);
        Checks.positive("stride", stride);
    }

    public static Residual v1(Form form, int width, int stride) {
        return new Residual(
                form,
                width,
                stride,
                ActivationOrder.ORIGINAL,
                Shortcut.PROJECTION,
                false,
                false,
                null);
    }

    public static Residual v2(Form form, int width, int stride) {
        return new Residual(
                form,
                width,
                stride,
                ActivationOrder.FULL_PRE_ACTIVATION,
                Shortcut.PROJECTION,
                false,
                false,
                null);
    }

    public Residual with(Shortcut other) {
        return new Residual(form, width, stride, order, other, rawProjection, zeroGamma, gate);
    }

    public Residual withGate(@Nullable Gate other) {
        return new Residual(form, width, stride, order, shortcut, rawProjection, zeroGamma, other);
    }

    @Override
    public int outputChannels(int inputChannels) {
        return form == Form.BASIC ? width : EXPANSION * width;
    }

    @Override
    public Circuit inside(Shape input) {
        return new ResidualCircuit(
                        form == Form.BOTTLENECK,
                        width,
                        outputChannels(input.channels()),
                        stride,
                        order,
                        shortcut,
                        rawProjection,
                        zeroGamma,
                        0,
                        gate)
                .build(input);
    }
}
