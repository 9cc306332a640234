package org.skiplab.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Wire;
import org.skiplab.engine.graph.edit.Catalogue;
import org.skiplab.engine.graph.edit.Edit;

class DropTest {

    private final Network network = Presets.get("resnet-8").network(new Shape(28, 28, 1), 10);
    private final Analysis analysis = Analysis.of(network);
    private final Wire wire = network.wires().get(2);
    private final String block = network.nodes().get(2).id();

    @Test
    void aBlockOnAWireSaysShapesAndCost() {
        Drop drop = drop(new Cargo.Fresh(Catalogue.RESIDUAL_BASIC), new Target.OnWire(wire));

        assertThat(drop.possible()).isTrue();
        assertThat(drop.says())
                .isEqualTo("Insert Residual block: 28×28×16 → 28×28×16, +4.67\u2009k parameters");
    }

    @Test
    void aDropThatBreaksTheNetworkSaysWhich() {
        Network one = Presets.get("resnet-8").network(new Shape(1, 1, 3), 10);
        Drop drop =
                Drop.of(
                        Analysis.of(one),
                        new Cargo.Fresh(Catalogue.TRANSITION),
                        new Target.OnWire(one.wires().get(1)));

        assertThat(drop.says()).contains("Then transition").contains("cannot run");
    }

    @Test
    void aDropPathOnABlockGatesIt() {
        Drop drop = drop(new Cargo.Fresh(Catalogue.DROP_PATH), new Target.OnBlocks(List.of(block)));

        assertThat(after(drop).survivalProbabilities()).containsOnlyKeys(block);
    }

    @Test
    void aDropPathOnAStemIsRefusedWithAReason() {
        Drop drop =
                drop(
                        new Cargo.Fresh(Catalogue.DROP_PATH),
                        new Target.OnBlocks(List.of(network.nodes().getFirst().id())));

        assertThat(drop.refused()).isTrue();
        assertThat(drop.says()).isNotBlank();
    }

    @Test
    void anotherKindOnABlockReplacesIt() {
        Drop drop = drop(new Cargo.Fresh(Catalogue.WIDE), new Target.OnBlocks(List.of(block)));

        assertThat(after(drop).node(block).block().kind().id()).isEqualTo("wide");
    }

    @Test
    void aGateOnARunGatesAllItsBlocks() {
        List<String> ids = List.of(block, network.nodes().get(3).id());
        Drop drop = drop(new Cargo.Fresh(Catalogue.DROP_PATH), new Target.OnBlocks(ids));

        assertThat(after(drop).survivalProbabilities().keySet()).containsExactlyElementsOf(ids);
    }

    @Test
    void aBlockDraggedAwayIsRemovedAndTheChainHeals() {
        Cargo cargo = new Cargo.Present(List.of(block));
        Drop near = drop(cargo, new Target.Empty(new Point(0, 0), false));
        Drop away = drop(cargo, new Target.Empty(new Point(0, 500), true));

        assertThat(near.edit()).isEmpty();
        assertThat(after(away).find(block)).isEmpty();
        assertThat(away.says()).startsWith("Let go to remove");
    }

    @Test
    void aBlockDraggedAlongTheChainMovesThere() {
        Wire last = network.wires().getLast();
        Drop drop = drop(new Cargo.Present(List.of(block)), new Target.OnWire(last));

        assertThat(after(drop).node(last.to()).inputs()).containsExactly(block);
    }

    @Test
    void aWirePulledBackwardsIsRefused() {
        String first = network.nodes().getFirst().id();
        Drop drop = drop(new Cargo.Lead(block, false), new Target.OnBlocks(List.of(first)));

        assertThat(drop.refused()).isTrue();
        assertThat(drop.says()).containsIgnoringCase("circle");
    }

    @Test
    void theFirstBlockOnAnEmptyCanvasIsWiredToTheImage() {
        Network empty = network.withNodes(List.of());
        Drop drop =
                Drop.of(
                        Analysis.of(empty),
                        new Cargo.Fresh(Catalogue.STEM),
                        new Target.Empty(new Point(3, 3), false));

        assertThat(after(drop).nodes().getFirst().inputs()).containsExactly(Network.INPUT);
    }

    private Drop drop(Cargo cargo, Target target) {
        return Drop.of(analysis, cargo, target);
    }

    private static Network after(Drop drop) {
        return ((Edit.Done) drop.edit().orElseThrow()).network();
    }
}
