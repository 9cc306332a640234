package org.skiplab.engine.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Shape;

/// A tensor of the network under compilation: where its numbers and its gradient will lie.
///
/// Numbers of a concatenation's inputs lie inside the concatenation (dense blocks share one
/// storage); gradients of an addition's inputs are the addition's gradient (a stage of residual
/// blocks shares one).
final class Value {

    /// One operand of one step that reads the value.
    record Use(Step step, int operand) {}

    final String id;
    final Shape shape;
    final @Nullable Step producer;
    final boolean needsGradient;
    final List<Use> uses = new ArrayList<>();
    private @Nullable Value host;
    private int hostChannel;
    private @Nullable Value gradientHost;
    private int gradientChannel;

    /// @param producer null for the network's input
    Value(String id, Shape shape, @Nullable Step producer, boolean needsGradient) {
        this.id = id;
        this.shape = shape;
        this.producer = producer;
        this.needsGradient = needsGradient;
    }

    /// Position of the producing step, −1 for the network's input.
    int produced() {
        return producer == null ? -1 : producer.position;
    }

    /// Position of the last reading step, or −1.
    int lastUse() {
        return uses.stream().mapToInt(u -> u.step().position).max().orElse(-1);
    }

    boolean readOnceBy(Step step) {
        return uses.stream().filter(u -> u.step() == step).count() == 1;
    }

    boolean placed() {
        return host != null;
    }

    void placeIn(Value value, int channel) {
        host = value;
        hostChannel = channel;
    }

    boolean gradientShared() {
        return gradientHost != null;
    }

    void shareGradientOf(Value value, int channel) {
        gradientHost = value;
        gradientChannel = channel;
    }

    /// Where something lies: channels from `channel` on in the storage of `root`.
    record Place(Value root, int channel) {}

    Place place() {
        return host == null ? new Place(this, 0) : shift(host.place(), hostChannel);
    }

    Place gradientPlace() {
        return gradientHost == null
                ? new Place(this, 0)
                : shift(gradientHost.gradientPlace(), gradientChannel);
    }

    private static Place shift(Place place, int channels) {
        return new Place(place.root(), place.channel() + channels);
    }
}
