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
/// far the weights moved. Allocates its copies of the weights once.
public final class GradientProbe {

    private record Kernel(Tensor value, Tensor gradient, float[] before) {}

    private record Depth(String block, List<Kernel> kernels) {}

    private final List<Depth> blocks = new ArrayList<>();
    private final List<String> ids;
    private final float[] gradient;
    private final double[] norm;
    private final Tensor firstConvolution;
    private float[] buffer = new float[0];

    public GradientProbe(Network network, Parameters parameters) {
        Map<String, Depth> byBlock = new LinkedHashMap<>();
        for (Parameter p : parameters.all()) {
            Tensor gradient = p.gradient();
            if (gradient != null && p.spec().role() == ParameterSpec.Role.WEIGHT) {
                int size = Math.toIntExact(p.value().size());
                byBlock.computeIfAbsent(p.block(), b -> new Depth(b, new ArrayList<>()))
                        .kernels()
                        .add(new Kernel(p.value(), gradient, new float[size]));
            }
        }
        blocks.addAll(byBlock.values());
        ids = List.copyOf(byBlock.keySet());
        gradient = new float[blocks.size()];
        norm = new double[blocks.size()];
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
                        .kernels()
                        .getFirst()
                        .gradient();
    }

    private static boolean learnsInLayers(Node node) {
        return switch (node.block()) {
            case Residual _, Wide _, DenseBlock _ -> true;
            default -> false;
        };
    }

    /// Blocks with weights, input first.
    public List<String> ids() {
        return ids;
    }

    /// Mean |gradient| of the first convolution of the first residual, wide or dense block: the
    /// stochastic depth paper's Figure 7. NaN when its gate was closed. Cheap enough for every
    /// step; call after the backward pass.
    public float firstConvolution() {
        double sum = absolute(firstConvolution);
        return sum == 0 ? Float.NaN : (float) (sum / firstConvolution.size());
    }

    /// Call between the backward pass and the optimiser's step.
    public void beforeStep() {
        for (int b = 0; b < blocks.size(); b++) {
            double sum = 0;
            long count = 0;
            double squares = 0;
            for (Kernel kernel : blocks.get(b).kernels()) {
                sum += absolute(kernel.gradient());
                count += kernel.gradient().size();
                kernel.value().copyRows(0, kernel.value().rows(), kernel.before());
                for (float w : kernel.before()) {
                    squares += (double) w * w;
                }
            }
            gradient[b] = sum == 0 ? Float.NaN : (float) (sum / count);
            norm[b] = Math.sqrt(squares);
        }
    }

    /// Call after the optimiser's step.
    public GradientByDepth afterStep(int step) {
        float[] ratio = new float[blocks.size()];
        for (int b = 0; b < blocks.size(); b++) {
            double squares = 0;
            for (Kernel kernel : blocks.get(b).kernels()) {
                int size = copy(kernel.value());
                for (int i = 0; i < size; i++) {
                    double d = (double) buffer[i] - kernel.before()[i];
                    squares += d * d;
                }
            }
            ratio[b] = norm[b] == 0 ? Float.NaN : (float) (Math.sqrt(squares) / norm[b]);
        }
        return new GradientByDepth(step, ids, gradient.clone(), ratio);
    }

    private double absolute(Tensor tensor) {
        int size = copy(tensor);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.abs(buffer[i]);
        }
        return sum;
    }

    private int copy(Tensor tensor) {
        int size = Math.toIntExact(tensor.size());
        if (buffer.length < size) {
            buffer = new float[size];
        }
        tensor.copyRows(0, tensor.rows(), buffer);
        return size;
    }
}
