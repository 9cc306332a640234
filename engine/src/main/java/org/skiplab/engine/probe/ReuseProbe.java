package org.skiplab.engine.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.nn.Parameters;

/// Reads [FeatureReuse] from the live weights of a network's dense blocks.
public final class ReuseProbe {

    /// One reader of a dense block's features: a layer's first convolution, or what follows the
    /// block.
    private record Target(String title, Tensor weight) {}

    /// One dense block with the tensors to read.
    private record Subject(
            String block,
            List<String> sources,
            int inputChannels,
            int growth,
            List<Target> targets) {}

    private final List<Subject> subjects = new ArrayList<>();

    public ReuseProbe(Network network, Parameters parameters) {
        for (Node node : network.topological()) {
            if (node.block() instanceof DenseBlock dense) {
                subjects.add(subject(network, parameters, node, dense));
            }
        }
    }

    private static Subject subject(
            Network network, Parameters parameters, Node node, DenseBlock dense) {
        List<String> sources = new ArrayList<>(List.of("input"));
        List<Target> targets = new ArrayList<>();
        for (int l = 1; l <= dense.layers(); l++) {
            sources.add("layer " + l);
            targets.add(
                    new Target(
                            "layer " + l, weight(parameters, node.id() + ".layer" + l + ".conv1")));
        }
        for (String id : network.consumers(node.id())) {
            switch (network.node(id).block()) {
                case Transition _ -> targets.add(new Target(id, weight(parameters, id + ".conv")));
                case Head _ -> targets.add(new Target(id, weight(parameters, id + ".fc")));
                default -> {}
            }
        }
        int inputChannels = (int) targets.getFirst().weight().shape()[1];
        return new Subject(node.id(), sources, inputChannels, dense.growth(), targets);
    }

    private static Tensor weight(Parameters parameters, String layer) {
        return parameters.get(layer + ".weight").value();
    }

    /// The current mean |w| of every source and target, one table per dense block, from input to
    /// output.
    public List<FeatureReuse> read() {
        return subjects.stream().map(ReuseProbe::read).toList();
    }

    private static FeatureReuse read(Subject subject) {
        int sources = subject.sources().size();
        int targets = subject.targets().size();
        float[][] mean = new float[sources][targets];
        int[][] count = new int[sources][targets];
        for (float[] row : mean) {
            Arrays.fill(row, Float.NaN);
        }
        for (int t = 0; t < targets; t++) {
            Tensor weight = subject.targets().get(t).weight();
            int outputs = (int) weight.shape()[0];
            int inputs = (int) weight.shape()[1];
            long kernel = weight.size() / outputs / inputs;
            double[] sums = new double[sources];
            for (int o = 0; o < outputs; o++) {
                for (int i = 0; i < inputs; i++) {
                    int s = source(subject, i);
                    for (long k = 0; k < kernel; k++) {
                        sums[s] += Math.abs(weight.get(((long) o * inputs + i) * kernel + k));
                    }
                }
            }
            for (int s = 0; s < sources; s++) {
                int channels =
                        Math.max(
                                0,
                                Math.min(inputs, end(subject, s))
                                        - (s == 0 ? 0 : end(subject, s - 1)));
                count[s][t] = Math.toIntExact(outputs * channels * kernel);
                if (count[s][t] > 0) {
                    mean[s][t] = (float) (sums[s] / count[s][t]);
                }
            }
        }
        int[] channels = new int[sources + 1];
        for (int s = 0; s < sources; s++) {
            channels[s + 1] = end(subject, s);
        }
        return new FeatureReuse(
                subject.block(),
                subject.sources(),
                subject.targets().stream().map(Target::title).toList(),
                channels,
                mean,
                count);
    }

    private static int source(Subject subject, int channel) {
        return channel < subject.inputChannels()
                ? 0
                : 1 + (channel - subject.inputChannels()) / subject.growth();
    }

    /// The channel behind the last one of a source.
    private static int end(Subject subject, int source) {
        return subject.inputChannels() + source * subject.growth();
    }
}
