package org.skiplab.app.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.training.DataChoice;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.train.KnobChange;
import org.skiplab.engine.train.TrainingSettings;

/// A run as the list shows it: what was trained on what and how, and how far it came. Curves and
/// weights stay on disk until somebody wants them.
///
/// @param id the folder's name
/// @param name as a person calls it
/// @param begun when training began
/// @param network as it was when the run began
/// @param source the data
/// @param settings as they were when the run began
/// @param parent the run that this one was branched from, if it was
/// @param knobs what was turned on the way
/// @param outcome how far it came
/// @param states steps of which there are weights on disk to go on from, ascending
public record KeptRun(
        String id,
        String name,
        Instant begun,
        Network network,
        Source source,
        TrainingSettings settings,
        @Nullable Parent parent,
        List<KnobChange> knobs,
        Outcome outcome,
        List<Integer> states) {

    /// What a run was trained on.
    ///
    /// @param spec specification of the data, as the command line writes it
    /// @param title as people call the data
    /// @param limit most images of each part; 0 for all
    public record Source(String spec, String title, int limit, DataChoice.Scaling scaling) {

        static Source of(DataChoice data) {
            return new Source(data.spec(), data.title(), data.limit(), data.scaling());
        }

        /// The same of data that are on offer, if these are.
        Optional<DataChoice> among(List<DataChoice> offered) {
            return offered.stream()
                    .filter(c -> c.spec().equals(spec))
                    .findFirst()
                    .map(c -> c.withLimit(limit).withScaling(scaling));
        }
    }

    /// Where a run was branched from.
    ///
    /// @param run id
    /// @param step of that run
    public record Parent(String run, int step) {}

    /// A measurement on the test set.
    public record Test(int epoch, int step, double loss, double accuracy) {}

    /// How far a run came.
    ///
    /// @param steps done
    /// @param epochs finished
    /// @param stepsPerEpoch at the end
    /// @param planned epochs that it was to have
    /// @param tests oldest first
    /// @param divergence why it stopped by itself, empty if it did not
    public record Outcome(
            int steps,
            int epochs,
            int stepsPerEpoch,
            int planned,
            List<Test> tests,
            String divergence) {
        public Outcome {
            tests = List.copyOf(tests);
        }

        public Optional<Test> last() {
            return tests.isEmpty() ? Optional.empty() : Optional.of(tests.getLast());
        }
    }

    public KeptRun {
        knobs = List.copyOf(knobs);
        states = List.copyOf(states);
    }

    public KeptRun withName(String other) {
        return new KeptRun(
                id, other, begun, network, source, settings, parent, knobs, outcome, states);
    }

    KeptRun with(List<KnobChange> turned, Outcome reached) {
        return new KeptRun(
                id, name, begun, network, source, settings, parent, turned, reached, states);
    }

    KeptRun withStates(List<Integer> others) {
        return new KeptRun(
                id, name, begun, network, source, settings, parent, knobs, outcome, others);
    }
}
