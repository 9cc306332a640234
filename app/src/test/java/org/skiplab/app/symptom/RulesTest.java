package org.skiplab.app.symptom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.probe.ActivationsByDepth;
import org.skiplab.engine.probe.DepthCourse;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.probe.GradientByDepth;
import org.skiplab.engine.probe.Readings;
import org.skiplab.engine.probe.Timing;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Telemetry;

/// Every rule fires where it should and is silent where it should not.
class RulesTest {

    private static final Network RESNET = Presets.get("resnet-20").network();
    private static final List<String> BLOCKS =
            List.of("stem", "stage1_block1", "stage2_block1", "stage3_block3", "head");

    private float[] gradient = {1, 1, 1, 1, 1};
    private float[] ratio = {1e-3f, 1e-3f, 1e-3f, 1e-3f, 1e-3f};
    private float[] dead = {0, 0.1f, 0, 0, Float.NaN};
    private int step = 100;
    private float train = 0.9f;
    private double test = 0.88;
    private float lastRate = 0.1f;

    private Signals signals(Network network) {
        Series loss = new Series();
        Series accuracy = new Series();
        Series rate = new Series();
        for (int i = 0; i < step; i++) {
            loss.append(1);
            accuracy.append(train);
            rate.append(i == step - 1 ? lastRate : 0.1f);
        }
        double[] p =
                network.survivalProbabilities().values().stream().mapToDouble(d -> d).toArray();
        GateStrip strip = new GateStrip(List.copyOf(network.survivalProbabilities().keySet()));
        return new Signals(
                network,
                Optional.of(
                        new Telemetry(
                                1,
                                Phase.RUNNING,
                                "",
                                new Telemetry.Progress(10, step / 50, step, 50, 100, 1),
                                new Telemetry.Curves(loss.view(), accuracy.view(), rate.view()),
                                new Telemetry.Sights(
                                        strip.view(p),
                                        Optional.of(
                                                new GradientByDepth(step, BLOCKS, gradient, ratio)),
                                        Series.View.EMPTY,
                                        List.of(),
                                        new Readings(
                                                Set.of(),
                                                Optional.of(
                                                        new ActivationsByDepth(
                                                                step, 32, BLOCKS, dead, dead,
                                                                dead)),
                                                DepthCourse.NONE,
                                                List.of(),
                                                Optional.empty(),
                                                Timing.Course.NONE)),
                                new Telemetry.Log(
                                        step < 50
                                                ? List.of()
                                                : List.of(
                                                        new Evaluation(
                                                                1, 50, 1, test, new int[0][0])),
                                        List.of(),
                                        List.of()),
                                Optional.empty())));
    }

    private static Symptom found(Rule rule, Signals signals) {
        Signals.Finding finding = rule.judge(signals);
        assertThat(finding).isInstanceOf(Signals.Finding.Found.class);
        Symptom symptom = ((Signals.Finding.Found) finding).symptom();
        assertThat(symptom.rule()).isEqualTo(rule);
        assertThat(symptom.evidence()).isNotBlank();
        return symptom;
    }

    private static void silent(Rule rule, Signals signals) {
        assertThat(rule.judge(signals)).isInstanceOf(Signals.Finding.Clear.class);
    }

    private static Network with(Residual block) {
        return RESNET.withNodes(
                RESNET.nodes().stream()
                        .map(n ->
                                n.id().equals("stage1_block2")
                                        ? new Node(n.id(), block, n.inputs())
                                        : n)
                        .toList());
    }

    @Test
    void aHealthyRunHasNoSymptom() {
        for (Rule rule : Rule.values()) {
            silent(rule, signals(RESNET));
        }
    }

    @Test
    void withoutARunOnlyStructureIsJudged() {
        Signals none = new Signals(RESNET, Optional.empty());
        assertThat(Rule.UPDATES_TOO_LARGE.judge(none)).isInstanceOf(Signals.Finding.Open.class);
        assertThat(Rule.OVERFITS.judge(none)).isInstanceOf(Signals.Finding.Open.class);
        assertThat(Rule.DEAD_RELUS.judge(none)).isInstanceOf(Signals.Finding.Open.class);
        silent(Rule.BN_AFTER_ADDITION, none);
        silent(Rule.SURVIVAL_TOO_LOW, none);
    }

    @Test
    void largeUpdatesNameTheWorstBlock() {
        ratio[2] = 0.2f;
        ratio[3] = 0.05f;
        Symptom s = found(Rule.UPDATES_TOO_LARGE, signals(RESNET));
        assertThat(s.blocks()).containsExactly("stage2_block1", "stage3_block3");
        assertThat(s.evidence()).contains("0.2").contains("stage2_block1");
        ratio[2] = 0.02f;
        ratio[3] = Float.NaN;
        silent(Rule.UPDATES_TOO_LARGE, signals(RESNET));
    }

