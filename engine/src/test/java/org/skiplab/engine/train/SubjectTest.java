package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Preparation;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.probe.Examination;
import org.skiplab.engine.probe.FeatureMaps;
import org.skiplab.engine.probe.Filters;
import org.skiplab.engine.probe.Lesion;
import org.skiplab.engine.probe.Prediction;
import org.skiplab.engine.probe.Subject;

class SubjectTest {

    private static final DataSet DATA = Patterns.data(320, 130);
    private static final Network NETWORK = Patterns.network(Survival.PAPER);
    private static final TrainingSettings SETTINGS = Patterns.SETTINGS.withEpochs(3);

    private final Trainer trainer = new Trainer(NETWORK, DATA, SETTINGS, KernelPath.ONEDNN);
    private final Subject subject = trainer.subject();

    @BeforeEach
    void train() throws InterruptedException {
        for (int i = 0; i < 8; i++) {
            trainer.step();
        }
    }

    @AfterEach
    void close() {
        subject.close();
        trainer.close();
    }

    @Test
    void withoutCutsItAnswersAsTheEvaluationDoes() throws InterruptedException {
        Lesion whole = Lesion.of(Set.of(), 1000).read(subject);
        Evaluation evaluation = trainer.evaluate();

        assertThat(whole.images()).isEqualTo(130);
        assertThat(whole.step()).isEqualTo(8);
        assertThat(1 - whole.error()).isCloseTo(evaluation.accuracy(), within(1e-12));
        assertThat(whole.loss()).isCloseTo(evaluation.loss(), within(1e-5));
        List<Prediction> all =
                Prediction.of(java.util.stream.IntStream.range(0, 130).boxed().toList())
                        .read(subject);
        for (Prediction p : all) {
            assertThat(p.answer()).isEqualTo(evaluation.answers()[p.image()]);
            assertThat(p.label()).isEqualTo(DATA.test().label(p.image()));
        }
    }

    @Test
    void aCutBlockIsAsGoodAsTakenOut() throws InterruptedException {
        List<Node> rest = new ArrayList<>();
        for (Node node : NETWORK.nodes()) {
            if (!node.id().equals("first")) {
                rest.add(
                        node.id().equals("second")
                                ? new Node("second", node.block(), "stem")
                                : node);
            }
        }
        try (Trainer without =
                        new Trainer(NETWORK.withNodes(rest), DATA, SETTINGS, KernelPath.ONEDNN);
                Subject other = without.subject()) {
            copy(trainer.parameters(), without.parameters());
            Lesion expected = Lesion.of(Set.of(), 1000).read(other);
            Lesion cut = Lesion.of(Set.of("first"), 1000).read(subject);

            assertThat(cut.cut()).containsExactly("first");
            assertThat(cut.wrong()).isEqualTo(expected.wrong());
            assertThat(cut.loss()).isCloseTo(expected.loss(), within(1e-5));
            assertThat(cut.loss()).isNotEqualTo(Lesion.of(Set.of(), 1000).read(subject).loss());
        }
    }

    private static void copy(Parameters from, Parameters to) {
        to.all().forEach(p -> p.value().set(from.get(p.name()).value().toDoubles()));
    }

    @Test
    void cutsOnlyWhatHasAShortcut() {
        assertThat(Examination.cuttable(NETWORK)).containsExactly("first", "second", "third");
        assertThatThrownBy(() -> Lesion.of(Set.of("stem"), 10).read(subject))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stem");
    }

    @Test
    void followsTheSurvivalKnob() throws InterruptedException {
        trainer.turn(new Knob.SurvivalSchedule(new Survival.Uniform(0.3)));
        Lesion whole = Lesion.of(Set.of(), 1000).read(subject);

        assertThat(whole.loss()).isCloseTo(trainer.evaluate().loss(), within(1e-5));
    }

