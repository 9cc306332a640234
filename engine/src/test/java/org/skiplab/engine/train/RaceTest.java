package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;

class RaceTest {

    private static final DataSet DATA = Patterns.data(320, 100);
    private static final TrainingSettings SETTINGS = Patterns.SETTINGS.withEpochs(2);
    private static final Network FULL = Patterns.network(new Survival.Uniform(1));
    private static final Network DROPPING = Patterns.network(Survival.PAPER);

    private static Race open(Network... networks) {
        return new Race(List.of(networks), () -> DATA, SETTINGS, KernelPath.ONEDNN);
    }

    private static List<Telemetry> await(Race race, Predicate<List<Telemetry>> wanted)
            throws InterruptedException {
        return Until.seen(race::telemetry, wanted);
    }

    private static boolean all(List<Telemetry> lanes, Phase phase) {
        return lanes.stream().allMatch(t -> t.phase() == phase);
    }

    private static float[] losses(Telemetry t) {
        float[] values = new float[t.loss().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = t.loss().get(i);
        }
        return values;
    }

    @Test
    void theSameNetworkTwiceIsADeadHeatAndRunsAsItRunsAlone() throws InterruptedException {
        try (Race race = open(DROPPING, DROPPING);
                Trainer alone = new Trainer(DROPPING, DATA, SETTINGS, KernelPath.ONEDNN)) {
            race.play();
            List<Telemetry> end = await(race, t -> all(t, Phase.FINISHED));
            assertThat(losses(end.get(0))).hasSize(20).isEqualTo(losses(end.get(1)));
            assertThat(end.get(0).evaluations().getLast().loss())
                    .isEqualTo(end.get(1).evaluations().getLast().loss());
            for (int i = 0; i < 20; i++) {
                assertThat((float) alone.step().loss()).isEqualTo(end.get(0).loss().get(i));
            }
        }
    }

    @Test
    void differentNetworksMakeTheirStepsInTurn() throws InterruptedException {
        try (Race race = open(FULL, DROPPING)) {
            race.play();
            await(race, t -> t.get(0).step() >= 5);
            race.pause();
            List<Telemetry> paused = await(race, t -> all(t, Phase.PAUSED));
            assertThat(paused.get(0).step()).isEqualTo(paused.get(1).step());
            assertThat(losses(paused.get(0))).isNotEqualTo(losses(paused.get(1)));
            race.rewind();
            await(race, t -> t.get(0).step() == 0 && t.get(1).step() == 0);
            race.play();
            List<Telemetry> end = await(race, t -> all(t, Phase.FINISHED));
            assertThat(end).allMatch(t -> t.step() == 20);
            assertThat(losses(end.get(0))).startsWith(losses(paused.get(0)));
        }
    }

    @Test
    void whoDivergesStopsAndTheOthersGoOn() throws InterruptedException {
        TrainingSettings wild = SETTINGS.withOptimiser(new Optimiser.Sgd(1e30, 0, false, 0, true));
        try (Race race = new Race(List.of(FULL, DROPPING), () -> DATA, wild, KernelPath.ONEDNN)) {
            race.play();
            List<Telemetry> end = await(race, t -> all(t, Phase.DIVERGED));
            assertThat(end).allMatch(t -> t.divergence().isPresent());
        }
    }

    @Test
    void isBetweenTwoAndFourAndSaysWhyItCannotStart() throws InterruptedException {
        assertThatThrownBy(() -> open(FULL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two");
        try (Race race =
                new Race(
                        List.of(FULL, FULL),
                        () -> {
                            throw new IllegalArgumentException("digits.gz: truncated");
                        },
                        SETTINGS,
                        KernelPath.ONEDNN)) {
            List<Telemetry> failed = await(race, t -> all(t, Phase.FAILED));
            assertThat(failed.getFirst().message()).isEqualTo("digits.gz: truncated");
        }
    }

    @Test
    void closingFreesItAtOnce() throws InterruptedException {
        Race race = open(FULL, DROPPING);
        race.play();
        await(race, t -> t.get(0).step() > 1);
        race.close();
        assertThat(race.telemetry()).allMatch(t -> t.phase() == Phase.CLOSED);
    }
}
