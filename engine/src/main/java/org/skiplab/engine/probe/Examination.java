package org.skiplab.engine.probe;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.Preparation;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Wide;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.nn.Plan;
import org.skiplab.engine.nn.PlanGate;

/// A network in evaluation mode around the arrays of its training, whose residual branches can be
/// cut off: the block then passes on its shortcut alone, as a closed drop path would.
public final class Examination implements AutoCloseable {

    private final Network network;
    private final Plan plan;
    private final DataSet data;
    private final Preparation preparation;
    private final byte[] bytes;
    private final float[] floats;
    private final Set<String> cuttable = new HashSet<>();
    private Set<String> cut = Set.of();

    Examination(Network network, Parameters parameters, DataSet data, KernelPath path, int batch) {
        this.network = network;
        this.data = data;
        plan = Plan.compile(gatedEverywhere(network), batch, parameters, path.open());
        plan.gates().forEach(g -> cuttable.add(g.block()));
        preparation = new Preparation(data.shape(), data.normalisation(), Augmentation.NONE);
        bytes = new byte[Math.toIntExact(data.shape().size())];
        floats = new float[bytes.length];
    }

    /// As it was compiled.
    Network network() {
        return network;
    }

    /// Blocks of a network whose branch can be cut off, input first.
    public static List<String> cuttable(Network network) {
        return network.topological().stream()
                .filter(n ->
                        n.block() instanceof Residual
                                || n.block() instanceof Wide
                                || Network.gateOf(n.block()).isPresent())
                .map(Node::id)
                .toList();
    }

    /// The same network with a drop path on every residual branch; those added are never closed but
    /// by [#cut].
    private static Network gatedEverywhere(Network network) {
        Gate open = new Gate(GateMode.BATCH, 1.0);
        return network.withNodes(
                network.nodes().stream()
                        .map(n ->
                                switch (n.block()) {
                                    case Residual r when r.gate() == null ->
                                            new Node(n.id(), r.withGate(open), n.inputs());
                                    case Wide w when w.gate() == null ->
                                            new Node(n.id(), w.withGate(open), n.inputs());
                                    default -> n;
                                })
                        .toList());
    }

    /// Takes over the survival probabilities that training uses, by block.
    void follow(Map<String, Double> survival) {
        for (PlanGate gate : plan.gates()) {
            gate.setProbability(survival.getOrDefault(gate.block(), gate.probability()));
        }
        cut(Set.of());
    }

    /// Cuts these blocks' branches off and joins all others.
    ///
    /// @throws IllegalArgumentException if a block has no branch to cut off
    public void cut(Set<String> blocks) {
        for (String id : blocks) {
            if (!cuttable.contains(id)) {
                throw new IllegalArgumentException(
                        "'" + id + "' has no shortcut around it: cut a residual or wide block");
            }
        }
        cut = Set.copyOf(blocks);
        for (PlanGate gate : plan.gates()) {
            if (cut.contains(gate.block())) {
                gate.cut();
            } else {
                gate.evaluate();
            }
        }
    }

    /// Images that fit in at once.
    public int batch() {
        return plan.batch();
    }

    /// Sends test images through the network.
    ///
    /// @param images indices in the test set, at most [#batch]
    /// @return class probabilities of each image
    public float[][] probabilities(int... images) {
        ImageSet test = data.test();
        MemorySegment input = plan.input().segment();
        for (int n = 0; n < images.length; n++) {
            test.copyImage(images[n], bytes, 0);
            preparation.prepare(bytes, Augmentation.Draw.NONE, floats);
            MemorySegment.copy(
                    floats,
                    0,
                    input,
                    ValueLayout.JAVA_FLOAT,
                    (long) n * floats.length * Float.BYTES,
                    floats.length);
        }
        plan.forward(false);
        float[][] probabilities = new float[images.length][];
        for (int n = 0; n < images.length; n++) {
            probabilities[n] = softmax(n);
        }
        return probabilities;
    }

    private float[] softmax(int image) {
        float[] z = new float[plan.logits().channels()];
        plan.logits().copyRows(image, image + 1L, z);
        double most = Double.NEGATIVE_INFINITY;
        for (float v : z) {
            most = Math.max(most, v);
        }
        double sum = 0;
        for (float v : z) {
            sum += Math.exp(v - most);
        }
        for (int c = 0; c < z.length; c++) {
            z[c] = (float) (Math.exp(z[c] - most) / sum);
        }
        return z;
    }

    /// What the operations gave out for the images of the last [#probabilities].
    public List<Plan.Activation> activations() {
        return plan.activations();
    }

    @Override
    public void close() {
        plan.close();
    }
}
