package org.skiplab.engine.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Primitive;

/// One operation of the network under compilation: a primitive, possibly with the ReLU behind it
/// and the drop paths in front of it taken in.
final class Step {

    /// When the step runs, from 0.
    final int position;

    /// Where the layer stands in the expanded network, from input to output. Kernels may run steps
    /// in another order.
    final int place;

    /// The layer's name in the expanded network; its arrays are named after it.
    final String layer;

    final Primitive primitive;
    final List<Value> inputs = new ArrayList<>();

    /// Per input the drop path in front of it, for additions.
    final List<@Nullable PlanGate> inputGates = new ArrayList<>();

    /// The drop path that this step is, when no addition takes it in.
    @Nullable PlanGate gate;

    final boolean relu;
    @Nullable Value output;

    /// Closing any of these leaves the step out.
    final List<PlanGate> skippedBy = new ArrayList<>();

    Step(int position, int place, String layer, Primitive primitive, boolean relu) {
        this.position = position;
        this.place = place;
        this.layer = layer;
        this.primitive = primitive;
        this.relu = relu;
    }

    Value result() {
        if (output == null) {
            throw new IllegalStateException(layer + " has no output yet");
        }
        return output;
    }

    /// Whether this is a batch norm that alone reads the convolution just in front of it, and runs
    /// whenever that does. The convolution may then find its gradient itself from this step's,
    /// which has to stay until then.
    boolean followsItsConvolution() {
        if (!(primitive instanceof Primitive.BatchNorm)) {
            return false;
        }
        Value in = inputs.getFirst();
        Step producer = in.producer;
        return producer != null
                && producer.primitive instanceof Primitive.Convolution
                && producer.position == position - 1
                && producer.skippedBy.equals(skippedBy)
                && in.uses.size() == 1
                && !in.placed()
                && !in.gradientShared()
                && !result().gradientShared();
    }

    /// Whether the backward pass leaves the gradient it reads as it is, and to itself. A ReLU's
    /// mask may be applied in place.
    boolean keepsItsGradient() {
        if (relu) {
            return false;
        }
        return switch (primitive) {
            case Primitive.Add _, Primitive.Concat _, Primitive.Relu _ -> false;
            default -> true;
        };
    }
}
