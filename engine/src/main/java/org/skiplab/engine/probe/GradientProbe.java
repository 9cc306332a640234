package org.skiplab.engine.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.ParameterSpec;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Wide;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Parameters;

/// Reads [GradientByDepth]: before the optimiser's step the gradients and the weights, after it how
/// far the weights moved.
public final class GradientProbe {

    private record Arrays(String block, List<Tensor> values, List<Tensor> gradients) {}

    private final List<Arrays> blocks = new ArrayList<>();
    private final List<String> ids;
    private final float[] gradient;
    private final double[] norm;
    private final double[][][] before;
    private final Tensor firstConvolution;
    private float first = Float.NaN;

    public GradientProbe(Network network, Parameters parameters) {
        Map<String, Arrays> byBlock = new LinkedHashMap<>();
        for (Parameter p : parameters.all()) {
            Tensor gradient = p.gradient();
            if (gradient != null && p.spec().role() == ParameterSpec.Role.WEIGHT) {
                Arrays block =
                        byBlock.computeIfAbsent(
                                p.block(),
                                b -> new Arrays(b, new ArrayList<>(), new ArrayList<>()));
                block.values().add(p.value());
                block.gradients().add(gradient);
            }
        }
        blocks.addAll(byBlock.values());
        ids = List.copyOf(byBlock.keySet());
        gradient = new float[blocks.size()];
        norm = new double[blocks.size()];
        before = new double[blocks.size()][][];
        String learner =
                network.topological().stream()
                        .filter(GradientProbe::learnsInLayers)
                        .map(Node::id)
                        .filter(byBlock::containsKey)
                        .findFirst()
                        .orElse(ids.getFirst());
        firstConvolution =
                blocks.stream()
                        .filter(b -> b.block().equals(learner))
                        .findFirst()
                        .orElseThrow()
                        .gradients()
                        .getFirst();
    }

    private static boolean learnsInLayers(Node node) {
        return switch (node.block()) {
            case Residual _, Wide _, DenseBlock _ -> true;
            default -> false;
        };
    }

    /// Mean |gradient| of the first convolution of the first residual, wide or dense block, as
    /// [#beforeStep] saw it: the stochastic depth paper's Figure 7. NaN when its gate was closed.
    public float firstConvolution() {
        return first;
    }

    /// Call between the backward pass and the optimiser's step.
    public void beforeStep() {
        for (int b = 0; b < blocks.size(); b++) {
            Arrays block = blocks.get(b);
            double sum = 0;
            long count = 0;
            double squares = 0;
            double[][] copies = new double[block.values().size()][];
            for (int i = 0; i < copies.length; i++) {
                for (double g : block.gradients().get(i).toDoubles()) {
                    sum += Math.abs(g);
                    count++;
                }
                copies[i] = block.values().get(i).toDoubles();
                for (double w : copies[i]) {
                    squares += w * w;
                }
            }
            gradient[b] = sum == 0 ? Float.NaN : (float) (sum / count);
            norm[b] = Math.sqrt(squares);
            before[b] = copies;
        }
        double sum = 0;
        for (double g : firstConvolution.toDoubles()) {
            sum += Math.abs(g);
        }
        first = sum == 0 ? Float.NaN : (float) (sum / firstConvolution.size());
    }

    /// Call after the optimiser's step.
    public GradientByDepth afterStep(int step) {
        float[] ratio = new float[blocks.size()];
        for (int b = 0; b < blocks.size(); b++) {
            double squares = 0;
            for (int i = 0; i < before[b].length; i++) {
                double[] now = blocks.get(b).values().get(i).toDoubles();
                for (int k = 0; k < now.length; k++) {
                    double d = now[k] - before[b][i][k];
                    squares += d * d;
                }
            }
            ratio[b] = norm[b] == 0 ? Float.NaN : (float) (Math.sqrt(squares) / norm[b]);
            before[b] = new double[0][];
        }
        return new GradientByDepth(step, ids, gradient.clone(), ratio);
    }
}
