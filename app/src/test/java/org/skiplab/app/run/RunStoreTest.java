package org.skiplab.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.training.DataChoice;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.probe.Readings;
import org.skiplab.engine.train.Checkpoint;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.KnobChange;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Optimiser;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Schedule;
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.TrainingSettings;

class RunStoreTest {

    private static final Network NETWORK = Presets.get("stochastic-resnet-20").network();
    private static final TrainingSettings SETTINGS =
            TrainingSettings.DEFAULT
                    .withBatch(64)
                    .withOptimiser(Optimiser.Adam.DEFAULT)
                    .withSchedule(new Schedule.Steps(0.1, List.of(0.5, 0.75)))
                    .withAugmentation(new Augmentation(4, true, 0))
                    .withSeed(-5);
    private static final List<KnobChange> KNOBS =
            List.of(
                    new KnobChange(3, new Knob.LearningRate(0.01)),
                    new KnobChange(5, new Knob.SurvivalSchedule(new Survival.Uniform(0.8))),
                    new KnobChange(7, new Knob.BatchSize(32)));

    @TempDir Path root;

    private static Telemetry history(int steps) {
        Series loss = new Series();
        Series accuracy = new Series();
        Series rate = new Series();
        GateStrip gates = new GateStrip(List.copyOf(NETWORK.survivalProbabilities().keySet()));
        for (int i = 0; i < steps; i++) {
            loss.append(2f / (i + 1));
            accuracy.append(i / (float) steps);
            rate.append(0.1f);
            float[] row = new float[9];
            for (int b = 0; b < 9; b++) {
                row[b] = (i * 7 + b) % 3 == 0 ? 0 : 1;
            }
            gates.append(row);
        }
        return new Telemetry(
                9,
                Phase.PAUSED,
                "",
                new Telemetry.Progress(2, 1, steps, 8, 100, 1),
                new Telemetry.Curves(loss.view(), accuracy.view(), rate.view()),
                new Telemetry.Sights(
                        gates.view(new double[9]),
                        Optional.empty(),
                        loss.view(),
                        List.of(),
                        Readings.NONE),
                new Telemetry.Log(
                        List.of(new Evaluation(1, 8, 0.5, 0.75, new int[][] {{3, 1}, {0, 4}})),
                        KNOBS,
                        List.of()),
                Optional.empty());
    }

    private static Checkpoint checkpoint(int step) {
        return new Checkpoint(
                List.of(new Checkpoint.Array("fc.weight", List.of(1, 2), new float[] {1, step})),
                new Checkpoint.Place(step, 1, new Feed.Position(1, 0), step, -5));
    }

    private static KeptRun run(String id, int steps) {
        return new KeptRun(
                id,
                "first try",
                Instant.parse("2026-03-01T10:00:00Z"),
                NETWORK,
                new KeptRun.Source("mnist", "MNIST digits", 500, DataChoice.Scaling.NONE),
                SETTINGS,
                new KeptRun.Parent("other", 12),
                KNOBS,
                RunKeeper.outcome(history(steps)),
                List.of());
    }

    @Test
    void comesBackAsItWasAfterARestart() throws IOException {
        new RunStore(root).save(run("a", 12), history(12), checkpoint(12), List.of());
        RunStore after = new RunStore(root);
        assertThat(after.read())
                .isEqualTo(
                        new RunStore.Shelf(
                                List.of(run("a", 12).withStates(List.of(12))), List.of()));
        Telemetry t = after.history(run("a", 12));
        assertThat(t.loss().size()).isEqualTo(12);
        for (int i = 0; i < 12; i++) {
            assertThat(t.loss().get(i)).isEqualTo(history(12).loss().get(i));
            for (int b = 0; b < 9; b++) {
                assertThat(t.gates().survived(b, i)).isEqualTo(history(12).gates().survived(b, i));
            }
        }
        assertThat(t.gates().frequency(4)).isEqualTo(history(12).gates().frequency(4));
        assertThat(t.lastEvaluation().orElseThrow().confusion()[1][1]).isEqualTo(4);
        Milestone end = after.end(run("a", 12));
        assertThat(end.state()).isEqualTo(checkpoint(12));
        assertThat(end.then().step()).isEqualTo(12);
    }

