package org.skiplab.engine.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.ParameterSpec;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.kernel.Kernels;
import org.skiplab.engine.kernel.PortableKernels;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.nn.Plan;
import org.skiplab.engine.nn.PlanDropout;
import org.skiplab.engine.nn.PlanGate;
import org.skiplab.engine.nn.SoftmaxCrossEntropy;

/// What SkipLab computes for a mini-batch of random images: the reference that an exported network
/// is held against. Images and masks are NCHW, as other programs read them.
///
/// Gradients jump where a ReLU's input changes its sign, so that rounding alone can move them by a
/// percent. The reference is therefore computed in double precision by the portable kernels; the
/// kernels in use add their single-precision logits and loss.
///
/// @param images `[n, c, h, w]`
/// @param labels one class per image
/// @param exact in double precision
/// @param logitsInUse of the evaluation mode, by the kernels in use
/// @param lossInUse of the training mode, by the kernels in use
/// @param gates what each drop path drew, in network order
/// @param dropouts what each dropout layer drew, in network order
public record Sample(
        Array images,
        int[] labels,
        Exact exact,
        Array logitsInUse,
        double lossInUse,
        List<GateDraw> gates,
        List<DropoutDraw> dropouts) {

    /// @param values row-major
    public record Array(double[] values, long... shape) {}

    /// @param logits of the evaluation mode, `[n, classes]`
    /// @param loss mean cross-entropy of the training mode
    /// @param gradients of that loss, by the array's name
    /// @param statistics running statistics after the training-mode pass, by the array's name
    public record Exact(
            Array logits,
            double loss,
            Map<String, Array> gradients,
            Map<String, Array> statistics) {}

    /// @param block the gated block, or the drop path itself in a free graph
    /// @param open one value for a gate per mini-batch, one per image for a gate per image
    public record GateDraw(String block, boolean... open) {}

    /// @param layer the layer's name in the expanded network
    /// @param kept `[n, c, h, w]`, 1 where the number was kept and 0 where it was dropped
    public record DropoutDraw(String layer, byte[] kept, long... shape) {}

    private static final int BATCH = 4;

    /// From this many multiply-accumulates per image on, half the batch has to do.
    private static final long COSTLY = 1_000_000_000L;

    /// Runs copies of a network, once in evaluation and once in training mode each.
    ///
    /// @param network runnable
    /// @param path the kernels in use
    /// @param seeds of images, labels and draws
    public static Sample of(Network network, Parameters parameters, KernelPath path, Seeds seeds) {
        int batch = Analysis.of(network).macs() < COSTLY ? BATCH : BATCH / 2;
        try (Pass exact =
                        new Pass(network, batch, parameters, new PortableKernels(DataType.DOUBLE));
                Pass inUse = new Pass(network, batch, parameters, path.open())) {
            exact.draw(seeds);
            inUse.draw(seeds);
            Array logits = exact.evaluate();
            Array logitsInUse = inUse.evaluate();
            List<GateDraw> gates = exact.open(seeds);
            inUse.open(seeds);
            List<DropoutDraw> dropouts = exact.plan.dropouts().stream().map(Sample::drawn).toList();
            double loss = exact.train();
            return new Sample(
                    nchw(exact.plan.input()),
                    exact.labels,
                    new Exact(logits, loss, exact.gradients(), exact.statistics()),
                    logitsInUse,
                    inUse.train(),
                    gates,
                    dropouts);
        }
    }

    /// A network at work on its own copy of the arrays.
    private static final class Pass implements AutoCloseable {
        private final Parameters parameters;
        private final Plan plan;
        private final int[] labels;

        Pass(Network network, int batch, Parameters original, Kernels kernels) {
            parameters = Parameters.of(network, kernels.type());
            for (Parameter p : original.all()) {
                parameters.get(p.name()).value().set(p.value().toDoubles());
            }
            plan = Plan.compile(network, batch, parameters, kernels);
            labels = new int[batch];
        }

        /// Images and labels.
        void draw(Seeds seeds) {
            RandomGenerator random = Seeds.stream(seeds.of(Seeds.Purpose.DATA));
            for (long i = 0; i < plan.input().size(); i++) {
                plan.input().set(i, (float) random.nextDouble(-2, 2));
            }
            for (int i = 0; i < labels.length; i++) {
                labels[i] = random.nextInt(plan.logits().channels());
            }
        }

        Array evaluate() {
            plan.gates().forEach(PlanGate::evaluate);
            plan.forward(false);
            return new Array(plan.logits().toDoubles(), labels.length, plan.logits().channels());
        }

        /// Draws for the training mode.
        List<GateDraw> open(Seeds seeds) {
            RandomGenerator random = Seeds.stream(seeds.of(Seeds.Purpose.GATE));
            List<GateDraw> draws = new ArrayList<>();
            for (PlanGate gate : plan.gates()) {
                draws.add(Sample.draw(gate, labels.length, random));
            }
            for (int i = 0; i < plan.dropouts().size(); i++) {
                plan.dropouts().get(i).draw(seeds.of(Seeds.Purpose.DROPOUT, i));
            }
            return draws;
        }

        double train() {
            plan.forward(true);
            double loss =
                    new SoftmaxCrossEntropy(plan.logits())
                            .loss(labels, labels.length, 0, plan.logitsGradient());
            plan.backward();
            return loss;
        }

        Map<String, Array> gradients() {
            Map<String, Array> arrays = new LinkedHashMap<>();
            for (Parameter p : parameters.all()) {
                if (p.gradient() != null) {
                    arrays.put(p.name(), new Array(p.gradient().toDoubles(), p.value().shape()));
                }
            }
            return arrays;
        }

        Map<String, Array> statistics() {
            Map<String, Array> arrays = new LinkedHashMap<>();
            for (Parameter p : parameters.all()) {
                if (p.spec().role() == ParameterSpec.Role.BUFFER) {
                    arrays.put(p.name(), new Array(p.value().toDoubles(), p.value().shape()));
                }
            }
            return arrays;
        }

        @Override
        public void close() {
            plan.close();
            parameters.close();
        }
    }

    private static GateDraw draw(PlanGate gate, int batch, RandomGenerator random) {
        boolean[] open = new boolean[gate.mode().perSample() ? batch : 1];
        for (int i = 0; i < open.length; i++) {
            open[i] = random.nextDouble() < gate.probability();
        }
        if (gate.mode().perSample()) {
            gate.set(open);
        } else {
            gate.set(open[0]);
        }
        return new GateDraw(gate.block(), open);
    }

    private static DropoutDraw drawn(PlanDropout dropout) {
        Array mask = nchw(dropout.mask());
        byte[] kept = new byte[mask.values().length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (byte) (mask.values()[i] == 0 ? 0 : 1);
        }
        return new DropoutDraw(dropout.layer(), kept, mask.shape());
    }

    static Array nchw(Tensor nhwc) {
        double[] from = nhwc.toDoubles();
        int channels = nhwc.channels();
        int positions = nhwc.height() * nhwc.width();
        double[] to = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            int image = i / (channels * positions);
            int position = i / channels % positions;
            to[(image * channels + i % channels) * positions + position] = from[i];
        }
        return new Array(to, nhwc.batch(), channels, nhwc.height(), nhwc.width());
    }
}
