package org.skiplab.app.symptom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.symptom.Signals.Finding;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.probe.ActivationsByDepth;
import org.skiplab.engine.probe.GradientByDepth;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Telemetry;

/// The judgements behind [Rule].
final class Rules {
    private Rules() {}

    /// Steps after which first transients are over.
    static final int SETTLED = 20;

    static final double LARGE_UPDATE = 3e-2;
    static final double SMALL_UPDATE = 1e-6;
    static final double FADED = 1e-2;
    static final double DEAD = 0.5;
    static final double GAP = 0.1;

    /// Fewer gated blocks than this are shallow: ResNet-38 and below.
    static final int DEEP = 18;

    /// What shallow networks bear.
    static final double GENTLE = 0.8;

    private static final Finding CLEAR = new Finding.Clear();
    private static final Finding NO_STEPS =
            new Finding.Open("the network has made " + SETTLED + " steps");

    private static Finding found(Rule rule, List<String> blocks, String evidence) {
        return new Finding.Found(new Symptom(rule, blocks, evidence));
    }

    private static Optional<GradientByDepth> settled(Signals s) {
        return s.telemetry().flatMap(Telemetry::gradients).filter(g -> g.step() >= SETTLED);
    }

    static Finding updatesTooLarge(Signals s) {
        return updates(s, Rule.UPDATES_TOO_LARGE, r -> r > LARGE_UPDATE, true);
    }

    static Finding updatesTooSmall(Signals s) {
        if (s.telemetry().filter(Rules::annealed).isPresent()) {
            return CLEAR;
        }
        return updates(s, Rule.UPDATES_TOO_SMALL, r -> r < SMALL_UPDATE, false);
    }

    /// Whether the schedule has brought the rate below a hundredth of its peak, where small updates
    /// are meant.
    private static boolean annealed(Telemetry t) {
        Series.View rates = t.learningRate();
        float peak = 0;
        for (int i = 0; i < rates.size(); i++) {
            peak = Math.max(peak, rates.get(i));
        }
        return rates.size() > 0 && rates.get(rates.size() - 1) < peak / 100;
    }

    private static Finding updates(
            Signals s, Rule rule, DoublePredicate bad, boolean highestFirst) {
        Optional<GradientByDepth> g = settled(s);
        if (g.isEmpty()) {
            return NO_STEPS;
        }
        List<Integer> at = new ArrayList<>();
        float[] ratio = g.get().updateRatio();
        for (int b = 0; b < ratio.length; b++) {
            if (Float.isFinite(ratio[b]) && bad.test(ratio[b])) {
                at.add(b);
            }
        }
        if (at.isEmpty()) {
            return CLEAR;
        }
        Comparator<Integer> order = Comparator.comparingDouble(b -> ratio[b]);
        int worst = at.stream().min(highestFirst ? order.reversed() : order).orElseThrow();
        return found(
                rule,
                at.stream().map(g.get().ids()::get).toList(),
                "‖Δw‖ ÷ ‖w‖ is "
                        + Numbers.plain(ratio[worst])
                        + " in "
                        + g.get().ids().get(worst)
                        + " at step "
                        + Numbers.count(g.get().step())
                        + (at.size() == 1
                                ? ""
                                : ", and out of bounds in " + (at.size() - 1) + " more"));
    }

    static Finding signalFades(Signals s) {
        Optional<GradientByDepth> g = settled(s);
        if (g.isEmpty()) {
            return NO_STEPS;
        }
        float[] mean = g.get().meanAbsolute();
        List<String> ids = g.get().ids();
        // Stem and head are of another kind: only blocks among themselves are compared.
        List<Integer> inner = new ArrayList<>();
        for (int b = 0; b < mean.length; b++) {
            boolean block =
                    s.network()
                            .find(ids.get(b))
                            .filter(n -> n.block() instanceof Residual)
                            .isPresent();
            if (block && Float.isFinite(mean[b])) {
                inner.add(b);
            }
        }
        if (inner.size() < 3) {
            return CLEAR;
        }
        int first = inner.getFirst();
        int last = inner.getLast();
        return mean[first] < FADED * mean[last]
                ? found(
                        Rule.SIGNAL_FADES,
                        List.of(ids.get(first)),
                        "mean |gradient| is "
                                + Numbers.plain(mean[first])
                                + " in "
                                + ids.get(first)
                                + " and "
                                + Numbers.plain(mean[last])
                                + " in "
                                + ids.get(last)
                                + " at step "
                                + Numbers.count(g.get().step()))
                : CLEAR;
    }

