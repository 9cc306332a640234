package org.skiplab.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.Settings;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.Wire;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Catalogue;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.edit.Edits;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import org.skiplab.engine.graph.file.Reading;
import org.skiplab.engine.graph.redesign.Blueprint;
import org.skiplab.engine.graph.redesign.Knobs;
import org.skiplab.engine.graph.redesign.Redesign;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.train.Benchmark;

/// Ten thousand people edit, undo and redo at random.
class EditFuzzTest {

    private static final int SEQUENCES = 10_000;
    private static final int EDITS = 6;

    /// Every so many runnable results are trained for a step.
    private static final int TRAINED = 40;

    private static final Shape IMAGE = new Shape(16, 16, 1);

    /// Wider and deeper results are analysed, but not trained.
    private static final long MOST_MACS = 20_000_000;

    private static final List<Design> STARTS =
            Stream.of("resnet-8", "plain-8", "wrn-10-1", "densenet-bc-10-4", "stochastic-resnet-8")
                    .map(n -> Presets.get(n).network(IMAGE, 4))
                    .map(Design::of)
                    .toList();
    private static final Design EMPTY =
            Design.of(new Network("empty", IMAGE, List.of(), Survival.PAPER));

    private int runnable;
    private int trained;
    private int applied;

    @Test
    void undoAndRedoGiveBackTheIdenticalValuesAndWhatRunsCompilesTrainsAndRoundTrips() {
        for (int seed = 0; seed < SEQUENCES; seed++) {
            Random random = new Random(seed);
            int start = random.nextInt(STARTS.size() + 1);
            Design first = start == STARTS.size() ? EMPTY : STARTS.get(start);
            ChangeStack<Design> stack = new ChangeStack<>(first);
            List<Design> history = new ArrayList<>(List.of(first));
            for (int i = 0; i < EDITS; i++) {
                step(stack, history, random);
            }
            walkBackAndForth(stack, history);
            check(stack.value(), seed);
        }
        assertThat(applied).isGreaterThan(SEQUENCES);
        assertThat(runnable).isGreaterThan(SEQUENCES / 10);
        assertThat(trained).isGreaterThan(runnable / TRAINED / 2);
    }

    /// An edit, or now and then some undos, after which an edit forgets what was undone.
    private void step(ChangeStack<Design> stack, List<Design> history, Random random) {
        Design before = stack.value();
        if (random.nextInt(6) == 0 && history.size() > 1) {
            stack.undo();
            assertThat(stack.value()).isSameAs(history.get(history.size() - 2));
            if (random.nextBoolean()) {
                stack.redo();
                assertThat(stack.value()).isSameAs(before);
            } else {
                history.removeLast();
            }
            return;
        }
        switch (edit(random, before.network())) {
            case Edit.Refused refused -> {
                assertThat(refused.toString()).isNotBlank().doesNotContain("\n");
                assertThat(stack.value()).isSameAs(before);
            }
            case Edit.Done(Network after, String what, _) -> {
                boolean breaks = !Analysis.of(after).runnable() && random.nextInt(4) > 0;
                if (!breaks && stack.apply(what, before.withNetwork(after), null)) {
                    applied++;
                    history.add(stack.value());
                    assertThat(stack.undoLabel()).contains(what);
                }
            }
        }
    }

    private static void walkBackAndForth(ChangeStack<Design> stack, List<Design> history) {
        for (int i = history.size() - 2; i >= 0; i--) {
            stack.undo();
            assertThat(stack.value()).isSameAs(history.get(i));
        }
        assertThat(stack.undoLabel()).isEmpty();
        assertThat(stack.dirty()).isFalse();
        for (int i = 1; i < history.size(); i++) {
            stack.redo();
            assertThat(stack.value()).isSameAs(history.get(i));
        }
    }