    @Test
    void aLongStripKeepsItsNewestStepsAndAllCounts() throws IOException {
        int steps = GateStrip.CAPACITY + 1000;
        RunStore store = new RunStore(root);
        store.save(run("a", steps), history(steps), checkpoint(12), List.of());
        GateStrip.View then = history(steps).gates();
        GateStrip.View now = store.history(run("a", steps)).gates();
        assertThat(now.steps()).isEqualTo(steps);
        assertThat(now.firstKept()).isEqualTo(then.firstKept());
        assertThat(now.frequency(3)).isEqualTo(then.frequency(3));
        assertThat(now.survived(3, steps - 1)).isEqualTo(then.survived(3, steps - 1));
    }

    @Test
    void theLastGoodWeightsMayBeOlderThanTheCurves() throws IOException {
        RunStore store = new RunStore(root);
        store.save(run("a", 12), history(12), checkpoint(8), List.of());
        Milestone end = store.end(run("a", 12));
        assertThat(end.then().loss().size()).isEqualTo(8);
        assertThat(end.then().evaluations()).hasSize(1);
        assertThat(end.then().knobs()).hasSize(3);
    }

    @Test
    void brokenFoldersArePassedOverAndReported() throws IOException {
        RunStore store = new RunStore(root);
        store.save(run("a", 12), history(12), checkpoint(12), List.of());
        store.save(run("b", 12), history(12), checkpoint(12), List.of());
        store.save(run("c", 12), history(12), checkpoint(12), List.of());
        Files.writeString(root.resolve("a/run.json"), "{\"version\": 1,");
        Files.writeString(root.resolve("b/design.skiplab"), "nonsense");
        Files.createDirectory(root.resolve("d"));
        Files.writeString(root.resolve("stray.txt"), "x");
        RunStore.Shelf shelf = store.read();
        assertThat(shelf.runs()).extracting(KeptRun::id).containsExactly("c");
        assertThat(shelf.broken())
                .hasSize(3)
                .allMatch(line -> !line.contains("\n") && line.contains("passed over"));
        Path weights = root.resolve("c/checkpoint-12.npz");
        Files.write(weights, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> store.end(run("c", 12)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("checkpoint-12.npz");
        Files.write(root.resolve("c/history.npz"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> store.history(run("c", 12))).isInstanceOf(IOException.class);
        assertThat(store.read().runs()).hasSize(1);
    }

    @Test
    void anotherRunsVersionAndMissingPartsAreRefused() throws IOException {
        RunStore store = new RunStore(root);
        store.save(run("a", 12), history(12), checkpoint(12), List.of());
        String text = Files.readString(root.resolve("a/run.json"));
        Files.writeString(
                root.resolve("a/run.json"), text.replace("\"version\": 1", "\"version\": 9"));
        assertThat(store.read().broken().getFirst()).contains("newer SkipLab");
        Files.writeString(root.resolve("a/run.json"), text.replace("\"Adam\"", "\"Magic\""));
        assertThat(store.read().broken()).hasSize(1);
        Files.writeString(root.resolve("a/run.json"), "{\"version\": 1}");
        assertThat(store.read().broken().getFirst()).contains("missing");
        Files.writeString(root.resolve("a/run.json"), text);
        assertThat(store.read().runs()).hasSize(1);
    }

    @Test
    void isRenamedDeletedAndBroughtBack() throws IOException {
        RunStore store = new RunStore(root);
        KeptRun run = run("a", 12);
        store.save(run, history(12), checkpoint(12), List.of());
        store.rename(run, "best so far");
        assertThat(store.read().runs().getFirst().name()).isEqualTo("best so far");
        store.delete(run);
        assertThat(store.fresh(run.begun())).isEqualTo("20260301-100000");
        store.restore(run);
        assertThat(store.read().runs()).hasSize(1);
        store.delete(run);
        assertThat(store.read().runs()).isEmpty();
        assertThatThrownBy(() -> store.restore(run)).isInstanceOf(IOException.class);
    }

    @Test
    void staysWithinItsBounds() throws IOException {
        RunStore store = new RunStore(root, 3, 1200);
        for (String id : List.of("a", "b", "c")) {
            assertThat(store.save(run(id, 12), history(12), checkpoint(12), List.of()).told())
                    .hasSizeLessThan(2);
        }
        List<String> told = store.save(run("d", 12), history(12), checkpoint(12), List.of()).told();
        assertThat(told).isNotEmpty().allMatch(line -> line.contains("oldest"));
        RunStore.Shelf shelf = store.read();
        assertThat(shelf.runs()).extracting(KeptRun::id).containsExactlyInAnyOrder("b", "c", "d");
        assertThatThrownBy(() -> store.end(run("b", 12)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("train it again");
        assertThat(store.history(run("b", 12)).loss().size()).isEqualTo(12);
        assertThat(store.end(run("d", 12)).state()).isEqualTo(checkpoint(12));
    }

    @Test
    void exportsWhatTheCommandLineLeaves() throws IOException {
        RunStore store = new RunStore(root.resolve("runs"));
        store.save(run("a", 12), history(12), checkpoint(12), List.of());
        Path target = root.resolve("out");
        store.export(run("a", 12), target);
        List<String> lines = Files.readAllLines(target.resolve("metrics.csv"));
        assertThat(lines).hasSize(13);
        assertThat(lines.get(8)).isEqualTo("1,8,0.250000,0.500000,0.583333,0.750000,");
        assertThat(lines.get(9)).isEqualTo("2,9,0.222222,,0.666667,,");
        assertThat(target.resolve("weights.npz")).exists();
        assertThat(target.resolve("design.skiplab")).exists();
        assertThat(target.resolve("run.json")).exists();
    }

    @Test
    void differencesAreThoseOfTheComparedRuns() {
        KeptRun a = run("a", 12);
        KeptRun b =
                new KeptRun(
                        "b",
                        "b",
                        a.begun(),
                        NETWORK,
                        a.source(),
                        SETTINGS.withSeed(6),
                        null,
                        List.of(),
                        a.outcome(),
                        List.of());
        assertThat(RunSettings.differences(List.of(a))).isEmpty();
        assertThat(RunSettings.differences(List.of(a, a))).isEmpty();
        assertThat(RunSettings.differences(List.of(a, b))).containsExactly("seed", "knobs");
    }

    @Test
    void networksOfOneNameAndSizeDifferInTheirBlocks() {
        KeptRun a = run("a", 12);
        Network other =
                NETWORK.withNodes(
                        NETWORK.nodes().stream()
                                .map(n ->
                                        n.block() instanceof Residual r
                                                ? new Node(
                                                        n.id(), r.with(Shortcut.SCALED), n.inputs())
                                                : n)
                                .toList());
        KeptRun b =
                new KeptRun(
                        "b",
                        "b",
                        a.begun(),
                        other,
                        a.source(),
                        a.settings(),
                        null,
                        a.knobs(),
                        a.outcome(),
                        List.of());
        assertThat(RunSettings.differences(List.of(a, b))).containsExactly("residual blocks");
    }

    @Test
    void statesAtTheEndsOfEpochsStayAndStopsInBetweenDoNot() throws IOException {
        RunStore store = new RunStore(root);
        store.save(run("a", 8), history(8), checkpoint(8), List.of(checkpoint(0)));
        store.save(run("a", 12), history(12), checkpoint(12), List.of());
        assertThat(store.read().runs().getFirst().states()).containsExactly(0, 8, 12);
        RunStore.Saved saved =
                store.save(run("a", 24), history(24), checkpoint(24), List.of(checkpoint(16)));
        assertThat(saved.run().states()).containsExactly(0, 8, 16, 24);
        Milestone then = new RunStore(root).state(saved.run(), 16);
        assertThat(then.state()).isEqualTo(checkpoint(16));
        assertThat(then.then().loss().size()).isEqualTo(16);
        assertThat(store.end(saved.run()).state()).isEqualTo(checkpoint(24));
        // Back to step 8, and on another way.
        saved = store.save(run("a", 16), history(16), checkpoint(16), List.of());
        assertThat(saved.run().states()).containsExactly(0, 8, 16);
        KeptRun run = saved.run();
        assertThatThrownBy(() -> store.state(run, 24))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("step 24");
    }

    @Test
    void aLongRunKeepsItsEndsAndThinsOutBetween() throws IOException {
        RunStore store = new RunStore(root);
        KeptRun run = run("a", 8);
        for (int epoch = 0; epoch <= 60; epoch++) {
            run = store.save(run, history(8 * epoch), checkpoint(8 * epoch), List.of()).run();
        }
        assertThat(run.states()).hasSize(16).contains(0, 480).isSorted();
    }

    @Test
    void theOnlyStateOfEarlierVersionsIsStillTheEnd() throws IOException {
        RunStore store = new RunStore(root);
        KeptRun run = store.save(run("a", 12), history(12), checkpoint(12), List.of()).run();
        Files.move(root.resolve("a/checkpoint-12.npz"), root.resolve("a/checkpoint.npz"));
        assertThat(store.read().runs().getFirst().states()).isEmpty();
        assertThat(store.end(run).state()).isEqualTo(checkpoint(12));
    }
}
