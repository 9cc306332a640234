package org.skiplab.app.training;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.train.Checkpoint;

/// What a change of the plan means for the session that will follow it: which weights it keeps.
final class Forecast {

    private String sentence = "";
    private boolean known;
    private boolean ofTrained;
    private Optional<TrainingPlan> next = Optional.empty();

    /// What a session with another plan would take over from an open one; empty when it would begin
    /// with initial weights.
    ///
    /// @param now the plan of the open session, if there is one
    /// @param trained whether it has anything to give
    static Optional<Checkpoint.Fit> carried(
            @Nullable TrainingPlan now, boolean trained, TrainingPlan next) {
        if (!trained
                || now == null
                || now.network().nodes().equals(next.network().nodes())
                || now.settings().seed() != next.settings().seed()
                || !Analysis.of(next.network()).runnable()) {
            return Optional.empty();
        }
        return Optional.of(Checkpoint.fit(now.network(), next.network()))
                .filter(fit -> fit.numbers() > 0);
    }

    /// The same as the end of a sentence about play or a rebuild.
    String of(@Nullable TrainingPlan now, boolean trained, TrainingPlan wanted) {
        if (!known || !next.equals(Optional.of(wanted)) || trained != ofTrained) {
            known = true;
            next = Optional.of(wanted);
            ofTrained = trained;
            sentence =
                    carried(now, trained, wanted)
                            .map(Forecast::said)
                            .orElse("starts anew, from initial weights.");
        }
        return sentence;
    }

    /// There is no change any more.
    void forget() {
        known = false;
    }

    private static String said(Checkpoint.Fit fit) {
        String kept =
                fit.numbers() == fit.ofNumbers()
                        ? "all weights"
                        : String.format(
                                Locale.ROOT,
                                "%.0f %% of the weights",
                                Math.floor(100.0 * fit.numbers() / fit.ofNumbers()));
        String anew =
                switch (fit.renewed().size()) {
                    case 0 -> "";
                    case 1, 2, 3 -> "; " + String.join(", ", fit.renewed()) + " starts anew";
                    default ->
                            "; "
                                    + fit.renewed().getFirst()
                                    + " and "
                                    + (fit.renewed().size() - 1)
                                    + " more blocks start anew";
                };
        return "starts at step 0 and keeps " + kept + anew + ".";
    }
}
