package org.skiplab.app.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.train.KnobChange;
import org.skiplab.engine.train.Optimiser;
import org.skiplab.engine.train.OptimiserRule;
import org.skiplab.engine.train.TrainingSettings;

/// What a run was set to, by name, for comparing run with run.
final class RunSettings {
    /// The name under which turned knobs are listed, in words of their own.
    static final String KNOBS = "knobs";

    /// No knob was turned.
    static final String NONE = "none turned";

    private RunSettings() {}

    /// Every setting as a person would type it, in a fixed order.
    static Map<String, String> of(KeptRun run) {
        TrainingSettings s = run.settings();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("network", run.network().name());
        all.put("parameters", Numbers.count(Analysis.of(run.network()).parameters()));
        all.put("residual blocks", residuals(run.network()));
        all.put("data", run.source().title());
        all.put("images", run.source().limit() == 0 ? "all" : Numbers.count(run.source().limit()));
        all.put("normalisation", run.source().scaling().title());
        all.put("optimiser", OptimiserRule.of(s.optimiser()).text());
        all.put("learning rate", Numbers.plain(s.optimiser().learningRate()));
        all.put("schedule", s.schedule().text());
        all.put(
                "momentum",
                switch (s.optimiser()) {
                    case Optimiser.Sgd sgd -> Numbers.plain(sgd.momentum());
                    case Optimiser.Adam adam -> Numbers.plain(adam.beta1());
                });
        all.put("weight decay", Numbers.plain(s.optimiser().weightDecay()));
        all.put("batch size", Integer.toString(s.batch()));
        all.put("epochs", Integer.toString(s.epochs()));
        all.put(
                "survival",
                run.network().survivalProbabilities().isEmpty()
                        ? "none"
                        : run.network().survival().text());
        all.put("label smoothing", Numbers.plain(s.labelSmoothing()));
        all.put("clipping", Numbers.plain(s.clip()));
        all.put("augmentation", s.augmentation().text());
        all.put("initialisation", s.initialisation().text());
        all.put("seed", Long.toString(s.seed()));
        all.put(KNOBS, knobs(run));
        return all;
    }

    /// What tells residual networks of one name and size apart.
    private static String residuals(Network network) {
        return network.nodes().stream()
                .map(Node::block)
                .filter(Residual.class::isInstance)
                .map(Residual.class::cast)
                .map(r -> r.order().title() + ", " + r.shortcut().title())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String knobs(KeptRun run) {
        List<String> turned = new ArrayList<>();
        for (KnobChange k : run.knobs()) {
            turned.add(k.knob().title() + " " + k.knob().text() + " from step " + (k.step() + 1));
        }
        return turned.isEmpty() ? NONE : String.join(", ", turned);
    }

    /// The names of the settings in which these runs differ.
    static Set<String> differences(List<KeptRun> runs) {
        Set<String> differing = new LinkedHashSet<>();
        if (runs.isEmpty()) {
            return differing;
        }
        List<Map<String, String>> all = runs.stream().map(RunSettings::of).toList();
        for (String name : all.getFirst().keySet()) {
            if (all.stream().map(m -> m.get(name)).distinct().count() > 1) {
                differing.add(name);
            }
        }
        return differing;
    }
}
