package org.skiplab.engine.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.ParameterSpec;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Parameters;

/// Everything a network in training has learned by the end of a step: weights, running statistics,
/// the optimiser's momenta, and its place in the run. A copy on the Java heap that nothing changes
/// any more, so that any thread may hold it; training that goes on from it gives the same numbers
/// as training that never stopped.
public final class Checkpoint {

    /// One array of the network with what the optimiser remembers of it.
    ///
    /// @param name as in [org.skiplab.engine.nn.Parameter#name]
    /// @param shape PyTorch's
    /// @param values row-major
    /// @param momentum SGD's momentum or Adam's mean of gradients, as long as `values`; empty for
    ///   arrays that are not trained and where the optimiser has not begun
    /// @param variance Adam's mean of squared gradients, or empty
    public record Array(
            String name, List<Integer> shape, float[] values, float[] momentum, float[] variance) {

        /// None of the optimiser's numbers.
        static final float[] NONE = {};

        /// An array that no optimiser has touched.
        public Array(String name, List<Integer> shape, float[] values) {
            this(name, shape, values, NONE, NONE);
        }

        public Array {
            shape = List.copyOf(shape);
        }
    }

    /// Where in the run it was.
    ///
    /// @param step steps done since the initial weights
    /// @param epoch epochs finished
    /// @param position where the next mini-batch begins
    /// @param updates steps of the optimiser since its momenta were zero
    /// @param seed of the run
    public record Place(int step, int epoch, Feed.Position position, long updates, long seed) {
        public static Place start(long seed) {
            return new Place(0, 0, Feed.Position.START, 0, seed);
        }
    }

    /// What another network can take over from a checkpoint: arrays of the same name and shape.
    ///
    /// @param arrays that fit
    /// @param ofArrays that the network has
    /// @param numbers trainable numbers in the arrays that fit
    /// @param ofNumbers trainable numbers of the network
    /// @param renewed blocks with an array that starts anew, from input to output
    public record Fit(
            int arrays, int ofArrays, long numbers, long ofNumbers, List<String> renewed) {
        public Fit {
            renewed = List.copyOf(renewed);
        }

        /// Whether every array fits.
        public boolean complete() {
            return arrays == ofArrays;
        }
    }

    private final Map<String, Array> arrays = new LinkedHashMap<>();
    private final Place place;

    /// @param arrays in the network's order; owned by the checkpoint from now on
    public Checkpoint(List<Array> arrays, Place place) {
        arrays.forEach(a -> this.arrays.put(a.name(), a));
        this.place = place;
    }

    /// In the network's order. Do not write into them.
    public List<Array> arrays() {
        return List.copyOf(arrays.values());
    }

    public Optional<Array> find(String name) {
        return Optional.ofNullable(arrays.get(name));
    }

    public Place place() {
        return place;
    }

    /// Bytes that the arrays take up.
    public long bytes() {
        long floats = 0;
        for (Array a : arrays.values()) {
            floats += a.values().length + a.momentum().length + a.variance().length;
        }
        return floats * Float.BYTES;
    }

    /// Whether every number is finite: a state worth returning to.
    public boolean finite() {
        return arrays.values().stream().allMatch(Checkpoint::finite);
    }

    private static boolean finite(Array array) {
        for (float v : array.values()) {
            if (!Float.isFinite(v)) {
                return false;
            }
        }
        return true;
    }

    /// The arrays in native memory, in single precision; the caller closes them.
    ///
    /// @param network whose arrays these are
    /// @throws IllegalArgumentException if they are of another network
    public Parameters parameters(Network network) {
        if (!fit(network).complete()) {
            throw new IllegalArgumentException("these weights are of another network");
        }
        Parameters parameters = Parameters.of(network, DataType.FLOAT);
        for (Parameter p : parameters.all()) {
            find(p.name()).ifPresent(a -> Floats.write(a.values(), p.value()));
        }
        return parameters;
    }

    /// What a network could take over. Allocates no native memory.
    ///
    /// @param network runnable
    public Fit fit(Network network) {
        return fit(
                network,
                name -> {
                    Array a = arrays.get(name);
                    return a == null ? null : a.shape();
                });
    }

    /// What one network could take over from another. Allocates no native memory.
    ///
    /// @param from runnable
    /// @param to runnable
    public static Fit fit(Network from, Network to) {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        Parameters.layout(from).forEach(e -> shapes.put(e.name(), e.spec().shape()));
        return fit(to, shapes::get);
    }

    private interface Shapes {
        @Nullable List<Integer> of(String array);
    }

    private static Fit fit(Network to, Shapes have) {
        int fitting = 0;
        int all = 0;
        long numbers = 0;
        long ofNumbers = 0;
        Set<String> renewed = new LinkedHashSet<>();
        for (Parameters.Slot slot : Parameters.layout(to)) {
            ParameterSpec spec = slot.spec();
            boolean fits = spec.shape().equals(have.of(slot.name()));
            long trainable = spec.role().trainable() ? spec.size() : 0;
            all++;
            ofNumbers += trainable;
            if (fits) {
                fitting++;
                numbers += trainable;
            } else {
                renewed.add(slot.block());
            }
        }
        return new Fit(fitting, all, numbers, ofNumbers, List.copyOf(renewed));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Checkpoint c
                && place.equals(c.place)
                && arrays.keySet().equals(c.arrays.keySet())
                && arrays.values().stream().allMatch(a -> same(a, c.arrays.get(a.name())));
    }

    private static boolean same(Array a, @Nullable Array b) {
        return b != null
                && a.shape().equals(b.shape())
                && Arrays.equals(a.values(), b.values())
                && Arrays.equals(a.momentum(), b.momentum())
                && Arrays.equals(a.variance(), b.variance());
    }

    @Override
    public int hashCode() {
        return 31 * place.hashCode() + arrays.keySet().hashCode();
    }

    @Override
    public String toString() {
        return "checkpoint of " + arrays.size() + " arrays at " + place;
    }
}