    @Test
    void firstStepsAreNotJudged() {
        ratio[2] = 0.2f;
        step = Rules.SETTLED - 1;
        assertThat(Rule.UPDATES_TOO_LARGE.judge(signals(RESNET)))
                .isInstanceOf(Signals.Finding.Open.class);
    }

    @Test
    void smallUpdatesCountUnlessTheScheduleMeansThem() {
        ratio[1] = 1e-8f;
        assertThat(found(Rule.UPDATES_TOO_SMALL, signals(RESNET)).blocks())
                .containsExactly("stage1_block1");
        lastRate = 1e-4f;
        silent(Rule.UPDATES_TOO_SMALL, signals(RESNET));
    }

    @Test
    void aFadingSignalComparesTheFirstBlockWithTheLast() {
        gradient[1] = 1e-4f;
        Symptom s = found(Rule.SIGNAL_FADES, signals(RESNET));
        assertThat(s.blocks()).containsExactly("stage1_block1");
        assertThat(s.evidence()).contains("1e-4").contains("stage3_block3");
        gradient[1] = 0.5f;
        silent(Rule.SIGNAL_FADES, signals(RESNET));
    }

    @Test
    void deadReluChannels() {
        dead[3] = 0.75f;
        Symptom s = found(Rule.DEAD_RELUS, signals(RESNET));
        assertThat(s.blocks()).containsExactly("stage3_block3");
        assertThat(s.evidence()).contains("75.0 %");
        dead[3] = 0.4f;
        silent(Rule.DEAD_RELUS, signals(RESNET));
    }

    @Test
    void lowSurvivalIsForDeepNetworks() {
        Network shallow =
                Presets.get("stochastic-resnet-20")
                        .network()
                        .withSurvival(new Survival.Linear(0.5));
        Symptom s = found(Rule.SURVIVAL_TOO_LOW, new Signals(shallow, Optional.empty()));
        assertThat(s.blocks()).isNotEmpty().doesNotContain("stage1_block1");
        assertThat(s.evidence()).contains("0.50").contains("9 gated blocks");
        found(Rule.SURVIVAL_TOO_LOW, signals(shallow));
        silent(
                Rule.SURVIVAL_TOO_LOW,
                new Signals(shallow.withSurvival(new Survival.Linear(0.8)), Optional.empty()));
        silent(
                Rule.SURVIVAL_TOO_LOW,
                new Signals(Presets.get("stochastic-resnet-110").network(), Optional.empty()));
    }

    @Test
    void theGapBetweenTrainingAndTestImages() {
        train = 0.99f;
        test = 0.8;
        assertThat(found(Rule.OVERFITS, signals(RESNET)).evidence())
                .contains("99.0 %")
                .contains("80.0 %");
        test = 0.95;
        silent(Rule.OVERFITS, signals(RESNET));
    }

    @Test
    void batchNormBehindTheAddition() {
        Residual r = Residual.v1(Residual.Form.BASIC, 16, 1);
        Network odd =
                with(
                        new Residual(
                                r.form(),
                                16,
                                1,
                                ActivationOrder.BN_AFTER_ADDITION,
                                r.shortcut(),
                                false,
                                false,
                                null));
        assertThat(found(Rule.BN_AFTER_ADDITION, signals(odd)).blocks())
                .containsExactly("stage1_block2");
        silent(Rule.BN_AFTER_ADDITION, signals(RESNET));
    }

    @Test
    void shortcutsThatAreNotClean() {
        Residual r = Residual.v1(Residual.Form.BASIC, 16, 1);
        Symptom s = found(Rule.SHORTCUT_NOT_CLEAN, signals(with(r.with(Shortcut.SCALED))));
        assertThat(s.blocks()).containsExactly("stage1_block2");
        assertThat(s.evidence()).contains("scaled by 0.5");
        silent(Rule.SHORTCUT_NOT_CLEAN, signals(with(r.with(Shortcut.PROJECTION_ALWAYS))));
        silent(
                Rule.SHORTCUT_NOT_CLEAN,
                new Signals(Presets.get("resnet-34-v1").network(), Optional.empty()));
    }

    @Test
    void everyRuleSaysWhatItsSourceSays() {
        for (Rule rule : Rule.values()) {
            assertThat(rule.sentence()).endsWith(".");
            assertThat(rule.address()).startsWith("https://");
            assertThat(rule.source()).isNotBlank();
        }
    }
}
