package org.skiplab.engine.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a shortcut meets its branch: `y = Σ factor · x`, then ReLU. Inputs whose gradient shares
/// the output's memory cost nothing in the backward pass; an [Addend] in front makes the sum
/// itself.
final class VectorAdd implements Operation {

    private final VectorElementwise elementwise;
    private final List<Operand> xs;
    private final List<@Nullable GateFactors> gates;
    private final Operand y;
    private final boolean relu;
    private @Nullable Addend joined;
    private @Nullable JoinedSum sum;

    VectorAdd(
            VectorElementwise elementwise,
            List<Operand> xs,
            List<@Nullable GateFactors> gates,
            Operand y,
            boolean relu) {
        this.elementwise = elementwise;
        this.xs = List.copyOf(xs);
        this.gates = gates;
        this.y = y;
        this.relu = relu;
    }

    /// Leaves the addition of two to the operation in front of it, if that can make it.
    void leaveTo(Addend addend) {
        for (int i = 0; i < 2 && xs.size() == 2; i++) {
            if (xs.get(i).value().aliases(addend.output()) && gates.get(1 - i) == null) {
                Tensor shortcut = xs.get(1 - i).value();
                JoinedSum candidate = new JoinedSum(shortcut, gates.get(i), y.value(), relu);
                if (addend.join(candidate)) {
                    joined = addend;
                    sum = candidate;
                }
            }
        }
    }

    private boolean closed(int i) {
        GateFactors gate = gates.get(i);
        return gate != null && gate.closed();
    }

    private @Nullable GateFactors factors(int i) {
        GateFactors gate = gates.get(i);
        return gate == null || gate.identity() ? null : gate;
    }

    @Override
    public void forward(boolean training) {
        if (joined != null && sum != null) {
            if (sum.applies()) {
                joined.completeSum();
                return;
            }
            joined.missSum();
        }
        Tensor out = y.value();
        int open = 0;
        int last = -1;
        for (int i = 0; i < xs.size(); i++) {
            if (!closed(i)) {
                open++;
                last = i;
            }
        }
        if (open == 0) {
            elementwise.fill(out, 0);
            return;
        }
        Tensor sum = null;
        for (int i = 0; i < xs.size(); i++) {
            if (closed(i)) {
                continue;
            }
            Tensor x = xs.get(i).value();
            GateFactors factors = factors(i);
            boolean ends = relu && i == last;
            if (sum != null) {
                elementwise.sum(sum, x, factors, ends, out);
                sum = out;
            } else if (factors != null) {
                elementwise.scale(x, factors, out);
                sum = out;
                if (ends) {
                    elementwise.relu(out, out);
                }
            } else if (open == 1) {
                if (relu) {
                    elementwise.relu(x, out);
                } else {
                    elementwise.copy(x, out);
                }
            } else {
                sum = x;
            }
        }
    }

    @Override
    public void backward() {
        Tensor dy = y.incoming();
        if (relu) {
            elementwise.mask(dy, y.value(), dy);
        }
        for (int i = 0; i < xs.size(); i++) {
            Operand x = xs.get(i);
            Tensor dx = x.gradient();
            if (dx == null || closed(i)) {
                continue;
            }
            GateFactors factors = factors(i);
            if (factors == null) {
                elementwise.deliver(dy, x);
            } else if (x.accumulates()) {
                elementwise.accumulate(dy, factors, dx);
            } else {
                elementwise.scale(dy, factors, dx);
            }
        }
    }
}
