package org.skiplab.app.training;

import org.skiplab.engine.probe.FeatureReuse;

/// The readings of "normalised by the number of input feature maps" that go around for DenseNet's
/// Figure 5.
public enum ReuseScale {
    /// The weights of one source's slice, averaged: what DenseNet's authors describe in answer to
    /// readers.
    MEAN(
            "Mean weight",
            "a(s,t) = mean |w| over the weights with which t reads s",
            "as DenseNet's authors explain Figure 5"),
    /// Each target's strongest source is 1.
    STRONGEST(
            "Against the strongest source",
            "a(s,t) = mean |w(s,t)| / max over s′ of mean |w(s′,t)|",
            "every column reaches 1"),
    /// The columns sum to 1.
    SHARE(
            "Share of all weight",
            "a(s,t) = Σ|w(s,t)| / Σ over s′ of Σ|w(s′,t)|",
            "every column sums to 1");

    private final String title;
    private final String formula;
    private final String meaning;

    ReuseScale(String title, String formula, String meaning) {
        this.title = title;
        this.formula = formula;
        this.meaning = meaning;
    }

    public String title() {
        return title;
    }

    public String formula() {
        return formula;
    }

    public String meaning() {
        return meaning;
    }

    /// The normalised numbers, `[source][target]`, NaN where the target does not read the source.
    public float[][] of(FeatureReuse reuse) {
        int sources = reuse.sources().size();
        int targets = reuse.targets().size();
        float[][] result = new float[sources][targets];
        for (int t = 0; t < targets; t++) {
            double strongest = 0;
            double total = 0;
            for (int s = 0; s < sources; s++) {
                if (reuse.weights()[s][t] > 0) {
                    strongest = Math.max(strongest, reuse.mean()[s][t]);
                    total += (double) reuse.mean()[s][t] * reuse.weights()[s][t];
                }
            }
            for (int s = 0; s < sources; s++) {
                double mean = reuse.mean()[s][t];
                double value =
                        switch (this) {
                            case MEAN -> mean;
                            case STRONGEST -> mean / strongest;
                            case SHARE -> mean * reuse.weights()[s][t] / total;
                        };
                result[s][t] = reuse.weights()[s][t] > 0 ? (float) value : Float.NaN;
            }
        }
        return result;
    }
}