    private void check(Design design, int seed) {
        assertThat(DesignFile.parse(DesignFile.text(design)))
                .as("seed %d", seed)
                .isEqualTo(new Reading.Read(design));
        Analysis analysis = Analysis.of(design.network());
        if (!analysis.runnable()) {
            assertThat(analysis.problems()).allSatisfy(p -> assertThat(p.fix()).isNotBlank());
            return;
        }
        runnable++;
        Analysis lowered = Analysis.of(design.network().expanded());
        assertThat(lowered.problems()).as("seed %d", seed).isEmpty();
        assertThat(lowered.parameters()).isEqualTo(analysis.parameters());
        if (runnable % TRAINED == 0 && analysis.macs() < MOST_MACS && analysis.parameters() > 0) {
            try (Benchmark training = new Benchmark(design.network(), 2, KernelPath.chosen())) {
                assertThat(training.run(0, 1).medianMs()).as("seed %d", seed).isPositive();
            }
            trained++;
        } else if (runnable % TRAINED == 0) {
            trained++;
        }
    }

    private static Edit edit(Random random, Network network) {
        String some = some(random, network);
        List<String> several = several(random, network);
        Wire wire = wire(random, network);
        Catalogue entry = Catalogue.values()[random.nextInt(Catalogue.values().length)];
        Block block = entry.fitting(network, some);
        return switch (random.nextInt(19)) {
            case 0, 1, 2 -> Edits.insert(network, wire, block);
            case 3 -> Edits.append(network, some, block);
            case 4 -> Edits.add(network, block);
            case 5 -> Edits.remove(network, several);
            case 6 -> Edits.connect(network, some, some(random, network), random.nextInt(3));
            case 7 -> Edits.disconnect(network, wire);
            case 8 -> Edits.move(network, some, wire);
            case 9 -> Edits.duplicate(network, several);
            case 10 -> Edits.paste(network, Edits.copy(network, several), wire);
            case 11 -> BlockEdits.replace(network, some, block);
            case 12 -> BlockEdits.gate(network, several, Gate.SCHEDULED);
            case 13 -> BlockEdits.ungate(network, several);
            case 14 -> BlockEdits.rename(network, some, "n" + random.nextInt(99));
            case 15 -> BlockEdits.breakApart(network, some);
            case 16 -> BlockEdits.wrap(network, several);
            case 17 -> redesign(random, network);
            default -> setting(random, network, some);
        };
    }

    private static Edit redesign(Random random, Network network) {
        return Blueprint.of(network)
                .map(b -> {
                    List<Setting> knobs = Knobs.of(b.architecture());
                    Setting knob = knobs.get(random.nextInt(knobs.size()));
                    return switch (Knobs.turn(
                            b.architecture(), knob.name(), value(random, knob, 2))) {
                        case Redesign.Done(var a) ->
                                Edit.done(Blueprint.network(a, network), "Redesign");
                        case Redesign.Refused(String why, _) -> Edit.refused(why, "turn less");
                    };
                })
                .orElseGet(() -> Edit.refused("no recipe", "open a preset"));
    }

    private static Edit setting(Random random, Network network, String id) {
        List<Setting> settings =
                network.find(id).map(n -> Settings.of(n.block())).orElse(List.of());
        if (settings.isEmpty()) {
            return BlockEdits.survival(network, new Survival.Linear(1 - random.nextDouble()));
        }
        Setting setting = settings.get(random.nextInt(settings.size()));
        return BlockEdits.set(network, List.of(id), setting.name(), value(random, setting, 4));
    }

    /// @param steps how far a number may go from the least one
    private static @Nullable Object value(Random random, Setting setting, int steps) {
        return switch (setting) {
            case Setting.Whole w -> w.min() - 1 + random.nextInt(steps * w.step() + 1);
            case Setting.Real r -> r.min() + random.nextDouble() * (r.max() - r.min());
            case Setting.Override _ -> random.nextBoolean() ? null : 1 - random.nextDouble();
            case Setting.Choice c -> c.options().get(random.nextInt(c.options().size())).id();
            case Setting.Flag f -> !f.value();
        };
    }

    private static String some(Random random, Network network) {
        int at = random.nextInt(network.nodes().size() + 1);
        return at == 0 ? Network.INPUT : network.nodes().get(at - 1).id();
    }

    private static List<String> several(Random random, Network network) {
        int start = random.nextInt(network.nodes().size() + 1);
        int end = Math.min(network.nodes().size(), start + random.nextInt(5));
        return network.nodes().subList(start, end).stream().map(Node::id).toList();
    }

    private static Wire wire(Random random, Network network) {
        List<Wire> wires = network.wires();
        return wires.isEmpty() || random.nextInt(20) == 0
                ? new Wire("a", "b", 0)
                : wires.get(random.nextInt(wires.size()));
    }
}
