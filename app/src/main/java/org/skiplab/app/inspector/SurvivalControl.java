package org.skiplab.app.inspector;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.Survival;

/// The network's survival schedule as two settings: its form and the probability at the last block.
final class SurvivalControl {

    private static final String FORM = "survival-form";
    private static final String LAST = "survival-last";
    private static final List<Setting.Option> FORMS =
            List.of(
                    new Setting.Option("linear", "linear (paper)"),
                    new Setting.Option("uniform", "the same for every block"),
                    new Setting.Option("linear-first-kept", "linear, first block kept (timm)"),
                    new Setting.Option("first-to-last", "from first to last"));

    private SurvivalControl() {}

    static List<Setting> settings(Survival survival) {
        return List.of(
                new Setting.Choice(
                        FORM,
                        "Survival schedule",
                        "How the probability that a gated block takes part in a mini-batch falls with depth.",
                        form(survival),
                        FORMS),
                new Setting.Real(
                        LAST,
                        "p at the last block",
                        "Survival probability of the last gated block.",
                        survival.last(),
                        0.05,
                        1));
    }

    /// The schedule with one of the two settings changed.
    static Survival with(Survival survival, String setting, @Nullable Object value) {
        if (setting.equals(LAST) && value instanceof Number n) {
            return survival.withLast(n.doubleValue());
        }
        double last = survival.last();
        return switch (String.valueOf(value)) {
            case "uniform" -> new Survival.Uniform(last);
            case "linear-first-kept" -> new Survival.LinearFirstKept(last);
            case "first-to-last" -> new Survival.FirstToLast(Math.max(0.9, last), last);
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
