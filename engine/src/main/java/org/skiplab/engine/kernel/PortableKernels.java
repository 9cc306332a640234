package org.skiplab.engine.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.skiplab.engine.graph.Primitive;

/// Kernels made of ND4J's own operations: for machines without oneDNN, and the reference for it.
/// Running an operation allocates little, but not nothing.
public final class PortableKernels implements Kernels {
    /// 8 MB of floats: enough for one matrix product to be efficient, whatever the batch.
    private static final long COLUMNS = 1 << 21;

    private final DataType type;
    private final Scratch scratch;

    /// @throws IllegalArgumentException unless the type is FLOAT or DOUBLE
    public PortableKernels(DataType type) {
        this(type, COLUMNS);
    }

    /// @param columns numbers in one piece of a convolution's window matrix
    PortableKernels(DataType type, long columns) {
        this(type, columns, false);
    }

    private PortableKernels(DataType type, long columns, boolean imagined) {
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("FLOAT or DOUBLE, not " + type);
        }
        Threads.prepareOpenMp();
        this.type = type;
        scratch = new Scratch(type, columns, imagined);
    }

    /// Operations that are only bound, to know what they need, never run.
    static PortableKernels imagined(DataType type) {
        return new PortableKernels(type, COLUMNS, true);
    }

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public DataType type() {
        return type;
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
        return new PortableConvolution(layer, x, weight, bias, y, scratch);
    }

    @Override
    public Operation batchNorm(BatchNormOperands operands, @Nullable Primitive reader) {
        OperandShapes.batchNorm(operands);
        return new PortableBatchNorm(operands, scratch);
    }

    @Override
    public Operation relu(Operand x, Operand y) {
        OperandShapes.relu(x, y);
        return new PortableElementwise.Relu(x, y, scratch);
    }

    @Override
    public Operation sigmoid(Operand x, Operand y) {
        OperandShapes.sigmoid(x, y);
        return new PortableElementwise.Sigmoid(x, y, scratch);
    }

    @Override
    public Operation scale(double factor, Operand x, Operand y) {
        OperandShapes.scale(x, y);
        return new PortableElementwise.Scale(factor, x, y, scratch);
    }

    @Override
    public Operation dropout(Tensor mask, Operand x, Operand y) {
        OperandShapes.dropout(mask, x, y);
        return new PortableElementwise.Dropout(mask, x, y, scratch);
    }

    @Override
    public Operation gate(GateFactors factors, Operand x, Operand y) {
        OperandShapes.gate(factors, x, y);
        return new PortableElementwise.Gate(factors, x, y, scratch);
    }

    @Override
    public Operation add(
            List<Operand> xs, List<@Nullable GateFactors> gates, Operand y, boolean relu) {
        OperandShapes.add(xs, gates, y);
        return new PortableJoins.Add(xs, gates, y, relu, scratch);
    }

    @Override
    public Operation multiply(Operand a, Operand b, Operand y) {
        OperandShapes.multiply(a, b, y);
        return new PortableElementwise.Multiply(a, b, y, scratch);
    }

    @Override
    public Operation concat(List<Operand> xs, Operand y) {
        OperandShapes.concat(xs, y);
        return new PortableJoins.Concat(xs, y);
    }

    @Override
    public Operation maxPool(Primitive.MaxPool layer, Operand x, Operand y) {
        OperandShapes.maxPool(layer, x, y);
        return new PortablePooling.Windowed(
                "maxpool2d", layer.kernel(), layer.stride(), layer.padding(), x, y, scratch);
    }

    @Override
    public Operation avgPool(Primitive.AvgPool layer, Operand x, Operand y) {
        OperandShapes.avgPool(layer, x, y);
        return new PortablePooling.Windowed(
                "avgpool2d", layer.kernel(), layer.stride(), 0, x, y, scratch);
    }

    @Override
    public Operation globalAvgPool(Operand x, Operand y) {
        OperandShapes.globalAvgPool(x, y);
        return new PortablePooling.Global(x, y, scratch);
    }

    @Override
    public Operation padChannels(Operand x, Operand y) {
        OperandShapes.padChannels(x, y);
        return new PortableJoins.PadChannels(x, y);
    }

    @Override
    public Operation linear(Operand x, Operand weight, @Nullable Operand bias, Operand y) {
        OperandShapes.linear(x, weight, bias, y);
        return new PortableClassifier.Linear(x, weight, bias, y, scratch);
    }

    @Override
    public Operation cosine(Operand x, Tensor weight, Operand y) {
        OperandShapes.cosine(x, weight, y);
        return new PortableClassifier.Cosine(x, weight, y, scratch);
    }

    @Override
    public void sgd(Tensor value, Tensor gradient, Tensor velocity, SgdStep step) {
        INDArray w = Views.vector(value);
        INDArray v = Views.vector(velocity);
        INDArray g = scratch.shared(Scratch.Use.FIRST, value.size());
        INDArray move = scratch.shared(Scratch.Use.SECOND, value.size());

        decayed(gradient, step.scale(), w, step.decay(), g, move);
        v.muli(step.momentum()).addi(g);
        if (step.nesterov()) {
            v.muli(step.momentum(), move);
            move.addi(g).muli(step.rate());
        } else {
            v.muli(step.rate(), move);
        }
        w.subi(move);
    }

    @Override
    public void adam(Tensor value, Tensor gradient, Tensor first, Tensor second, AdamStep step) {
        INDArray w = Views.vector(value);
        INDArray m = Views.vector(first);
        INDArray v = Views.vector(second);
        INDArray g = scratch.shared(Scratch.Use.FIRST, value.size());
        INDArray root = scratch.shared(Scratch.Use.SECOND, value.size());

        double rate = step.rate();
        double beta1 = step.beta1();
        double beta2 = step.beta2();
        decayed(gradient, step.scale(), w, step.decoupled() ? 0 : step.decay(), g, root);
        if (step.decoupled()) {
            w.muli(1 - rate * step.decay());
        }
        g.muli(1 - beta1, root);
        m.muli(beta1).addi(root);
        g.muli(g).muli(1 - beta2);
        v.muli(beta2).addi(g);

        root.assign(v);
        Transforms.sqrt(root, false)
                .divi(Math.sqrt(1 - Math.pow(beta2, step.number())))
                .addi(step.epsilon());
        m.divi(root, g);
        w.subi(g.muli(rate / (1 - Math.pow(beta1, step.number()))));
    }

    /// `g = scale · gradient + decay · w`.
    private static void decayed(
            Tensor gradient, double scale, INDArray w, double decay, INDArray g, INDArray spare) {
        Views.vector(gradient).muli(scale, g);
        if (decay != 0) {
            w.muli(decay, spare);
            g.addi(spare);
        }
    }

    @Override
    public void drawMask(Tensor mask, double probability, long seed) {
        DropoutMask.drawPlainly(mask, probability, seed);
    }

    @Override
    public void prepareUpdates(long numbers) {
        INDArray _ = scratch.shared(Scratch.Use.FIRST, numbers);
        INDArray _ = scratch.shared(Scratch.Use.SECOND, numbers);
    }

    @Override
    public double squares(Tensor tensor) {
        double sum = 0;
        for (long i = 0; i < tensor.size(); i++) {
            double number = tensor.get(i);
            sum += number * number;
        }
        return sum;
    }

    @Override
    public void fill(Tensor target, double value) {
        Views.matrix(target).assign(value);
    }

    @Override
    public long workspaceBytes() {
        return scratch.bytes();
    }

    @Override
    public void close() {
        scratch.close();
    }
}
