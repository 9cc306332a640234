package org.skiplab.engine.probe;

import java.util.List;

/// How strongly the layers of one dense block read their sources: DenseNet (1608.06993), Figure 5.
///
/// Cell `(s, t)` is the mean of `|w|` over the kernel weights with which target `t`'s convolution
/// reads the feature maps of source `s`. The last target is what follows the block: the
/// transition's convolution or the classifier.
///
/// @param block id of the dense block
/// @param sources block input first, then one per layer
/// @param targets one per layer, then the reader after the block
/// @param mean `mean[s][t]`, NaN where `t` does not read `s`
/// @param channels where each source begins among the channels that targets read, and behind them
///   the end of the last one: source `s` is `w[:, channels[s] … channels[s + 1] − 1]`
/// @param weights `weights[s][t]`, the number of weights behind the cell, 0 where there are none
public record FeatureReuse(
        String block,
        List<String> sources,
        List<String> targets,
        int[] channels,
        float[][] mean,
        int[][] weights) {

    public FeatureReuse {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
    }
}
