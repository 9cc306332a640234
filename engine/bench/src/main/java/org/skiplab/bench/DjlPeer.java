package org.skiplab.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.List;

/// DJL's blocks on libtorch.
final class DjlPeer {
    private DjlPeer() {}

    static double median(Model model, int batch, int warmUp, int steps) throws Exception {
        Shape images = new Shape(batch, 3, Peer.PIXELS, Peer.PIXELS);
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                        .optOptimizer(
                                Optimizer.sgd()
                                        .setLearningRateTracker(Tracker.fixed(Peer.RATE))
                                        .optMomentum(Peer.MOMENTUM)
                                        .optWeightDecays(Peer.DECAY)
                                        .build())
                        .optDevices(new Device[] {Device.cpu()});
        try (ai.djl.Model holder = ai.djl.Model.newInstance("peer", Device.cpu(), "PyTorch")) {
            holder.setBlock(network(model));
            try (Trainer trainer = holder.newTrainer(config)) {
                trainer.initialize(images);
                NDArray x = trainer.getManager().randomNormal(images);
                NDArray y =
                        trainer.getManager()
                                .randomInteger(
                                        0, Peer.CLASSES, new Shape(batch), DataType.INT64)
                                .toType(DataType.FLOAT32, false);
                return Peer.median(() -> step(trainer, x, y), warmUp, steps);
            }
        }
    }

    private static void step(Trainer trainer, NDArray x, NDArray y) {
        try (GradientCollector collector = trainer.newGradientCollector()) {
            NDList logits = trainer.forward(new NDList(x));
            NDArray loss = trainer.getLoss().evaluate(new NDList(y), logits);
            collector.backward(loss);
            loss.toFloatArray();
            loss.close();
            logits.close();
        }
        trainer.step();
    }

    private static Block network(Model model) {
        return switch (model) {
            case Model.Wide wide -> wide(wide);
            case Model.Dense dense -> dense(dense);
        };
    }

    private static SequentialBlock wide(Model.Wide wide) {
        SequentialBlock net = new SequentialBlock().add(convolution(16, 3, 1));
        int channels = 16;
        for (int stage = 0; stage < 3; stage++) {
            int width = 16 * wide.factor() << stage;
            for (int unit = 0; unit < wide.units(); unit++) {
                int stride = stage > 0 && unit == 0 ? 2 : 1;
                if (channels == width) {
                    net.add(sum(normalised(branch(width, stride)), Blocks.identityBlock()));
                } else {
                    net.add(normalised(sum(branch(width, stride), convolution(width, 1, stride))));
                }
                channels = width;
            }
        }
        return head(net);
    }

    private static Block branch(int width, int stride) {
        return new SequentialBlock()
                .add(convolution(width, 3, stride))
                .add(normalised(convolution(width, 3, 1)));
    }

    private static SequentialBlock dense(Model.Dense dense) {
        int channels = 2 * dense.growth();
        SequentialBlock net = new SequentialBlock().add(convolution(channels, 3, 1));
        for (int stage = 0; stage < 3; stage++) {
            for (int layer = 0; layer < dense.layers(); layer++) {
                Block added =
                        new SequentialBlock()
                                .add(normalised(convolution(4 * dense.growth(), 1, 1)))
                                .add(normalised(convolution(dense.growth(), 3, 1)));
                net.add(
                        new ParallelBlock(
                                parts ->
                                        new NDList(
                                                NDArrays.concat(
                                                        new NDList(
                                                                parts.get(0).singletonOrThrow(),
                                                                parts.get(1).singletonOrThrow()),
                                                        1)),
                                List.of(Blocks.identityBlock(), added)));
                channels += dense.growth();
            }
            if (stage < 2) {
                channels /= 2;
                net.add(normalised(convolution(channels, 1, 1)))
                        .add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
            }
        }
        return head(net);
    }

    private static SequentialBlock head(SequentialBlock net) {
        return net.add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(Pool.globalAvgPool2dBlock())
                .add(Linear.builder().setUnits(Peer.CLASSES).build());
    }

    private static Block sum(Block a, Block b) {
        return new ParallelBlock(
                parts ->
                        new NDList(
                                parts.get(0)
                                        .singletonOrThrow()
                                        .add(parts.get(1).singletonOrThrow())),
                List.of(a, b));
    }

    private static SequentialBlock normalised(Block next) {
        return new SequentialBlock()
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(next);
    }

    private static Block convolution(int channels, int kernel, int stride) {
        return Conv2d.builder()
                .setFilters(channels)
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optBias(false)
                .build();
    }
}
