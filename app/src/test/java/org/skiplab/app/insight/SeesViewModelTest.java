package org.skiplab.app.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.probe.Prediction;
import org.skiplab.engine.probe.Probe;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Telemetry;

class SeesViewModelTest {

    private static Evaluation test(int epoch, short... answers) {
        return new Evaluation(epoch, 10 * epoch, 1, 0.5, new int[][] {{1}}, answers);
    }

    private static Telemetry tested(Evaluation... tests) {
        Telemetry none = Telemetry.preparing("");
        return new Telemetry(
                1,
                none.phase(),
                "",
                none.progress(),
                none.curves(),
                none.sights(),
                new Telemetry.Log(List.of(tests), List.of(), List.of()),
                Optional.empty());
    }

    private static Experiment of(Telemetry telemetry) {
        return new Experiment() {
            @Override
            public ObservableValue<Optional<Telemetry>> telemetryProperty() {
                return new SimpleObjectProperty<>(Optional.of(telemetry));
            }

            @Override
            public Network opened() {
                return Presets.get("resnet-20").network();
            }

            @Override
            public String className(int label) {
                return "class " + label;
            }

            @Override
            public ObservableValue<List<String>> selectedProperty() {
                return new SimpleObjectProperty<>(List.of());
            }

            @Override
            public <T> Optional<CompletableFuture<T>> ask(Probe<T> probe) {
                return Optional.empty();
            }

            @Override
            public void watch(Set<Probing> probes) {}

            @Override
            public void showCut(Set<String> blocks) {}
        };
    }

    @Test
    void answersOfEarlierTestsCanBeSeenAgain() {
        short[] none = {};
        Evaluation first = test(1, (short) 3, (short) 7);
        Evaluation last = test(3, (short) 4, (short) 7);
        SeesViewModel sees = new SeesViewModel(of(tested(first, test(2, none), last)));
        assertThat(sees.tests())
                .as("answers of the second were not kept")
                .containsExactly(first, last);
        assertThat(sees.then()).isEmpty();
        long before = sees.revision();
        sees.scrub(0);
        assertThat(sees.revision()).isGreaterThan(before);
        assertThat(sees.then()).contains(first);
        assertThat(sees.answer(prediction(1, 30))).isEqualTo(7);
        assertThat(sees.answer(prediction(99, 30))).as("was not tested").isZero();
        assertThat(sees.ofThen(prediction(1, 30))).isFalse();
        assertThat(sees.ofThen(prediction(1, 10))).isTrue();
        assertThat(sees.whence(30)).contains("no weights of step 10 were kept");
        assertThat(sees.whence(10)).isEmpty();
        sees.scrub(-1);
        assertThat(sees.then()).isEmpty();
    }

    private static Prediction prediction(int image, int step) {
        return new Prediction(image, 7, step, new float[] {0.9f, 0.1f});
    }
}
