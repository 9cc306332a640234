package org.skiplab.app.inspector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.Survival;

/// The network's survival schedule as settings: its form and the probabilities at its ends.
final class SurvivalControl {

    private static final String FORM = "survival-form";
    private static final String FIRST = "survival-first";
    private static final String LAST = "survival-last";
    private static final double LEAST = 0.05;
    private static final List<Setting.Option> FORMS =
            List.of(
                    new Setting.Option("linear", "linear (paper)"),
                    new Setting.Option("uniform", "the same for every block"),
                    new Setting.Option("linear-first-kept", "linear, first block kept (timm)"),
                    new Setting.Option("first-to-last", "from first to last"));

    private SurvivalControl() {}

    static List<Setting> settings(Survival survival) {
        List<Setting> settings = new ArrayList<>();
        settings.add(
                new Setting.Choice(
                        FORM,
                        "Survival schedule",
                        "How the probability that a gated block takes part in a mini-batch falls with depth.",
                        form(survival),
                        FORMS));
        if (survival instanceof Survival.FirstToLast(double first, _)) {
            settings.add(
                    new Setting.Real(
                            FIRST,
                            "p at the first block",
                            "Survival probability of the first gated block.",
                            first,
                            LEAST,
                            1));
        }
        settings.add(
                new Setting.Real(
                        LAST,
                        survival instanceof Survival.Uniform
                                ? "p of every block"
                                : "p at the last block",
                        "Survival probability of the last gated block.",
                        survival.last(),
                        LEAST,
                        1));
        return settings;
    }

    /// The schedule with one of its settings changed.
    ///
    /// @throws IllegalArgumentException if a probability is not in (0, 1]
    static Survival with(Survival survival, String setting, @Nullable Object value) {
        if (value instanceof Number n) {
            double p = n.doubleValue();
            return setting.equals(FIRST)
                    ? new Survival.FirstToLast(p, survival.last())
                    : survival.withLast(p);
        }
        double last = survival.last();
        return switch (String.valueOf(value)) {
            case "uniform" -> new Survival.Uniform(last);
            case "linear-first-kept" -> new Survival.LinearFirstKept(last);
            case "first-to-last" -> new Survival.FirstToLast(1, last);
            default -> new Survival.Linear(last);
        };
    }

    private static String form(Survival survival) {
        return switch (survival) {
            case Survival.Uniform _ -> "uniform";
            case Survival.Linear _ -> "linear";
            case Survival.LinearFirstKept _ -> "linear-first-kept";
            case Survival.FirstToLast _ -> "first-to-last";
        };
    }
}
