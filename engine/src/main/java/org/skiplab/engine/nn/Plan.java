package org.skiplab.engine.nn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.kernel.Kernels;
import org.skiplab.engine.kernel.Operation;
import org.skiplab.engine.kernel.SharedFeatures;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.kernel.TensorMemory;

/// A network compiled for one batch size: a tape of operations over fixed memory. A closed gate
/// leaves out its branch's operations, forward and backward. Belongs to one thread.
///
/// One training step: fill [#input], draw [#gates] and [#dropouts], `forward(true)`, put the loss's
/// derivative into [#logitsGradient], `backward()`; then every [Parameter#gradient] is complete.
public final class Plan implements AutoCloseable {

    /// Channels of shared features whose gradient an operation reads.
    record Completion(SharedFeatures features, int from, int to) {}

    /// One operation with what has to be cleared when it is left out.
    ///
    /// @param place where the layer stands in the network, whatever order operations run in
    /// @param skippedBy closing any of these leaves the operation out
    /// @param completions what the gradient of the output lacks before the backward pass
    /// @param orphans gradients that this operation would have been the first to write
    /// @param rectified whether the output went through a ReLU
    /// @param arrays gradients of the operation's own arrays
    record Bound(
            String layer,
            int place,
            Operation operation,
            Tensor output,
            boolean rectified,
            List<PlanGate> skippedBy,
            List<Completion> completions,
            List<Tensor> orphans,
            List<Tensor> arrays) {

        boolean skipped() {
            for (int i = 0; i < skippedBy.size(); i++) {
                if (skippedBy.get(i).factors().closed()) {
                    return true;
                }
            }
            return false;
        }
    }

    /// What an operation gave out in the newest forward pass.
    ///
    /// @param layer the operation's layer in the expanded network
    /// @param output `[n, h, w, c]`; valid until the next forward pass
    /// @param rectified whether the numbers went through a ReLU
    public record Activation(String layer, Tensor output, boolean rectified) {

        /// The block on the canvas that the layer belongs to.
        public String block() {
            return blockOf(layer);
        }
    }

    /// The block on the canvas that a layer of the expanded network belongs to.
    public static String blockOf(String layer) {
        int dot = layer.indexOf('.');
        return dot < 0 ? layer : layer.substring(0, dot);
    }

    /// Observes where the time goes. Called after each operation that ran.
    public interface Clock {
        /// @param layer the operation's layer in the expanded network
        /// @param forward whether in the forward pass
        /// @param nanos that the operation took
        void tick(String layer, boolean forward, long nanos);
    }

    private final Kernels kernels;
    private final TensorMemory memory;
    private final List<Bound> tape;
    private final List<Bound> fromInput;
    private final List<PlanGate> gates;
    private final List<PlanDropout> dropouts;
    private final Tensor input;
    private final @Nullable Tensor inputGradient;
    private final Tensor logits;
    private final Tensor logitsGradient;
    private final boolean[] cleared;
    private @Nullable Clock clock;

    Plan(
            Kernels kernels,
            TensorMemory memory,
            List<Bound> tape,
            List<PlanGate> gates,
            List<PlanDropout> dropouts,
            Tensor input,
            @Nullable Tensor inputGradient,
            Tensor logits,
            Tensor logitsGradient) {
        this.kernels = kernels;
        this.memory = memory;
        this.tape = new ArrayList<>(tape);
        fromInput = tape.stream().sorted(Comparator.comparingInt(Bound::place)).toList();
        this.gates = List.copyOf(gates);
        this.dropouts = List.copyOf(dropouts);
        this.input = input;
        this.inputGradient = inputGradient;
        this.logits = logits;
        this.logitsGradient = logitsGradient;
        this.cleared = new boolean[tape.size()];
    }

    /// Compiles a runnable network.
    ///
    /// @param parameters the network's arrays; not owned by the plan
    /// @param kernels owned by the plan from now on
    public static Plan compile(Network network, int batch, Parameters parameters, Kernels kernels) {
        return new Compiler(network, batch, parameters, kernels, false).compile();
    }

