package org.skiplab.engine.graph.edit;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Composite;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Inference;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;

/// Carries over from one block to another of a different kind what both have.
final class Replacement {
    private Replacement() {}

    /// `fresh` with the old block's output channels, stride, gate, dropout and classes where it has
    /// such settings.
    static Block of(Block old, Block fresh, Shape incoming) {
        int channels = channels(old, incoming);
        int stride = stride(old);
        Gate gate = Network.gateOf(old).orElse(null);
        return switch (fresh) {
            case Residual r -> residual(r, channels, stride, gate);
            case Wide w -> wide(w, old, channels, stride, gate);
            case DenseBlock d ->
                    old instanceof DenseBlock o
                            ? new DenseBlock(o.layers(), o.growth(), d.bottleneck(), o.dropout())
                            : new DenseBlock(
                                    d.layers(),
                                    d.growth(),
                                    d.bottleneck(),
                                    dropout(old).orElse(d.dropout()));
            case Transition t ->
                    new Transition(
                            t.compression(), t.activated(), dropout(old).orElse(t.dropout()));
            case Stem s -> new Stem(s.form(), channels, s.normalised());
            case Head h ->
                    new Head(classes(old).orElse(h.classes()), h.activated(), h.classifier());
            case Primitive.Convolution c ->
                    new Primitive.Convolution(channels, c.kernel(), stride, c.padding(), c.bias());
            case Primitive.Linear l ->
                    new Primitive.Linear(classes(old).orElse(l.outputs()), l.bias());
            case Primitive.Cosine c -> new Primitive.Cosine(classes(old).orElse(c.outputs()));
            case Primitive.Dropout d -> new Primitive.Dropout(dropout(old).orElse(d.p()));
            default -> fresh;
        };
    }

    private static Residual residual(Residual r, int channels, int stride, @Nullable Gate gate) {
        int width =
                switch (r.form()) {
                    case BASIC -> channels;
                    case BOTTLENECK -> Math.max(1, channels / Residual.EXPANSION);
                };
        return new Residual(
                r.form(),
                width,
                stride,
                r.order(),
                r.shortcut(),
                r.rawProjection(),
                r.zeroGamma(),
                r.shortcut() == Shortcut.NONE ? null : gate);
    }

    private static Wide wide(Wide w, Block old, int channels, int stride, @Nullable Gate gate) {
        double dropout = dropout(old).orElse(w.dropout());
        return channels == w.base() * w.widening()
                ? new Wide(w.base(), w.widening(), stride, dropout, gate)
                : new Wide(channels, 1, stride, dropout, gate);
    }

    private static int channels(Block old, Shape incoming) {
        return switch (old) {
            case Head _ -> incoming.channels();
            case Composite c -> c.outputChannels(incoming.channels());
            case Primitive p ->
                    p.infer(List.of(incoming)) instanceof Inference.Yields(Shape shape)
                            ? shape.channels()
                            : incoming.channels();
        };
    }

    private static int stride(Block old) {
        return switch (old) {
            case Residual r -> r.stride();
            case Wide w -> w.stride();
            case Transition _ -> 2;
            case Primitive.Convolution c -> c.stride();
            case Primitive.MaxPool p -> p.stride();
            case Primitive.AvgPool p -> p.stride();
            default -> 1;
        };
    }

    private static Optional<Double> dropout(Block old) {
        return switch (old) {
            case Wide w -> Optional.of(w.dropout());
            case DenseBlock d -> Optional.of(d.dropout());
            case Transition t -> Optional.of(t.dropout());
            case Primitive.Dropout d -> Optional.of(d.p());
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> classes(Block old) {
        return switch (old) {
            case Head h -> Optional.of(h.classes());
            case Primitive.Linear l -> Optional.of(l.outputs());
            case Primitive.Cosine c -> Optional.of(c.outputs());
            default -> Optional.empty();
        };
    }
}
