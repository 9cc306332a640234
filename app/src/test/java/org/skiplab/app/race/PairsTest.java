package org.skiplab.app.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skiplab.app.insight.Ghost;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shortcut;

class PairsTest {

    private static Network preset(String name) {
        return Presets.get(name).network();
    }

    private static List<String> titles(String name) {
        return Pairs.of(preset(name)).stream().map(Pair::title).toList();
    }

    private static Network entry(Optional<Pair> pair, int index) {
        return pair.orElseThrow().entries().get(index).network();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resnet-8",
                "preact-resnet-20",
                "stochastic-resnet-20",
                "plain-20",
                "wrn-16-1",
                "densenet-bc-40-12",
                "resnet-34-v1"
            })
    void everyCompetitorCanRunOnTheSameImages(String name) {
        Network network = preset(name);
        assertThat(Pairs.of(network)).isNotEmpty();
        for (Pair pair : Pairs.of(network)) {
            assertThat(pair.entries().size()).isBetween(2, 4);
            assertThat(pair.entries().stream().map(Pair.Entry::title)).doesNotHaveDuplicates();
            for (Pair.Entry e : pair.entries()) {
                Analysis analysis = Analysis.of(e.network());
                assertThat(analysis.runnable()).as(pair.title() + ": " + e.title()).isTrue();
                assertThat(analysis.classes()).isEqualTo(Analysis.of(network).classes());
                assertThat(e.network().input()).isEqualTo(network.input());
            }
        }
    }

    @Test
    void offersWhatTheNetworkHas() {
        assertThat(titles("resnet-8"))
                .containsExactly(
                        "with / without shortcuts",
                        "p = 1 / p = 0.5",
                        "v1 / v2",
                        "as is / deeper / wider");
        assertThat(titles("densenet-bc-40-12")).containsExactly("as is / deeper / wider");
        assertThat(titles("wrn-16-1")).doesNotContain("v1 / v2");
    }

    @Test
    void withoutShortcutsIsThePlainNetworkOfThePaper() {
        Network plain = Ghost.WITHOUT_SHORTCUTS.of(preset("resnet-20")).orElseThrow();
        assertThat(plain.nodes()).isEqualTo(preset("plain-20").nodes());
        assertThat(entry(Pairs.shortcuts(preset("plain-20")), 0).nodes())
                .noneMatch(n -> n.block() instanceof Residual r && r.shortcut() == Shortcut.NONE);
    }

    @Test
    void v2IsThePreActivationNetworkOfThePaper() {
        Network v2 = entry(Pairs.activation(preset("resnet-20")), 1);
        Network paper = preset("preact-resnet-20");
        assertThat(v2.node("stem").block()).isEqualTo(paper.node("stem").block());
        assertThat(v2.node("head").block()).isEqualTo(paper.node("head").block());
        assertThat(orders(v2)).isEqualTo(orders(paper));
        assertThat(orders(entry(Pairs.activation(paper), 0)))
                .isEqualTo(orders(preset("resnet-20")));
    }

    private static List<ActivationOrder> orders(Network network) {
        return network.nodes().stream()
                .filter(n -> n.block() instanceof Residual)
                .map(n -> ((Residual) n.block()).order())
                .toList();
    }

    @Test
    void constantDepthDiffersInNothingButSurvival() {
        Optional<Pair> pair = Pairs.constantDepth(preset("stochastic-resnet-20"));
        Network constant = entry(pair, 0);
        Network dropping = entry(pair, 1);
        assertThat(constant.nodes()).isEqualTo(dropping.nodes());
        assertThat(constant.survivalProbabilities().values()).containsOnly(1.0);
        assertThat(dropping.survivalProbabilities().values()).endsWith(0.5);
    }

    @Test
    void deeperAndWiderAreWhatTheySay() {
        Optional<Pair> pair = Pairs.size(preset("wrn-16-1"));
        Network network = preset("wrn-16-1");
        assertThat(Analysis.of(entry(pair, 2)).parameters())
                .isEqualTo(Analysis.of(preset("wrn-16-2")).parameters());
        assertThat(entry(pair, 1).nodes().size()).isEqualTo(network.nodes().size() + 6);
    }
}
