package org.skiplab.engine.probe;

import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.nn.Parameters;

/// A network in training as probes find it between two steps. Belongs to the training thread; owns
/// the examinations that it compiles.
public final class Subject implements AutoCloseable {

    /// Images that go through the network together when many are asked about.
    private static final int MANY = 50;

    private final Supplier<Network> network;
    private final Parameters parameters;
    private final DataSet data;
    private final KernelPath path;
    private final Supplier<Map<String, Double>> survival;
    private final IntSupplier step;
    private @Nullable Examination single;
    private @Nullable Examination many;

    /// @param network as it is at the moment
    /// @param survival probability by which training keeps each gated block
    /// @param step steps done since the initial weights
    public Subject(
            Supplier<Network> network,
            Parameters parameters,
            DataSet data,
            KernelPath path,
            Supplier<Map<String, Double>> survival,
            IntSupplier step) {
        this.network = network;
        this.parameters = parameters;
        this.data = data;
        this.path = path;
        this.survival = survival;
        this.step = step;
    }

    /// The same data with the network of another step, for a look back.
    ///
    /// @param networkThen as it was trained at that step
    /// @param then its arrays, which outlive the subject
    /// @param survivalThen probability of each gated block at that step
    /// @param at the step that they are of
    public Subject with(
            Network networkThen, Parameters then, Map<String, Double> survivalThen, int at) {
        return new Subject(() -> networkThen, then, data, path, () -> survivalThen, () -> at);
    }

    public Network network() {
        return network.get();
    }

    public Parameters parameters() {
        return parameters;
    }

    public DataSet data() {
        return data;
    }

    /// Steps of training since the initial weights.
    public int step() {
        return step.getAsInt();
    }

    /// The network in evaluation mode for one image at a time.
    public Examination single() {
        Examination open = current(single, 1);
        single = open;
        return open;
    }

    /// The network in evaluation mode for many images.
    public Examination many() {
        Examination open = current(many, Math.min(MANY, data.test().size()));
        many = open;
        return open;
    }

    /// Drop paths may have got another meaning since an examination was compiled.
    private Examination current(@Nullable Examination old, int batch) {
        Examination open = old;
        if (open != null && !open.network().equals(network())) {
            open.close();
            open = null;
        }
        if (open == null) {
            open = new Examination(network(), parameters, data, path, batch);
        }
        open.follow(survival.get());
        return open;
    }

    @Override
    public void close() {
        if (single != null) {
            single.close();
        }
        if (many != null) {
            many.close();
        }
    }
}
