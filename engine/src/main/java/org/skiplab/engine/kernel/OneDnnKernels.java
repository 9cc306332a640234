package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Primitive;

/// The fast path: [Convolutions] by oneDNN and Winograd's algorithm, and our own vector code, on
/// the INDArrays' memory.
public final class OneDnnKernels implements Kernels {

    private final OneDnn dnn;
    private final Team team;
    private final VectorElementwise elementwise;
    private final VectorUpdates updates;
    private final DropoutMask masks;
    private final Convolutions convolutions;

    /// @throws LinkageError if this platform has no oneDNN library
    public OneDnnKernels() {
        this(false);
    }

    /// @param imagined whether operations are only bound, to know what they need, never run
    OneDnnKernels(boolean imagined) {
        Threads.prepareOpenMp();
        dnn = new OneDnn(imagined);
        team = Team.of(Threads.COUNT); // after oneDNN, which brings its threads along
        updates = new VectorUpdates(team);
        masks = new DropoutMask(team);
        elementwise = new VectorElementwise(team, imagined);
        convolutions = new Convolutions(dnn, team, elementwise, imagined);
    }

    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public DataType type() {
        return DataType.FLOAT;
    }

    @Override
    public Operation convolution(
            Primitive.Convolution layer,
            Operand x,
            Operand weight,
            @Nullable Operand bias,
            Operand y,
            boolean addedNext) {
        OperandShapes.convolution(layer, x, weight, bias, y);
        return convolutions.convolution(layer, x, weight, bias, y, addedNext);
    }

    /// The same without Winograd's algorithm, fused batch norms and skipped pixels.
    Operation directConvolution(
            Primitive.Convolution layer,
            Operand x,
            Operand weight,
            @Nullable Operand bias,
            Operand y) {
        OperandShapes.convolution(layer, x, weight, bias, y);
        return convolutions.direct(layer, x, weight, bias, y);
    }

    @Override
    public Operation batchNorm(BatchNormOperands operands, @Nullable Primitive reader) {
        OperandShapes.batchNorm(operands);
        return convolutions.batchNorm(operands, reader);
    }

    @Override
    public Operation batchNorm(BatchNormOperands operands, SharedFeatures.Reading reading) {
        OperandShapes.batchNorm(operands);
        return convolutions.batchNorm(operands, reading);
    }

    @Override
    public Optional<SharedFeatures> share(Operand all) {
        return Optional.of(new VectorFeatures(team, all));
    }

    @Override
    public boolean addsToReadPixels() {
        return true;
    }

    @Override
    public Operation relu(Operand x, Operand y) {
        OperandShapes.relu(x, y);
        return new Operation() {
            @Override
            public void forward(boolean training) {
                elementwise.relu(x.value(), y.value());
            }

            @Override
            public void backward() {
                elementwise.mask(y.incoming(), y.value(), y.incoming());
                elementwise.deliver(y.incoming(), x);
            }
        };
    }

    @Override
    public Operation sigmoid(Operand x, Operand y) {
        OperandShapes.sigmoid(x, y);
        return new VectorSigmoid(x, y);
    }

    @Override
    public Operation scale(double factor, Operand x, Operand y) {
        OperandShapes.scale(x, y);
        return new Operation() {
            @Override
            public void forward(boolean training) {
                elementwise.scale(x.value(), factor, y.value());
            }

            @Override
            public void backward() {
                Tensor dx = x.gradient();
                if (dx == null) {
                    return;
                }
                if (x.accumulates()) {
                    elementwise.accumulate(y.incoming(), factor, dx);
                } else {
                    elementwise.scale(y.incoming(), factor, dx);
                }
            }
        };
    }

    @Override
    public Operation dropout(Tensor mask, Operand x, Operand y) {
        OperandShapes.dropout(mask, x, y);
        return new Operation() {
            @Override
            public void forward(boolean training) {
                if (training) {
                    elementwise.multiply(x.value(), mask, false, y.value());
                } else {
                    elementwise.copy(x.value(), y.value());
                }
            }

            @Override
            public void backward() {
                Tensor dx = x.gradient();
                if (dx != null) {
                    elementwise.multiply(y.incoming(), mask, x.accumulates(), dx);
                }
            }
        };
    }

    @Override
    public Operation gate(GateFactors factors, Operand x, Operand y) {
        OperandShapes.gate(factors, x, y);
        return new Operation() {
            @Override
            public void forward(boolean training) {
                if (factors.closed()) {
                    fill(y.value(), 0);
                } else {
                    elementwise.scale(x.value(), factors, y.value());
                }
            }

            @Override
            public void backward() {
                Tensor dx = x.gradient();
                if (dx == null || factors.closed()) {
                    return;
                }
                if (x.accumulates()) {
                    elementwise.accumulate(y.incoming(), factors, dx);
                } else {
                    elementwise.scale(y.incoming(), factors, dx);
                }
            }
        };
    }