    static Finding deadRelus(Signals s) {
        Optional<ActivationsByDepth> a =
                s.telemetry()
                        .flatMap(t -> t.readings().activations())
                        .filter(r -> r.step() >= SETTLED);
        if (a.isEmpty()) {
            return NO_STEPS;
        }
        float[] dead = a.get().dead();
        List<String> at = new ArrayList<>();
        int worst = -1;
        for (int b = 0; b < dead.length; b++) {
            if (dead[b] > DEAD) {
                at.add(a.get().ids().get(b));
                worst = worst < 0 || dead[b] > dead[worst] ? b : worst;
            }
        }
        return worst < 0
                ? CLEAR
                : found(
                        Rule.DEAD_RELUS,
                        at,
                        Numbers.percent(dead[worst])
                                + " of the ReLU channels in "
                                + a.get().ids().get(worst)
                                + " were 0 for all images of the mini-batch at step "
                                + Numbers.count(a.get().step()));
    }

    static Finding survivalTooLow(Signals s) {
        List<String> ids = List.copyOf(s.network().survivalProbabilities().keySet());
        double[] p =
                s.telemetry()
                        .map(t -> t.gates().probability())
                        .filter(now -> now.length == ids.size())
                        .orElseGet(() ->
                                s.network().survivalProbabilities().values().stream()
                                        .mapToDouble(d -> d)
                                        .toArray());
        if (p.length == 0 || p.length >= DEEP) {
            return CLEAR;
        }
        List<String> low = new ArrayList<>();
        double least = 1;
        double expected = 0;
        for (int b = 0; b < p.length; b++) {
            expected += p[b];
            least = Math.min(least, p[b]);
            if (p[b] < GENTLE) {
                low.add(ids.get(b));
            }
        }
        return low.isEmpty()
                ? CLEAR
                : found(
                        Rule.SURVIVAL_TOO_LOW,
                        low,
                        String.format(
                                Locale.ROOT,
                                "p falls to %.2f with %d gated blocks: %.1f of them run on average",
                                least,
                                p.length,
                                expected));
    }

    static Finding overfits(Signals s) {
        Optional<Telemetry> t = s.telemetry();
        Optional<Evaluation> test = t.flatMap(Telemetry::lastEvaluation);
        if (t.isEmpty() || test.isEmpty()) {
            return new Finding.Open("an epoch is done");
        }
        int to = Math.min(test.get().step(), t.get().accuracy().size());
        int from = Math.max(0, to - t.get().stepsPerEpoch());
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += t.get().accuracy().get(i);
        }
        double train = sum / Math.max(1, to - from);
        return to > from && train - test.get().accuracy() > GAP
                ? found(
                        Rule.OVERFITS,
                        List.of(),
                        Numbers.percent(train)
                                + " of the training images right over epoch "
                                + test.get().epoch()
                                + ", "
                                + Numbers.percent(test.get().accuracy())
                                + " of the test images after it")
                : CLEAR;
    }

    static Finding batchNormAfterAddition(Signals s) {
        List<String> at =
                residuals(s.network()).stream()
                        .filter(n ->
                                ((Residual) n.block()).order() == ActivationOrder.BN_AFTER_ADDITION)
                        .map(Node::id)
                        .toList();
        return at.isEmpty()
                ? CLEAR
                : found(
                        Rule.BN_AFTER_ADDITION,
                        at,
                        at.size() + " of " + residuals(s.network()).size() + " residual blocks");
    }

    static Finding shortcutNotClean(Signals s) {
        List<Node> all = residuals(s.network());
        List<String> at = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        List<Node> projecting =
                all.stream()
                        .filter(n ->
                                ((Residual) n.block()).shortcut() == Shortcut.PROJECTION_ALWAYS)
                        .toList();
        for (Node node : all) {
            Residual r = (Residual) node.block();
            boolean unclean =
                    switch (r.shortcut()) {
                        case SCALED, GATED, DROPOUT, NONE -> true;
                        // One projection per stage is option B; everywhere it is Table 1's.
                        case PROJECTION_ALWAYS -> 2 * projecting.size() > all.size();
                        case PROJECTION, ZERO_PAD, AVG_POOL_PAD -> false;
                    };
            if (unclean) {
                at.add(node.id());
                if (!kinds.contains(r.shortcut().title())) {
                    kinds.add(r.shortcut().title());
                }
            }
        }
        return at.isEmpty()
                ? CLEAR
                : found(
                        Rule.SHORTCUT_NOT_CLEAN,
                        at,
                        at.size()
                                + " of "
                                + all.size()
                                + " residual blocks: "
                                + String.join(", ", kinds));
    }

    private static List<Node> residuals(Network network) {
        return network.topological().stream().filter(n -> n.block() instanceof Residual).toList();
    }
}
