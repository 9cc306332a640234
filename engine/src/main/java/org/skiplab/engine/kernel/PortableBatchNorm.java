package org.skiplab.engine.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastSubOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.skiplab.engine.graph.Primitive.BatchNorm;

/// Batch norm in plain array arithmetic: ND4J's `batchnorm_bp` takes its statistics for constants.
final class PortableBatchNorm implements Operation {
    private final long count;
    private final INDArray x;
    private final INDArray xImages;
    private final INDArray gamma;
    private final INDArray beta;
    private final INDArray runningMean;
    private final INDArray runningVariance;
    private final INDArray y;
    private final @Nullable BoundOp relu;

    private final INDArray mean;
    private final INDArray variance;

    /// `1 / √(σ² + ε)`.
    private final INDArray inverse;

    /// `γ / √(σ² + ε)`.
    private final INDArray slope;

    private final INDArray gammaGradient;
    private final INDArray betaGradient;

    private final ColumnSums sums;
    private final INDArray normalised;
    private final INDArray product;
    private final INDArray productImages;

    private final @Nullable Tensor gammaReceiver;
    private final @Nullable Tensor betaReceiver;
    private final Staging.@Nullable Target dx;
    private final @Nullable INDArray dy;
    private final @Nullable INDArray dyImages;
    private final @Nullable BoundOp mask;

    PortableBatchNorm(BatchNormOperands operands, Scratch scratch) {
        Operand x = operands.x();
        Operand y = operands.y();
        Tensor in = x.value();
        long c = operands.channels();
        count = operands.pixels();
        this.x = Views.matrix(in);
        xImages = Views.images(in);
        gamma = Views.vector(operands.gamma().value());
        beta = Views.vector(operands.beta().value());
        runningMean = Views.vector(operands.runningMean());
        runningVariance = Views.vector(operands.runningVariance());
        this.y = Views.matrix(y.value());
        relu = operands.relu() ? BoundOp.relu(this.y, this.y) : null;

        mean = scratch.kept(c);
        variance = scratch.kept(c);
        inverse = scratch.kept(c);
        slope = scratch.kept(c);
        gammaGradient = scratch.kept(c);
        betaGradient = scratch.kept(c);

        sums = new ColumnSums(in, scratch);
        normalised = scratch.shared(Scratch.Use.FIRST, count, c);
        product = scratch.shared(Scratch.Use.SECOND, count, c);
        productImages = product.reshape('c', in.batch(), count / in.batch(), c);

        gammaReceiver = operands.gamma().gradient();
        betaReceiver = operands.beta().gradient();
        dx =
                x.gradient() == null
                        ? null
                        : Staging.Target.of(x.gradient(), x.accumulates(), scratch);
        dy = y.gradient() == null ? null : Views.matrix(y.gradient());
        dyImages = y.gradient() == null ? null : Views.images(y.gradient());
        mask = relu != null && dy != null ? BoundOp.reluGradient(this.y, dy, dy) : null;
    }

    @Override
    public void forward(boolean training) {
        if (training) {
            sums.of(xImages, mean);
            mean.divi(count);
            Nd4j.exec(new BroadcastSubOp(x, mean, normalised, 1));
            normalised.muli(normalised, product);
            sums.of(productImages, variance);
            variance.divi(count);
            move(runningMean, mean, 1);
            move(runningVariance, variance, count == 1 ? 1 : count / (count - 1.0));
        } else {
            mean.assign(runningMean);
            variance.assign(runningVariance);
            Nd4j.exec(new BroadcastSubOp(x, mean, normalised, 1));
        }
        variance.addi(BatchNorm.EPSILON, inverse);
        Transforms.sqrt(inverse, false).rdivi(1);
        inverse.muli(gamma, slope);
        Nd4j.exec(new BroadcastMulOp(normalised, slope, normalised, 1));
        Nd4j.exec(new BroadcastAddOp(normalised, beta, y, 1));
        if (relu != null) {
            relu.run();
        }
    }

    private static void move(INDArray running, INDArray batch, double correction) {
        try (INDArray part = batch.mul(BatchNorm.MOMENTUM * correction)) {
            running.muli(1 - BatchNorm.MOMENTUM).addi(part);
        }
    }

    @Override
    public void backward() {
        if (dy == null || dyImages == null) {
            throw new IllegalStateException("bound without gradients");
        }
        if (mask != null) {
            mask.run();
        }
        Nd4j.exec(new BroadcastSubOp(x, mean, normalised, 1));
        Nd4j.exec(new BroadcastMulOp(normalised, inverse, normalised, 1));
        normalised.muli(dy, product);
        sums.of(productImages, gammaGradient);
        sums.of(dyImages, betaGradient);
        if (gammaReceiver != null) {
            Views.vector(gammaReceiver).assign(gammaGradient);
        }
        if (betaReceiver != null) {
            Views.vector(betaReceiver).assign(betaGradient);
        }
        if (dx != null) {
            gammaGradient.divi(count);
            betaGradient.divi(count);
            Nd4j.exec(new BroadcastMulOp(normalised, gammaGradient, normalised, 1));
            dy.subi(normalised, product);
            Nd4j.exec(new BroadcastSubOp(product, betaGradient, product, 1));
            Nd4j.exec(new BroadcastMulOp(product, slope, dx.matrix(), 1));
            dx.deliver();
        }
    }
}