    @Override
    public Operation add(
            List<Operand> xs, List<@Nullable GateFactors> gates, Operand y, boolean relu) {
        OperandShapes.add(xs, gates, y);
        return convolutions.add(xs, gates, y, relu);
    }

    @Override
    public Operation multiply(Operand a, Operand b, Operand y) {
        OperandShapes.multiply(a, b, y);
        return new Operation() {
            @Override
            public void forward(boolean training) {
                elementwise.multiply(a.value(), b.value(), false, y.value());
            }

            @Override
            public void backward() {
                if (a.gradient() != null) {
                    elementwise.multiply(y.incoming(), b.value(), a.accumulates(), a.gradient());
                }
                if (b.gradient() != null) {
                    elementwise.multiply(y.incoming(), a.value(), b.accumulates(), b.gradient());
                }
            }
        };
    }

    @Override
    public Operation concat(List<Operand> xs, Operand y) {
        OperandShapes.concat(xs, y);
        List<Tensor> values = new ArrayList<>();
        List<Tensor> gradients = new ArrayList<>();
        int from = 0;
        for (Operand x : xs) {
            int to = from + x.value().channels();
            values.add(y.value().channels(from, to));
            gradients.add(y.incoming().channels(from, to));
            from = to;
        }
        return new Operation() {
            @Override
            public void forward(boolean training) {
                for (int i = 0; i < xs.size(); i++) {
                    if (!values.get(i).aliases(xs.get(i).value())) {
                        elementwise.copy(xs.get(i).value(), values.get(i));
                    }
                }
            }

            @Override
            public void backward() {
                for (int i = 0; i < xs.size(); i++) {
                    elementwise.deliver(gradients.get(i), xs.get(i));
                }
            }
        };
    }

    @Override
    public Operation maxPool(Primitive.MaxPool layer, Operand x, Operand y) {
        OperandShapes.maxPool(layer, x, y);
        return new VectorPooling(
                team, x, y, layer.kernel(), layer.kernel(), layer.stride(), layer.padding(), true);
    }

    @Override
    public Operation avgPool(Primitive.AvgPool layer, Operand x, Operand y) {
        OperandShapes.avgPool(layer, x, y);
        return average(x, y, layer.kernel(), layer.kernel(), layer.stride());
    }

    @Override
    public Operation globalAvgPool(Operand x, Operand y) {
        OperandShapes.globalAvgPool(x, y);
        return average(x, y, x.value().height(), x.value().width(), 1);
    }

    private Operation average(Operand x, Operand y, int height, int width, int stride) {
        return TiledAverage.takes(x, y, height, width, stride)
                ? new TiledAverage(team, x, y, height, width)
                : new VectorPooling(team, x, y, height, width, stride, 0, false);
    }

    @Override
    public Operation padChannels(Operand x, Operand y) {
        OperandShapes.padChannels(x, y);
        int channels = x.value().channels();
        Tensor copied = y.value().channels(0, channels);
        Tensor gradient = y.incoming().channels(0, channels);
        return new Operation() {
            @Override
            public void forward(boolean training) {
                if (channels < y.value().channels()) {
                    elementwise.fill(y.value(), 0);
                }
                elementwise.copy(x.value(), copied);
            }

            @Override
            public void backward() {
                elementwise.deliver(gradient, x);
            }
        };
    }

    @Override
    public Operation linear(Operand x, Operand weight, @Nullable Operand bias, Operand y) {
        OperandShapes.linear(x, weight, bias, y);
        return new VectorLinear(x, weight, bias, y);
    }

    @Override
    public Operation cosine(Operand x, Tensor weight, Operand y) {
        OperandShapes.cosine(x, weight, y);
        return new VectorCosine(x, weight, y);
    }

    @Override
    public void sgd(Tensor value, Tensor gradient, Tensor velocity, SgdStep step) {
        updates.sgd(value, gradient, velocity, step);
    }

    @Override
    public void adam(Tensor value, Tensor gradient, Tensor first, Tensor second, AdamStep step) {
        updates.adam(value, gradient, first, second, step);
    }

    @Override
    public void drawMask(Tensor mask, double probability, long seed) {
        masks.draw(mask, probability, seed);
    }

    @Override
    public void prepareUpdates(long numbers) {}

    @Override
    public double squares(Tensor tensor) {
        return updates.squares(tensor);
    }

    @Override
    public void fill(Tensor target, double value) {
        elementwise.fill(target, value);
    }

    @Override
    public long workspaceBytes() {
        return dnn.bytes() + elementwise.bytes() + convolutions.bytes();
    }

    @Override
    public void close() {
        team.close();
        dnn.close();
        elementwise.close();
        convolutions.close();
    }
}