    /// The same with the gradient with respect to the images, see [#inputGradient]: training does
    /// without it, comparing gradients with another implementation's does not.
    static Plan compileWithInputGradient(
            Network network, int batch, Parameters parameters, Kernels kernels) {
        return new Compiler(network, batch, parameters, kernels, true).compile();
    }

    /// The images, `[n, h, w, c]`.
    public Tensor input() {
        return input;
    }

    /// Derivative of the loss by the images, `[n, h, w, c]`, after [#backward].
    ///
    /// @throws IllegalStateException unless compiled with it
    Tensor inputGradient() {
        if (inputGradient == null) {
            throw new IllegalStateException("compiled without the images' gradient");
        }
        return inputGradient;
    }

    /// `[n, 1, 1, classes]`.
    public Tensor logits() {
        return logits;
    }

    /// Derivative of the loss by the logits, `[n, 1, 1, classes]`: written by the plan's owner
    /// before [#backward], which may destroy it.
    public Tensor logitsGradient() {
        return logitsGradient;
    }

    /// Images per mini-batch, `n`.
    public int batch() {
        return input.batch();
    }

    /// Drop paths from input to output.
    public List<PlanGate> gates() {
        return gates;
    }

    /// Dropout layers, in the order in which they run.
    public List<PlanDropout> dropouts() {
        return dropouts;
    }

    public Kernels kernels() {
        return kernels;
    }

    /// Bytes of native memory that this plan holds, without the parameters.
    public long bytes() {
        return memory.bytes() + kernels.workspaceBytes();
    }

    /// @param observer told of every operation from now on; null for nobody
    public void observe(@Nullable Clock observer) {
        clock = observer;
    }

    /// Layers from input to output, in the network's own order, whatever order the kernels run them
    /// in; a ReLU or drop path that another operation took in is not among them.
    public List<String> layers() {
        return fromInput.stream().map(Bound::layer).toList();
    }

    /// What the operations gave out that ran in the newest forward pass, in the order of [#layers].
    /// Ask before the gates are drawn anew.
    public List<Activation> activations() {
        return fromInput.stream()
                .filter(b -> !b.skipped())
                .peek(b -> b.operation().reveal())
                .map(b -> new Activation(b.layer(), b.output(), b.rectified()))
                .toList();
    }

    /// Computes [#logits] of [#input].
    ///
    /// @param training batch statistics and dropout masks if true; running statistics and no
    ///   dropout if false. Gates are as their owner drew or set them
    public void forward(boolean training) {
        for (int i = 0; i < tape.size(); i++) {
            Bound bound = tape.get(i);
            if (!bound.skipped()) {
                long start = clock == null ? 0 : System.nanoTime();
                bound.operation().forward(training);
                if (clock != null) {
                    clock.tick(bound.layer(), true, System.nanoTime() - start);
                }
            }
        }
    }

    /// Computes every parameter's gradient from [#logitsGradient], after `forward(true)`.
    public void backward() {
        for (int i = tape.size() - 1; i >= 0; i--) {
            Bound bound = tape.get(i);
            if (bound.skipped()) {
                for (int k = 0; k < bound.orphans().size(); k++) {
                    kernels.fill(bound.orphans().get(k), 0);
                }
                if (!cleared[i]) {
                    bound.arrays().forEach(t -> kernels.fill(t, 0));
                    cleared[i] = true;
                }
            } else {
                long start = clock == null ? 0 : System.nanoTime();
                for (int k = 0; k < bound.completions().size(); k++) {
                    Completion part = bound.completions().get(k);
                    part.features().complete(part.from(), part.to());
                }
                bound.operation().backward();
                cleared[i] = false;
                if (clock != null) {
                    clock.tick(bound.layer(), false, System.nanoTime() - start);
                }
            }
        }
    }

    /// The first layer, from the input, whose output of the last forward pass holds a number that
    /// is not finite.
    public Optional<String> firstNonFinite() {
        for (Bound bound : fromInput) {
            if (!bound.skipped()) {
                bound.operation().reveal();
                for (double v : bound.output().toDoubles()) {
                    if (!Double.isFinite(v)) {
                        return Optional.of(bound.layer());
                    }
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        kernels.close();
        memory.close();
    }
}
