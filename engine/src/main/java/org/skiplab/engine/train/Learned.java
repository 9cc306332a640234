package org.skiplab.engine.train;

import java.util.ArrayList;
import java.util.List;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Parameters;

/// What a network in training has learned, on its way into a [Checkpoint] and back.
final class Learned {

    private final Parameters parameters;
    private final Descent descent;

    Learned(Parameters parameters, Descent descent) {
        this.parameters = parameters;
        this.descent = descent;
    }

    /// Copies of all arrays, with what the optimiser remembers of them.
    List<Checkpoint.Array> copy() {
        List<Checkpoint.Array> arrays = new ArrayList<>();
        for (Parameter p : parameters.all()) {
            boolean moved = p.gradient() != null && descent.steps() > 0;
            arrays.add(
                    new Checkpoint.Array(
                            p.name(),
                            p.spec().shape(),
                            Floats.copy(p.value()),
                            moved ? Floats.copy(descent.momentum(p)) : Checkpoint.Array.NONE,
                            moved
                                    ? descent.squares(p)
                                            .map(Floats::copy)
                                            .orElse(Checkpoint.Array.NONE)
                                    : Checkpoint.Array.NONE));
        }
        return arrays;
    }

    /// Takes over the arrays whose name and shape fit.
    ///
    /// @param moments whether also what the optimiser remembered
    void write(Checkpoint from, boolean moments) {
        for (Parameter p : parameters.all()) {
            from.find(p.name())
                    .filter(a -> a.shape().equals(p.spec().shape()))
                    .ifPresent(a -> write(a, p, moments && p.gradient() != null));
        }
    }

    private void write(Checkpoint.Array from, Parameter to, boolean moments) {
        Floats.write(from.values(), to.value());
        if (moments && from.momentum().length > 0) {
            Floats.write(from.momentum(), descent.momentum(to));
        }
        if (moments && from.variance().length > 0) {
            descent.squares(to).ifPresent(t -> Floats.write(from.variance(), t));
        }
    }
}
