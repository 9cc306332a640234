package org.skiplab.app.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;

class SceneryTest {

    @Test
    void identicalBlocksOfADeepNetworkFoldIntoOneCardWithACount() {
        Scenery scenery = scenery(Presets.get("resnet-110").network());

        assertThat(scenery.diagram().cards().stream().map(c -> c.nodes().size()))
                .containsExactly(0, 1, 18, 1, 17, 1, 17, 1);
    }

    @Test
    void aPersonUnfoldsAndFoldsRuns() {
        Analysis analysis = Analysis.of(Presets.get("resnet-110").network());
        Card run = Diagram.of(analysis, Map.of()).cards().get(2);

        Diagram unfolded = Diagram.of(analysis, Map.of(run.id(), false));
        assertThat(unfolded.cards()).hasSize(8 + 17);
        assertThat(Diagram.runOf(analysis, List.of(), run.nodes().get(5).id())).contains(run);
    }

    @Test
    void aSmallNetworkShowsEveryBlock() {
        Network network = Presets.get("resnet-20").network();

        assertThat(scenery(network).diagram().cards()).hasSize(1 + network.nodes().size());
    }

    @Test
    void stagesAreStretchesOfOneResolutionAndTransitionsStandBetween() {
        assertThat(titles("resnet-20")).containsExactly("32×32", "16×16", "8×8");
        assertThat(titles("densenet-bc-40-12")).containsExactly("32×32", "16×16", "8×8");
        Scenery dense = scenery(Presets.get("densenet-bc-40-12").network());
        Box transition =
                dense.box(
                        dense.diagram().cards().stream()
                                .filter(c -> c.id().contains("trans"))
                                .findFirst()
                                .orElseThrow());
        assertThat(dense.stages()).noneMatch(s -> s.box().overlaps(transition));
    }

    @Test
    void theArcSaysWhatHappensOnTheWayAround() {
        Scenery option = scenery(Presets.get("resnet-20").network());
        Scenery wide = scenery(Presets.get("wrn-16-2").network());

        assertThat(marks(option)).containsExactly("", "", "", "pad 0", "", "", "pad 0", "", "");
        assertThat(marks(wide)).containsExactly("1×1", "", "1×1", "", "1×1", "");
    }

    @Test
    void aBlockWithoutShortcutHasNoArc() {
        assertThat(marks(scenery(Presets.get("plain-20").network()))).isEmpty();
    }

    @Test
    void aBlockBrokenApartKeepsItsShortcutAsAnArcOverItsLayers() {
        Network network = Presets.get("resnet-20").network();
        String block = network.nodes().get(2).id();
        if (!(BlockEdits.breakApart(network, block) instanceof Edit.Done(Network apart, _, _))) {
            throw new AssertionError("could not break " + block + " apart");
        }
        Scenery scenery = scenery(apart);
        Diagram.Wire around =
                scenery.diagram().wires().stream()
                        .filter(w -> scenery.route(w).lane())
                        .findFirst()
                        .orElseThrow();
        double top =
                scenery.route(around).points().stream().mapToDouble(Point::y).min().orElseThrow();

        List<Card> passed =
                scenery.diagram().cards().stream().filter(c -> c.id().startsWith(block)).toList();
        assertThat(passed).hasSizeGreaterThan(4);
        assertThat(passed).allMatch(c -> top < scenery.box(c).y());
    }

    @Test
    void noWireRunsThroughWhatIsWrittenAtAnother() {
        for (String preset : List.of("resnet-20", "preact-resnet-164", "wrn-16-2")) {
            Analysis analysis = Analysis.of(Presets.get(preset).network());
            for (Node node : analysis.network().nodes()) {
                Insides.network(node, analysis)
                        .map(inside -> Scenery.inside(Analysis.of(inside), Map.of()))
                        .ifPresent(SceneryTest::assertLabelsFree);
            }
        }
    }

    private static void assertLabelsFree(Scenery scenery) {
        for (Scenery.Drawn labelled : scenery.drawn()) {
            Box label = WireLabels.place(labelled.route(), labelled.labelOver());
            for (Scenery.Drawn other : scenery.drawn()) {
                assertThat(
                                labelled.route().lane()
                                        || other.equals(labelled)
                                        || !WireLabels.runsThrough(other.route().points(), label))
                        .as(other.wire() + " through the label of " + labelled.wire())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetIsReadableFoldedAndUnfolded(String name) {
        Analysis analysis = Analysis.of(Presets.get(name).network());
        Map<String, Boolean> none = Map.of();
        Map<String, Boolean> open =
                analysis.network().nodes().stream()
                        .collect(java.util.stream.Collectors.toMap(n -> n.id(), _ -> false));
        for (Map<String, Boolean> folding : List.of(none, open)) {
            Scenery scenery = Scenery.of(analysis, folding, Map.of());
            List<Box> boxes =
                    scenery.diagram().cards().stream()
                            .map(scenery::box)
                            .sorted((a, b) -> Double.compare(a.x(), b.x()))
                            .toList();
            for (int i = 1; i < boxes.size(); i++) {
                assertThat(boxes.get(i - 1).right()).isLessThan(boxes.get(i).x());
            }
        }
    }

    static Stream<String> presets() {
        return Presets.all().stream().map(Preset::name);
    }

    private static Scenery scenery(Network network) {
        return Scenery.of(Analysis.of(network), Map.of(), Map.of());
    }

    private static List<String> titles(String preset) {
        return scenery(Presets.get(preset).network()).stages().stream()
                .map(Scenery.Stage::title)
                .toList();
    }

    private static List<String> marks(Scenery scenery) {
        return scenery.diagram().cards().stream()
                .map(scenery::bypass)
                .flatMap(b -> b instanceof Bypass.Arc(String mark) ? Stream.of(mark) : Stream.of())
                .toList();
    }
}
