package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import org.skiplab.app.plot.HeatFigure.Matrix;
import org.skiplab.engine.probe.FeatureReuse;

/// Feature reuse as a figure shows it, a matrix per dense block.
///
/// @param most the largest number of all
record ReuseMatrices(List<Matrix> matrices, double most) {

    static ReuseMatrices of(List<FeatureReuse> blocks, ReuseScale scale) {
        List<Matrix> matrices = new ArrayList<>();
        double most = 0;
        for (FeatureReuse reuse : blocks) {
            float[][] values = scale.of(reuse);
            for (float[] row : values) {
                for (float value : row) {
                    // Not Math.max: a target that does not read the source is NaN.
                    most = value > most ? value : most;
                }
            }
            matrices.add(
                    new Matrix(
                            reuse.block(),
                            brief(reuse.sources()),
                            brief(reuse.targets()),
                            values,
                            1));
        }
        return new ReuseMatrices(List.copyOf(matrices), most);
    }

    /// Layers by their numbers.
    private static List<String> brief(List<String> names) {
        return names.stream().map(n -> n.replaceFirst("^.*?layer(\\d+).*$", "$1")).toList();
    }
}
