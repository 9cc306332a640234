package org.skiplab.engine.graph.redesign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Architecture;
import org.skiplab.engine.graph.Architecture.CifarResNet;
import org.skiplab.engine.graph.Architecture.DenseNet;
import org.skiplab.engine.graph.Architecture.WideResNet;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.edit.Edits;

class BlueprintTest {

    @Test
    void everyPresetIsReadBackWhateverItIsCalledAndWhateverImagesItTakes() {
        for (Preset preset : Presets.all()) {
            Network network = preset.network(new Shape(64, 64, 1), 7).withName("mine");
            Blueprint blueprint = Blueprint.of(network).orElseThrow();

            assertThat(blueprint.byHand().deviations()).as(preset.name()).isEmpty();
            assertThat(Blueprint.network(blueprint.architecture(), network))
                    .as(preset.name())
                    .isEqualTo(network);
        }
    }

    @Test
    void everyPresetKeepsItsName() {
        for (Preset preset : Presets.all()) {
            assertThat(Blueprint.name(preset.architecture(), preset.name()))
                    .isEqualTo(preset.name());
        }
    }

    @Test
    void handMadeChangesAreWhatARedesignWouldLose() {
        Network network = Presets.get("resnet-20").network();
        Network edited = done(BlockEdits.set(network, List.of("stage2_block2"), "width", 48));
        edited = done(Edits.append(edited, "stage1_block1", new Primitive.Relu()));
        Blueprint blueprint = Blueprint.of(edited.withName("mine")).orElseThrow();

        assertThat(blueprint.architecture()).isEqualTo(Presets.get("resnet-20").architecture());
        assertThat(blueprint.byHand().summary()).isEqualTo("1 block added, 1 changed");
    }

    @Test
    void anEmptyOrStrangeNetworkFollowsNoRecipe() {
        Network network = Presets.get("resnet-8").network();
        assertThat(Blueprint.of(network.withName("mine").withNodes(List.of()))).isEmpty();
        assertThat(Blueprint.of(network.expanded().withName("mine"))).isEmpty();
    }

    @Test
    void turningKnobsGivesRunnableNetworksWithPublishedNames() {
        Network start = Presets.get("wrn-16-4").network(new Shape(28, 28, 1), 10);
        Architecture wider = turned(new WideResNet(16, 4, 0), Knobs.WIDENING, 8);
        Network network = Blueprint.network(wider, start);

        assertThat(network.name()).isEqualTo("wrn-16-8");
        assertThat(network.input()).isEqualTo(start.input());
        assertThat(Analysis.of(network).runnable()).isTrue();
        assertThat(network).isEqualTo(Presets.get("wrn-16-8").network(start.input(), 10));
    }

    @Test
    void aRecipeThatNobodyPublishedSaysSo() {
        Architecture odd = turned(DenseNet.bc(40, 12), Knobs.COMPRESSION, 0.7);
        Network start = Presets.get("densenet-bc-40-12").network();
        assertThat(Blueprint.network(odd, start).name()).isEqualTo("densenet-bc-40-12-custom");
        assertThat(Blueprint.network(odd, start.withName("my-net")).name()).isEqualTo("my-net");
        Architecture back = turned(odd, Knobs.COMPRESSION, 0.5);
        assertThat(Blueprint.network(back, Blueprint.network(odd, start)).name())
                .isEqualTo("densenet-bc-40-12");
    }

    @Test
    void anIllegalDepthNamesTheNearestLegalOnes() {
        Architecture resnet = Presets.get("resnet-20").architecture();
        assertThat(Knobs.turn(resnet, Knobs.DEPTH, 23))
                .isInstanceOfSatisfying(
                        Redesign.Refused.class,
                        r -> {
                            assertThat(r.nearest()).containsExactly(20, 26);
                            assertThat(r.why()).contains("6n + 2");
                        });
        assertThat(Knobs.turn(resnet, Knobs.DEPTH, 26)).isInstanceOf(Redesign.Done.class);
    }

    @Test
    void bottlenecksTakeTheNearestDepthTheyCanHave() {
        CifarResNet deep =
                (CifarResNet)
                        turned(Presets.get("resnet-20").architecture(), Knobs.BOTTLENECK, true);
        assertThat(deep.depth()).isEqualTo(20);
        CifarResNet other =
                (CifarResNet)
                        turned(Presets.get("resnet-32").architecture(), Knobs.BOTTLENECK, true);
        assertThat(other.depth()).isEqualTo(29);
    }

    @Test
    void everySliderPositionOfEveryKnobIsPossible() {
        for (Preset preset : Presets.all()) {
            for (Setting setting : Knobs.of(preset.architecture())) {
                for (Object value : ends(setting)) {
                    assertThat(Knobs.turn(preset.architecture(), setting.name(), value))
                            .as("%s %s %s", preset.name(), setting.name(), value)
                            .isInstanceOf(Redesign.Done.class);
                }
            }
        }
    }

    @Test
    void valuesOutOfRangeAreRefusedInOneLine() {
        for (Object value : List.of(0, -3, 100_000)) {
            assertThat(Knobs.turn(new WideResNet(16, 4, 0), Knobs.WIDENING, value))
                    .isInstanceOfSatisfying(
                            Redesign.Refused.class,
                            r -> assertThat(r.why()).isNotBlank().doesNotContain("\n"));
        }
        assertThat(Knobs.turn(new WideResNet(16, 4, 0), Knobs.DROPOUT, 1.0))
                .isInstanceOf(Redesign.Refused.class);
        assertThat(Knobs.turn(DenseNet.bc(40, 12), Knobs.COMPRESSION, 0.0))
                .isInstanceOf(Redesign.Refused.class);
        assertThatThrownBy(() -> Knobs.turn(DenseNet.bc(40, 12), "widening", 3))
                .hasMessageContaining("no knob");
    }

    @Test
    void survivalStaysAsItWas() {
        Network start =
                Presets.get("stochastic-resnet-20")
                        .network()
                        .withSurvival(new Survival.Uniform(0.8));
        Architecture deeper = turned(Blueprint.of(start).orElseThrow().architecture(), "depth", 32);
        assertThat(Blueprint.network(deeper, start).survival())
                .isEqualTo(new Survival.Uniform(0.8));
    }

    private static List<Object> ends(Setting setting) {
        return switch (setting) {
            case Setting.Whole w -> List.of(w.min(), w.max(), w.min() + w.step());
            case Setting.Real r -> List.of(r.min(), r.max());
            case Setting.Flag _ -> List.of(true, false);
            case Setting.Choice c ->
                    List.copyOf(c.options().stream().map(Setting.Option::id).toList());
            case Setting.Override _ -> throw new AssertionError("no knob is an override");
        };
    }

    private static Architecture turned(Architecture architecture, String knob, Object value) {
        return ((Redesign.Done) Knobs.turn(architecture, knob, value)).architecture();
    }

    private static Network done(Edit edit) {
        return ((Edit.Done) edit).network();
    }
}
