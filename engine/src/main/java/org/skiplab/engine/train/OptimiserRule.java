package org.skiplab.engine.train;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The optimisers on offer, by PyTorch's names.
public enum OptimiserRule {
    SGD("SGD, momentum", new Optimiser.Sgd(0.1, 0.9, false, 1e-4, true)),
    /// The papers' choice.
    NESTEROV("SGD, Nesterov momentum", Optimiser.Sgd.PAPER),
    ADAM("Adam", Optimiser.Adam.DEFAULT),
    ADAMW("AdamW", new Optimiser.Adam(1e-3, 0.9, 0.999, 1e-8, 0.01, true, true));

    private final String title;
    private final Optimiser standard;

    OptimiserRule(String title, Optimiser standard) {
        this.title = title;
        this.standard = standard;
    }

    public static OptimiserRule of(Optimiser optimiser) {
        return switch (optimiser) {
            case Optimiser.Sgd sgd -> sgd.nesterov() ? NESTEROV : SGD;
            case Optimiser.Adam adam -> adam.decoupled() ? ADAMW : ADAM;
        };
    }

    /// @throws IllegalArgumentException with a one-line reason that names the rules
    public static OptimiserRule parse(String text) {
        return Arrays.stream(values())
                .filter(r -> r.text().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'" + text + "' is no optimiser; there are " + names()));
    }

    /// `sgd, nesterov, adam, adamw`.
    public static String names() {
        return Arrays.stream(values()).map(OptimiserRule::text).collect(Collectors.joining(", "));
    }

    public String title() {
        return title;
    }

    public String text() {
        return switch (this) {
            case SGD -> "sgd";
            case NESTEROV -> "nesterov";
            case ADAM -> "adam";
            case ADAMW -> "adamw";
        };
    }

    /// The rule with the constants that it usually has.
    public Optimiser standard() {
        return standard;
    }

    /// This rule in place of another: constants that both have keep their values, the others are
    /// the usual ones.
    public Optimiser insteadOf(Optimiser old) {
        if (old instanceof Optimiser.Sgd sgd && standard instanceof Optimiser.Sgd) {
            return sgd.withNesterov(this == NESTEROV);
        }
        return this == of(old) ? old : standard.withDecayAll(old.decayAll());
    }
}
