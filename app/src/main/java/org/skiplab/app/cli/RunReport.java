package org.skiplab.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.file.JsonText;
import org.skiplab.engine.kernel.Threads;
import org.skiplab.engine.nn.PlanGate;
import org.skiplab.engine.train.Divergence;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Optimiser;
import org.skiplab.engine.train.OptimiserRule;
import org.skiplab.engine.train.Trainer;
import org.skiplab.engine.train.TrainingSettings;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Collects what `run.json` says of a run: what was trained on what and how, which gated blocks
/// survived how often, and how it ended.
final class RunReport {
    private final Trainer trainer;
    private final String data;
    private final double[] survived;
    private int steps;
    private @Nullable Evaluation last;
    private @Nullable Divergence divergence;

    RunReport(Trainer trainer, String data) {
        this.trainer = trainer;
        this.data = data;
        survived = new double[trainer.plan().gates().size()];
    }

    /// Call after each step.
    void step() {
        steps++;
        List<PlanGate> gates = trainer.plan().gates();
        for (int i = 0; i < survived.length; i++) {
            survived[i] += gates.get(i).survived();
        }
    }

    void evaluation(Evaluation evaluation) {
        last = evaluation;
    }

    /// The run stopped by itself.
    void divergence(Divergence why) {
        divergence = why;
    }

    /// One line per gated block: schedule and realised frequency.
    List<String> survival() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < survived.length; i++) {
            PlanGate gate = trainer.plan().gates().get(i);
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%s  survival probability %.4f  realised %.4f",
                            gate.block(),
                            gate.probability(),
                            survived[i] / steps));
        }
        return lines;
    }

    void write(Path file) throws IOException {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("network", trainer.network().name());
        run.put("parameters", Analysis.of(trainer.network()).parameters());
        run.put("data", data);
        run.put("seed", trainer.settings().seed());
        run.put("epochs", trainer.epochs());
        run.put("steps", trainer.steps());
        run.put("batch", trainer.settings().batch());
        settings(run, trainer.settings());
        run.put("survival", trainer.network().survival().text());
        run.put("kernels", trainer.plan().kernels().name());
        run.put("threads", Threads.COUNT);
        var gates = run.putArray("gates");
        for (int i = 0; i < survived.length; i++) {
            PlanGate gate = trainer.plan().gates().get(i);
            ObjectNode line = gates.addObject();
            line.put("block", gate.block());
            line.put("probability", gate.probability());
            line.put("realised", survived[i] / steps);
        }
        if (divergence != null) {
            run.put("diverged", divergence.message());
            run.put("diverged_step", divergence.step());
            run.put("diverged_layer", divergence.layer());
        }
        if (last != null) {
            run.put("test_loss", last.loss());
            run.put("test_accuracy", last.accuracy());
        }
        Files.writeString(file, JsonText.of(run), StandardCharsets.UTF_8);
    }

    private static void settings(ObjectNode run, TrainingSettings s) {
        run.put("optimiser", OptimiserRule.of(s.optimiser()).text());
        run.put("learning_rate", s.optimiser().learningRate());
        switch (s.optimiser()) {
            case Optimiser.Sgd sgd -> {
                run.put("momentum", sgd.momentum());
                run.put("nesterov", sgd.nesterov());
            }
            case Optimiser.Adam adam -> {
                run.put("beta1", adam.beta1());
                run.put("beta2", adam.beta2());
                run.put("epsilon", adam.epsilon());
            }
        }
        run.put("weight_decay", s.optimiser().weightDecay());
        run.put("decay_all", s.optimiser().decayAll());
        run.put("schedule", s.schedule().text());
        run.put("clip", s.clip());
        run.put("label_smoothing", s.labelSmoothing());
        run.put("augmentation", s.augmentation().text());
        run.put("initialisation", s.initialisation().text());
    }
}