    @Test
    void featureMapsAreTheLayersOwnArithmetic() throws InterruptedException {
        FeatureMaps stem = FeatureMaps.of("stem", "", 7).read(subject);

        assertThat(stem.height()).isEqualTo(8);
        assertThat(stem.maps()).hasNumberOfRows(8);
        byte[] image = new byte[64];
        DATA.test().copyImage(7, image, 0);
        float[] normalised = new float[64];
        new Preparation(DATA.shape(), DATA.normalisation(), Augmentation.NONE)
                .prepare(image, Augmentation.Draw.NONE, normalised);
        Parameters arrays = trainer.parameters();
        float[] w = arrays.get("stem.conv.weight").value().toFloats();
        for (int c = 0; c < 8; c++) {
            double gain =
                    arrays.get("stem.bn.weight").value().get(c)
                            / Math.sqrt(arrays.get("stem.bn.running_var").value().get(c) + 1e-5);
            for (int y = 0; y < 8; y++) {
                for (int x = 0; x < 8; x++) {
                    double sum = 0;
                    for (int k = 0; k < 9; k++) {
                        int sy = y + k / 3 - 1;
                        int sx = x + k % 3 - 1;
                        if (sy >= 0 && sx >= 0 && sy < 8 && sx < 8) {
                            sum += w[c * 9 + k] * normalised[sy * 8 + sx];
                        }
                    }
                    double bn =
                            (sum - arrays.get("stem.bn.running_mean").value().get(c)) * gain
                                    + arrays.get("stem.bn.bias").value().get(c);
                    assertThat((double) stem.maps()[c][y * 8 + x])
                            .isCloseTo(Math.max(0, bn), within(1e-4));
                }
            }
        }
        FeatureMaps inner = FeatureMaps.of("first", "first.conv1", 7).read(subject);
        assertThat(inner.layers()).contains("first.conv1", "first.bn1").hasSizeGreaterThan(3);
        assertThat(inner.layer()).isEqualTo("first.conv1");
    }

    @Test
    void filtersAreTheFirstConvolutionsKernels() throws InterruptedException {
        Filters filters = Filters.first().read(subject);

        float[] w = trainer.parameters().get("stem.conv.weight").value().toFloats();
        assertThat(filters.layer()).isEqualTo("stem.conv");
        assertThat(filters.weights()).hasNumberOfRows(8);
        for (int f = 0; f < 8; f++) {
            for (int i = 0; i < 9; i++) {
                assertThat(filters.weights()[f][i]).isEqualTo(w[f * 9 + i]);
            }
        }
    }

    @Test
    void aMilestoneIsSeenWithTheDropPathsOfThen() throws InterruptedException {
        trainer.rewind();
        Telemetry nothing = Telemetry.preparing("");
        Milestone start =
                new Milestone(
                        trainer.checkpoint(),
                        trainer.network(),
                        new Telemetry(
                                0,
                                Phase.PAUSED,
                                "",
                                nothing.progress(),
                                nothing.curves(),
                                nothing.sights()
                                        .withGates(trainer.gatedBlocks(), trainer.probabilities()),
                                nothing.log(),
                                Optional.empty()));
        float[] before = Prediction.of(List.of(3)).read(subject).getFirst().probabilities();
        trainer.turn(new Knob.DropPaths(GateMode.SAMPLE_SCALED));
        float[] scaled = Prediction.of(List.of(3)).read(subject).getFirst().probabilities();
        trainer.turn(new Knob.SurvivalSchedule(new Survival.Uniform(0.1)));
        float[] today = Prediction.of(List.of(3)).read(subject).getFirst().probabilities();
        trainer.step();

        Prediction then = start.seenBy(Prediction.of(List.of(3))).read(subject).getFirst();
        assertThat(scaled).isNotEqualTo(before);
        assertThat(today).isNotEqualTo(before);
        assertThat(then.step()).isZero();
        assertThat(then.probabilities()).isEqualTo(before);
    }

    @Test
    void askingChangesNothing() throws InterruptedException {
        try (Trainer alone = new Trainer(NETWORK, DATA, SETTINGS, KernelPath.ONEDNN)) {
            for (int i = 0; i < 8; i++) {
                alone.step();
            }
            for (int i = 0; i < 8; i++) {
                Lesion.of(Set.of("second"), 60).read(subject);
                FeatureMaps.of("third", "", i).read(subject);
                assertThat(trainer.step().loss()).isEqualTo(alone.step().loss());
            }
        }
    }
}
