package org.skiplab.app.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.plot.RecordedSurface;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;

class DiagramPainterTest {

    @Test
    void farAwayThereAreBarsAndNearThereAreSettings() {
        Scenery scenery = scenery("resnet-20", true);
        RecordedSurface far = painted(scenery, Marks.NONE, scenery.bounds(), 0.05);
        RecordedSurface near = painted(scenery, Marks.NONE, scenery.bounds(), 1);

        assertThat(far.texts).doesNotContain("Residual");
        assertThat(far.drawings).isZero();
        assertThat(far.rectangles).isGreaterThanOrEqualTo(scenery.diagram().cards().size());
        assertThat(near.texts).contains("Residual", "16 ch", "basic v1", "32×32", "64 ch");
    }

    @Test
    void closeUpABlockShowsTheWiringInside() {
        Scenery scenery = scenery("resnet-8", true);
        RecordedSurface close = painted(scenery, Marks.NONE, scenery.bounds(), 6);

        assertThat(close.texts).contains("BN", "ReLU", "Conv", "Pad 0");
        assertThat(painted(scenery, Marks.NONE, scenery.bounds(), 1).texts).doesNotContain("BN");
    }

    @Test
    void onlyWhatIsInSightIsPainted() {
        Scenery scenery = scenery("preact-resnet-164", true);
        Card middle = scenery.diagram().cards().get(30);
        RecordedSurface part = painted(scenery, Marks.NONE, scenery.box(middle), 1);

        assertThat(part.texts.stream().filter("Residual"::equals).count()).isBetween(1L, 3L);
    }

    @Test
    void aLampIsLitOnlyWhenItsBlockRan() {
        Network network = Presets.get("stochastic-resnet-20").network();
        Scenery scenery = scenery("stochastic-resnet-20", true);
        String gated = network.survivalProbabilities().keySet().iterator().next();
        Box box = scenery.box(scenery.diagram().cardOf(gated).orElseThrow());
        assertThat(lit(painted(scenery, Marks.NONE, box, 1))).isZero();
        assertThat(lit(painted(scenery, ran(Set.of(gated)), box, 1))).isEqualTo(1);
        assertThat(lit(painted(scenery, ran(Set.of()), box, 1))).isZero();
    }

    @Test
    void aMeasureIsWrittenOnTheCardsAndNotColourAlone() {
        Scenery scenery = scenery("resnet-8", true);
        Map<String, Double> values = new HashMap<>();
        scenery.analysis().network().nodes().forEach(n -> values.put(n.id(), 2.0 * values.size()));
        Measure measure = new Measure("Time", values, true, false, v -> v + " ms");
        RecordedSurface surface = new RecordedSurface();
        new DiagramPainter(
                        scenery,
                        Ink.LIGHT,
                        Optional.of(new Heat(measure, scenery.diagram())),
                        new Insides())
                .paint(surface, Marks.NONE, scenery.bounds(), 1);

        assertThat(surface.texts).contains("0.0 ms", "2.0 ms", "8.0 ms");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.1, 0.25, 0.5, 1, 3, 9})
    void whatIsEnteredIsLeft(double zoom) {
        Scenery scenery = scenery("densenet-bc-40-12", false);
        assertThat(painted(scenery, Marks.NONE, scenery.bounds(), zoom).depth).isZero();
    }

    private static long lit(RecordedSurface surface) {
        return surface.discs.stream().filter(d -> d.fill().equals(Ink.LIGHT.lamp())).count();
    }

    private static Marks ran(Set<String> ids) {
        return new Marks(
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.of(ids),
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                true);
    }

    private static RecordedSurface painted(Scenery scenery, Marks marks, Box visible, double zoom) {
        RecordedSurface surface = new RecordedSurface();
        new DiagramPainter(scenery, Ink.LIGHT, Optional.empty(), new Insides())
                .paint(surface, marks, visible, zoom);
        return surface;
    }

    private static Scenery scenery(String preset, boolean unfold) {
        Network network = Presets.get(preset).network();
        Map<String, Boolean> folding = new HashMap<>();
        if (unfold) {
            network.nodes().forEach(n -> folding.put(n.id(), false));
        }
        return Scenery.of(Analysis.of(network), folding, Map.of());
    }
}
