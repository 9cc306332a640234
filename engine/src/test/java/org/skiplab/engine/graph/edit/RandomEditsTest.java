package org.skiplab.engine.graph.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.Settings;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.Wire;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import org.skiplab.engine.graph.file.Reading;

/// Whatever is done to a network in whatever order, it stays well formed, can be analysed, and
/// comes back from its file as it was.
class RandomEditsTest {
    private static final int SEQUENCES = 2000;
    private static final int LENGTH = 12;
    private static final List<Network> STARTS =
            Stream.concat(
                            Stream.of(
                                    new Network(
                                            "empty",
                                            new Shape(32, 32, 3),
                                            List.of(),
                                            Survival.PAPER)),
                            Stream.of(
                                            "resnet-8",
                                            "plain-8",
                                            "wrn-10-1",
                                            "densenet-bc-22-12",
                                            "stochastic-resnet-14",
                                            "preact-resnet-11-bottleneck")
                                    .map(n -> Presets.get(n).network()))
                    .toList();

    private int refused;
    private int done;
    private int runnable;
    private List<Node> clipboard = List.of();

    @Test
    void keepEveryInvariant() {
        for (int seed = 0; seed < SEQUENCES; seed++) {
            Random random = new Random(seed);
            Network network = STARTS.get(random.nextInt(STARTS.size()));
            clipboard = List.of();
            for (int step = 0; step < LENGTH; step++) {
                int before = network.hashCode();
                Edit edit = edit(random, network);
                assertThat(network.hashCode()).isEqualTo(before);
                switch (edit) {
                    case Edit.Refused r -> {
                        refused++;
                        assertThat(r.why()).isNotBlank().doesNotContain("\n");
                        assertThat(r.fix()).isNotBlank().doesNotContain("\n");
                    }
                    case Edit.Done d -> {
                        done++;
                        assertThat(d.what()).isNotBlank().doesNotContain("\n");
                        for (String id : d.blocks()) {
                            assertThat(d.network().find(id)).isPresent();
                        }
                        // People mostly take back what breaks a network; sometimes they go on.
                        boolean breaks =
                                Analysis.of(network).runnable()
                                        && !Analysis.of(d.network()).runnable();
                        network = breaks && random.nextInt(5) > 0 ? network : d.network();
                    }
                }
            }
            check(network);
        }
        assertThat(done).isGreaterThan(SEQUENCES * LENGTH / 2);
        assertThat(refused).isGreaterThan(SEQUENCES);
        assertThat(runnable).isGreaterThan(SEQUENCES / 10);
    }

    private void check(Network network) {
        assertThat(network.nodes()).allMatch(n -> Node.isName(n.id()));
        Analysis analysis = Analysis.of(network);
        assertThat(analysis.problems())
                .allSatisfy(p -> {
                    assertThat(p.why()).isNotBlank();
                    assertThat(p.fix()).isNotBlank();
                });
        assertThat(analysis.parameters()).isNotNegative();
        assertThat(analysis.macs()).isNotNegative();
        if (analysis.runnable()) {
            runnable++;
            Analysis inside = Analysis.of(network.expanded());
            assertThat(inside.problems()).isEmpty();
            assertThat(inside.parameters()).isEqualTo(analysis.parameters());
            assertThat(inside.macs()).isEqualTo(analysis.macs());
            assertThat(inside.classes()).isEqualTo(analysis.classes());
        }
        Design design = Design.of(network);
        assertThat(DesignFile.parse(DesignFile.text(design))).isEqualTo(new Reading.Read(design));
    }

    private Edit edit(Random random, Network network) {
        String some = some(random, network);
        String other = some(random, network);
        List<String> several = several(random, network);
        Wire wire = wire(random, network);
        Catalogue entry = Catalogue.values()[random.nextInt(Catalogue.values().length)];
        Block block =
                random.nextBoolean()
                        ? entry.fitting(network, some)
                        : entry.fitting(new Shape(8, 8, 1 + random.nextInt(40)));
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> Edits.insert(network, wire, block);
            case 3 -> Edits.append(network, some, block);
            case 4 -> Edits.append(network, block);
            case 5 -> Edits.add(network, block);
            case 6 -> Edits.remove(network, several);
            case 7 -> Edits.connect(network, some, other, random.nextInt(4) - 1);
            case 8 -> Edits.disconnect(network, wire);
            case 9 -> Edits.move(network, some, wire);
            case 10 -> Edits.duplicate(network, several);
            case 11 -> {
                clipboard = Edits.copy(network, several);
                yield Edits.paste(network, clipboard);
            }
            case 12 -> Edits.paste(network, clipboard, wire);
            case 13 -> BlockEdits.replace(network, some, block);
            case 14 -> {
                GateMode mode = GateMode.values()[random.nextInt(4)];
                yield BlockEdits.gate(
                        network,
                        several,
                        new Gate(mode, random.nextBoolean() ? null : 1 - random.nextDouble()));
            }
            case 15 -> BlockEdits.ungate(network, several);
            case 16 ->
                    BlockEdits.rename(
                            network, some, random.nextBoolean() ? other : "n" + random.nextInt(99));
            case 17 -> BlockEdits.breakApart(network, some);
            case 18 -> BlockEdits.wrap(network, several);
            default -> setting(random, network, some);
        };
    }

    private static Edit setting(Random random, Network network, String id) {
        List<Setting> settings =
                network.find(id).map(n -> Settings.of(n.block())).orElse(List.of());
        if (settings.isEmpty()) {
            return BlockEdits.survival(network, new Survival.Linear(1 - random.nextDouble()));
        }
        Setting setting = settings.get(random.nextInt(settings.size()));
        Object value =
                switch (setting) {
                    case Setting.Whole w -> w.min() - 1 + random.nextInt(w.max() - w.min() + 1);
                    case Setting.Real r -> r.min() + random.nextDouble() * (r.max() - r.min());
                    case Setting.Override o -> random.nextBoolean() ? null : random.nextDouble();
                    case Setting.Choice c ->
                            c.options().get(random.nextInt(c.options().size())).id();
                    case Setting.Flag f -> !f.value();
                };
        return BlockEdits.set(network, List.of(id), setting.name(), value);
    }

    private static String some(Random random, Network network) {
        int at = random.nextInt(network.nodes().size() + 1);
        return at == 0 ? Network.INPUT : network.nodes().get(at - 1).id();
    }

    private static List<String> several(Random random, Network network) {
        List<String> ids = new ArrayList<>();
        int start = random.nextInt(network.nodes().size() + 1);
        int end = Math.min(network.nodes().size(), start + random.nextInt(6));
        network.nodes().subList(start, end).forEach(n -> ids.add(n.id()));
        return ids;
    }

    private static Wire wire(Random random, Network network) {
        List<Wire> wires = network.wires();
        return wires.isEmpty() || random.nextInt(20) == 0
                ? new Wire("a", "b", 0)
                : wires.get(random.nextInt(wires.size()));
    }
}
