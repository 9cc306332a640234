package org.skiplab.engine.train;

import org.skiplab.engine.graph.ParameterSpec;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.nn.Plan;

/// Finds out that a run has broken down, and in which layer that began.
final class Breakdown {

    private final Parameters parameters;
    private int highLosses;

    Breakdown(Parameters parameters) {
        this.parameters = parameters;
    }

    /// The run goes on elsewhere.
    void forget() {
        highLosses = 0;
    }

    /// Whether the loss of one more step is, or has long been, beyond anything that guessing gives.
    boolean runsAway(double loss, int classes) {
        double guessing = Math.log(Math.max(2, classes));
        highLosses = loss > Divergence.RUNAWAY * guessing ? highLosses + 1 : 0;
        return loss > Divergence.EXPLODED * guessing || highLosses >= Divergence.IN_A_ROW;
    }

    /// The layer where the forward pass broke; when its weights were broken before, the one where
    /// that began.
    String firstBroken(Plan plan) {
        return parameters.all().stream().allMatch(p -> Floats.finite(p.value()))
                ? plan.firstNonFinite().orElse("head")
                : lastBroken(plan);
    }

    /// The layer nearest to the output whose trained array is not finite: gradients run backwards.
    String lastBroken(Plan plan) {
        return parameters.all().reversed().stream()
                .filter(p -> p.spec().role().trainable() && !Floats.finite(p.value()))
                .map(Parameter::layer)
                .findFirst()
                .or(plan::firstNonFinite)
                .orElse("head");
    }

    /// The layer with the largest gradient beside its weights.
    String steepest(Plan plan) {
        String worst = "head";
        double most = -1;
        for (Parameter p : parameters.all()) {
            Tensor gradient = p.gradient();
            if (gradient != null && p.spec().role() == ParameterSpec.Role.WEIGHT) {
                double ratio =
                        plan.kernels().squares(gradient)
                                / Math.max(1e-30, plan.kernels().squares(p.value()));
                if (!(ratio <= most)) {
                    most = ratio;
                    worst = p.layer();
                }
            }
        }
        return worst;
    }
}
