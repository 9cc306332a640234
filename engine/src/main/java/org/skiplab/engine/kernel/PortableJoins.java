package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Layers that put tensors together.
final class PortableJoins {
    private PortableJoins() {}

    /// `y = x₁ + x₂ + …`, gated and followed by ReLU if asked.
    static final class Add implements Operation {
        private record Term(
                INDArray value,
                boolean valueInPlace,
                @Nullable ImageFactors gate,
                Staging.@Nullable Target gradient,
                boolean gradientInPlace) {

            boolean closed() {
                return gate != null && gate.closed();
            }

            boolean plain() {
                return gate == null || gate.identity();
            }
        }

        private final List<Term> terms;
        private final INDArray y;
        private final INDArray product;
        private final @Nullable BoundOp relu;
        private final @Nullable INDArray dy;
        private final @Nullable BoundOp mask;

        Add(
                List<Operand> xs,
                List<@Nullable GateFactors> gates,
                Operand y,
                boolean relu,
                Scratch scratch) {
            Tensor out = y.value();
            this.y = Views.images(out);
            product = scratch.shared(Scratch.Use.FIRST, this.y.shape());
            terms = new ArrayList<>();
            for (int i = 0; i < xs.size(); i++) {
                Operand x = xs.get(i);
                GateFactors gate = gates.get(i);
                terms.add(
                        new Term(
                                Views.images(x.value()),
                                x.value().aliases(out),
                                gate == null ? null : new ImageFactors(gate, out.batch(), scratch),
                                x.gradient() == null
                                        ? null
                                        : Staging.Target.of(x.gradient(), x.accumulates(), scratch),
                                x.gradient() != null && x.gradient().aliases(y.incoming())));
            }
            this.relu = relu ? BoundOp.relu(this.y, this.y) : null;
            dy = y.gradient() == null ? null : Views.images(y.gradient());
            mask = relu && dy != null ? BoundOp.reluGradient(this.y, dy, dy) : null;
        }

        @Override
        public void forward(boolean training) {
            List<Term> open =
                    terms.stream()
                            .filter(t -> !t.closed())
                            .sorted(Comparator.comparing(t -> !t.valueInPlace()))
                            .toList();
            if (open.isEmpty()) {
                y.assign(0);
            }
            for (int i = 0; i < open.size(); i++) {
                Term term = open.get(i);
                if (i == 0) {
                    put(term, y);
                } else if (term.plain()) {
                    y.addi(term.value());
                } else {
                    put(term, product);
                    y.addi(product);
                }
            }
            if (relu != null) {
                relu.run();
            }
        }

        private void put(Term term, INDArray target) {
            if (term.gate() != null) {
                term.gate().multiply(term.value(), target);
            } else if (target != y || !term.valueInPlace()) {
                target.assign(term.value());
            }
        }

        @Override
        public void backward() {
            INDArray incoming = Objects.requireNonNull(dy);
            if (mask != null) {
                mask.run();
            }
            for (Term term : terms) {
                if (term.closed() || term.gradient() == null) {
                    continue;
                }
                if (term.gradientInPlace()) {
                    if (!term.plain()) {
                        throw new IllegalStateException(
                                "a gated input's gradient lies in the output's");
                    }
                } else if (term.gate() == null) {
                    term.gradient().images().assign(incoming);
                    term.gradient().deliver();
                } else {
                    term.gate().multiply(incoming, term.gradient().images());
                    term.gradient().deliver();
                }
            }
        }
    }

    /// Channels side by side; an input that lies in place already is left alone.
    static final class Concat implements Operation {
        private final List<Copy> values = new ArrayList<>();
        private final List<Copy> gradients = new ArrayList<>();

        Concat(List<Operand> xs, Operand y) {
            int from = 0;
            for (Operand x : xs) {
                int to = from + x.value().channels();
                values.addAll(Copy.of(x.value(), y.value().channels(from, to), false));
                if (x.gradient() != null) {
                    gradients.addAll(
                            Copy.of(
                                    y.incoming().channels(from, to),
                                    x.gradient(),
                                    x.accumulates()));
                }
                from = to;
            }
        }

        @Override
        public void forward(boolean training) {
            values.forEach(Copy::run);
        }

        @Override
        public void backward() {
            gradients.forEach(Copy::run);
        }
    }

    /// Zeros behind the input's channels.
    static final class PadChannels implements Operation {
        private final List<Copy> value;
        private final List<Copy> gradient;
        private final @Nullable INDArray zeros;

        PadChannels(Operand x, Operand y) {
            Tensor out = y.value();
            int c = x.value().channels();
            value = Copy.of(x.value(), out.channels(0, c), false);
            zeros = c == out.channels() ? null : Views.matrix(out.channels(c, out.channels()));
            gradient =
                    x.gradient() == null
                            ? List.of()
                            : Copy.of(y.incoming().channels(0, c), x.gradient(), x.accumulates());
        }

        @Override
        public void forward(boolean training) {
            value.forEach(Copy::run);
            if (zeros != null) {
                zeros.assign(0);
            }
        }

        @Override
        public void backward() {
            gradient.forEach(Copy::run);
        }
    }

    private record Copy(INDArray from, INDArray to, boolean adds) {
        /// None if both are one place.
        static List<Copy> of(Tensor from, Tensor to, boolean adds) {
            return from.aliases(to)
                    ? List.of()
                    : List.of(new Copy(Views.matrix(from), Views.matrix(to), adds));
        }

        void run() {
            if (adds) {
                to.addi(from);
            } else {
                to.assign(from);
            }
        }
    }
}
