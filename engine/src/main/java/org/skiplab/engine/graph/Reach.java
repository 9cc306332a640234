package org.skiplab.engine.graph;

import java.util.List;

/// Receptive field arithmetic, relative to where a signal enters.
///
/// @param growth how many entering positions more than one an output position sees along an edge; a
///   window adds `(kernel − 1) · jump`
/// @param jump entering positions between neighbouring outputs; a window multiplies it by its
///   stride
record Reach(int growth, int jump) {
    /// Larger numbers are not told apart; no image has so many pixels along an edge.
    private static final int FAR = 1 << 20;

    static final Reach NONE = new Reach(0, 1);

    static Reach join(List<Reach> parts) {
        int growth = 0;
        int jump = 1;
        for (Reach part : parts) {
            growth = Math.max(growth, part.growth);
            jump = Math.max(jump, part.jump);
        }
        return new Reach(growth, jump);
    }

    /// The reach behind something that has the reach `next` of its own.
    Reach then(Reach next) {
        return new Reach(
                (int) Math.min(FAR, growth + (long) next.growth * jump),
                (int) Math.min(FAR, (long) jump * next.jump));
    }

    static Reach of(Primitive primitive, Shape input) {
        return switch (primitive) {
            case Primitive.Convolution c -> new Reach(c.kernel() - 1, c.stride());
            case Primitive.MaxPool p -> new Reach(p.kernel() - 1, p.stride());
            case Primitive.AvgPool p -> new Reach(p.kernel() - 1, p.stride());
            case Primitive.GlobalAvgPool _ ->
                    new Reach(Math.max(input.height(), input.width()) - 1, 1);
            default -> NONE;
        };
    }
}
