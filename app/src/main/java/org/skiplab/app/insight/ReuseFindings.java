package org.skiplab.app.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.probe.FeatureReuse;

/// The four observations that DenseNet's authors make of their Figure 5 (1608.06993 §5), checked
/// against the weights of a run. Each rule is ours, since the paper gives none, and is stated with
/// its numbers.
public final class ReuseFindings {
    private ReuseFindings() {}

    /// One observation.
    ///
    /// @param claim the paper's, shortened
    /// @param rule how it is decided here
    /// @param holds empty where the network has nothing to decide it by
    /// @param numbers that decided it
    public record Finding(String claim, String rule, Optional<Boolean> holds, String numbers) {}

    /// A column counts as spread when it reads as many sources evenly as this share of all.
    static final double SPREAD = 0.5;

    /// @param maps mean |w| of each dense block, from input to output
    /// @param network that they were read from
    public static List<Finding> of(List<FeatureReuse> maps, Network network) {
        return List.of(
                layers(maps), transitions(maps, network), top(maps), classifier(maps, network));
    }

    private static Finding layers(List<FeatureReuse> maps) {
        List<Double> spread = new ArrayList<>();
        for (FeatureReuse map : maps) {
            for (int t = 2; t < map.targets().size() - 1; t++) {
                spread.add(spread(map, t));
            }
        }
        return spread("Layers read many earlier layers", "of its sources", spread, "layers");
    }

    private static Finding transitions(List<FeatureReuse> maps, Network network) {
        List<Double> spread = new ArrayList<>();
        for (FeatureReuse map : maps) {
            if (reader(map, network, Transition.class)) {
                spread.add(spread(map, map.targets().size() - 1));
            }
        }
        return spread(
                "Transitions read all layers of their block",
                "of the layers",
                spread,
                "transitions");
    }

    private static Finding spread(String claim, String of, List<Double> spread, String subjects) {
        String rule =
                "each reads at least half "
                        + of
                        + ", counted evenly: exp of the entropy of its mean |w|";
        if (spread.isEmpty()) {
            return new Finding(claim, rule, Optional.empty(), "no " + subjects + " to look at");
        }
        double mean = spread.stream().mapToDouble(d -> d).average().orElse(0);
        double least = spread.stream().mapToDouble(d -> d).min().orElse(0);
        return new Finding(
                claim,
                rule,
                Optional.of(least >= SPREAD),
                Numbers.percent(mean)
                        + " on average, "
                        + Numbers.percent(least)
                        + " at the least, "
                        + spread.size()
                        + " "
                        + subjects);
    }

    private static Finding top(List<FeatureReuse> maps) {
        String claim = "Later blocks read the transition's output least";
        String rule = "the top row is the smallest of its column in more than half of the layers";
        int columns = 0;
        int least = 0;
        for (int m = 1; m < maps.size(); m++) {
            FeatureReuse map = maps.get(m);
            for (int t = 1; t < map.targets().size() - 1; t++) {
                columns++;
                boolean smallest = true;
                for (int s = 1; s <= t; s++) {
                    smallest &= map.mean()[0][t] <= map.mean()[s][t];
                }
                least += smallest ? 1 : 0;
            }
        }
        if (columns == 0) {
            return new Finding(claim, rule, Optional.empty(), "no block behind a transition");
        }
        return new Finding(
                claim,
                rule,
                Optional.of(2 * least > columns),
                "in " + least + " of " + columns + " layers");
    }

    private static Finding classifier(List<FeatureReuse> maps, Network network) {
        String claim = "The classifier concentrates on the latest layers";
        String rule = "mean |w| of the last third of the sources exceeds that of the first third";
        FeatureReuse last = maps.isEmpty() ? null : maps.getLast();
        if (last == null || !reader(last, network, Head.class)) {
            return new Finding(claim, rule, Optional.empty(), "no classifier behind a dense block");
        }
        int column = last.targets().size() - 1;
        int sources = last.sources().size();
        int third = Math.max(1, sources / 3);
        double early = 0;
        double late = 0;
        for (int s = 0; s < third; s++) {
            early += last.mean()[s][column] / third;
            late += last.mean()[sources - 1 - s][column] / third;
        }
        return new Finding(
                claim,
                rule,
                Optional.of(late > early),
                String.format(
                        Locale.ROOT,
                        "late %s, early %s",
                        Numbers.significant(late, 3),
                        Numbers.significant(early, 3)));
    }

    private static boolean reader(FeatureReuse map, Network network, Class<?> kind) {
        return network.find(map.targets().getLast())
                .filter(n -> kind.isInstance(n.block()))
                .isPresent();
    }

    /// The effective number of sources over their number: exp(−Σ q log q) / n with q the shares of
    /// the sources' mean |w|. 1 for an even column, 1/n for one that reads one source.
    static double spread(FeatureReuse map, int target) {
        double total = 0;
        int sources = 0;
        for (int s = 0; s < map.sources().size(); s++) {
            if (map.weights()[s][target] > 0) {
                total += map.mean()[s][target];
                sources++;
            }
        }
        double entropy = 0;
        for (int s = 0; s < map.sources().size(); s++) {
            double q = map.weights()[s][target] > 0 ? map.mean()[s][target] / total : 0;
            entropy -= q > 0 ? q * Math.log(q) : 0;
        }
        return Math.exp(entropy) / sources;
    }
}
