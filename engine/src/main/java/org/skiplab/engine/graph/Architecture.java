package org.skiplab.engine.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Head.Classifier;

/// A published way to build networks of any legal size. Blocks are named `stem`, `stage1_block1`,
/// `dense1`, `transition1`, `head`.
public sealed interface Architecture {

    /// The network for images of shape `input` and `classes` logits.
    Network network(String name, Shape input, int classes);

    /// Three stages of 16, 32 and 64 channels (64, 128, 256 for bottlenecks) for small images,
    /// 1512.03385 §4.2 and 1603.05027 §5.
    ///
    /// @param depth `6n + 2` for basic blocks, `9n + 2` for bottlenecks
    /// @param gate the drop path of every block, or null
    record CifarResNet(
            int depth,
            Residual.Form form,
            ActivationOrder order,
            Shortcut shortcut,
            @Nullable Gate gate)
            implements Architecture {

        /// @throws IllegalArgumentException naming the nearest legal depths
        public CifarResNet {
            rule(form).repeats(depth);
        }

        /// The depths that blocks of this form can make.
        public static DepthRule rule(Residual.Form form) {
            return switch (form) {
                case BASIC -> DepthRule.BASIC;
                case BOTTLENECK -> DepthRule.BOTTLENECK;
            };
        }

        @Override
        public Network network(String name, Shape input, int classes) {
            int repeats = rule(form).repeats(depth);
            Chain chain = new Chain();
            chain.add("stem", new Stem(Stem.Form.CIFAR, 16, normalisesStem(order)));
            for (int stage = 1; stage <= 3; stage++) {
                for (int block = 1; block <= repeats; block++) {
                    int stride = stage > 1 && block == 1 ? 2 : 1;
                    chain.add(
                            block(stage, block),
                            new Residual(
                                    form,
                                    16 << (stage - 1),
                                    stride,
                                    order,
                                    shortcut,
                                    false,
                                    false,
                                    gate));
                }
            }
            chain.add("head", new Head(classes, activatesHead(order), Classifier.LINEAR));
            return chain.build(name, input);
        }
    }

    /// Stages of 64, 128, 256 and 512 channels (four times as many for bottlenecks) for large
    /// images, 1512.03385 §4.1.
    ///
    /// @param blocks number of blocks of each stage, four in the paper
    /// @param projectEveryStage whether the first block of every stage has a projection, also where
    ///   shapes agree
    /// @param rawProjection v2 only: projections read the raw input through conv + BN
    /// @param activatedHead whether batch norm and ReLU precede the pooling
    /// @param gate the drop path of every block, or null
    record ImageNetResNet(
            List<Integer> blocks,
            Residual.Form form,
            ActivationOrder order,
            boolean projectEveryStage,
            boolean rawProjection,
            boolean activatedHead,
            @Nullable Gate gate)
            implements Architecture {

        public ImageNetResNet {
            blocks = List.copyOf(blocks);
        }

        @Override
        public Network network(String name, Shape input, int classes) {
            Chain chain = new Chain();
            chain.add("stem", new Stem(Stem.Form.IMAGENET, 64, true));
            for (int stage = 1; stage <= blocks.size(); stage++) {
                for (int block = 1; block <= blocks.get(stage - 1); block++) {
                    boolean first = block == 1;
                    chain.add(
                            block(stage, block),
                            new Residual(
                                    form,
                                    64 << (stage - 1),
                                    first && stage > 1 ? 2 : 1,
                                    order,
                                    first && projectEveryStage
                                            ? Shortcut.PROJECTION_ALWAYS
                                            : Shortcut.PROJECTION,
                                    rawProjection,
                                    false,
                                    gate));
                }
            }
            chain.add("head", new Head(classes, activatedHead, Classifier.LINEAR));
            return chain.build(name, input);
        }
    }

    /// WRN-depth-widening: three groups of 16, 32, 64 times `widening` channels, 1605.07146 §2.3.
    ///
    /// @param depth `6n + 4`
    /// @param dropout between the convolutions, 0 for none
    record WideResNet(int depth, int widening, double dropout) implements Architecture {

        /// @throws IllegalArgumentException naming the nearest legal depths, or what the widening
        ///   factor or dropout must be
        public WideResNet {
            DepthRule.WIDE.repeats(depth);
            Checks.positive("widening factor", widening);
            Checks.dropout(dropout);
        }

        @Override
        public Network network(String name, Shape input, int classes) {
            int repeats = DepthRule.WIDE.repeats(depth);
            Chain chain = new Chain();
            chain.add("stem", new Stem(Stem.Form.CIFAR, 16, false));
            for (int stage = 1; stage <= 3; stage++) {
                for (int block = 1; block <= repeats; block++) {
                    int stride = stage > 1 && block == 1 ? 2 : 1;
                    chain.add(
                            block(stage, block),
                            new Wide(16 << (stage - 1), widening, stride, dropout, null));
                }
            }
            chain.add("head", new Head(classes, true, Classifier.LINEAR));
            return chain.build(name, input);
        }
    }

    /// Three dense blocks for small images, 1608.06993 §3 and §4.2. The plain form has a stem of 16
    /// channels and keeps all channels in transitions; -BC has bottlenecks, a stem of 2k channels
    /// and compression 0.5.
    ///
    /// @param depth `3n + 4`, with bottlenecks `6n + 4`
    /// @param growth the growth rate k
    /// @param bottleneck whether a 1×1 convolution to 4k channels precedes each 3×3 (-B)
    /// @param compression the share θ of the channels that transitions keep, in (0, 1] (-C: 0.5)
    /// @param dropout after each convolution, 0 for none; 0.2 in the paper without augmentation
    record DenseNet(int depth, int growth, boolean bottleneck, double compression, double dropout)
            implements Architecture {

        /// @throws IllegalArgumentException naming the nearest legal depths, or what the growth
        ///   rate, compression or dropout must be
        public DenseNet {
            rule(bottleneck).repeats(depth);
            Checks.positive("growth rate", growth);
            Checks.compression(compression);
            Checks.dropout(dropout);
        }

        public static DenseNet plain(int depth, int growth) {
            return new DenseNet(depth, growth, false, 1, 0);
        }

        public static DenseNet bc(int depth, int growth) {
            return new DenseNet(depth, growth, true, 0.5, 0);
        }

        /// The depths that dense blocks with or without bottlenecks can make.
        public static DepthRule rule(boolean bottleneck) {
            return bottleneck ? DepthRule.DENSE_BOTTLENECK : DepthRule.DENSE;
        }

        @Override
        public Network network(String name, Shape input, int classes) {
            int layers = rule(bottleneck).repeats(depth);
            int stem = bottleneck && compression < 1 ? 2 * growth : 16;
            return dense(
                    new Stem(Stem.Form.CIFAR, stem, false),
                    List.of(layers, layers, layers),
                    growth,
                    bottleneck ? 4 : 0,
                    compression,
                    dropout,
                    classes,
                    name,
                    input);
        }
    }

    /// DenseNet-BC with the ImageNet stem, 1608.06993 Table 1.
    ///
    /// @param layers number of layers of each dense block
    /// @param stem channels of the stem, 2k
    record ImageNetDenseNet(List<Integer> layers, int growth, int stem) implements Architecture {

        public ImageNetDenseNet {
            layers = List.copyOf(layers);
        }

        @Override
        public Network network(String name, Shape input, int classes) {
            return dense(
                    new Stem(Stem.Form.IMAGENET, stem, true),
                    layers,
                    growth,
                    4,
                    0.5,
                    0,
                    classes,
                    name,
                    input);
        }
    }

    private static Network dense(
            Stem stem,
            List<Integer> layers,
            int growth,
            int bottleneck,
            double compression,
            double dropout,
            int classes,
            String name,
            Shape input) {
        Chain chain = new Chain().add("stem", stem);
        for (int i = 1; i <= layers.size(); i++) {
            chain.add("dense" + i, new DenseBlock(layers.get(i - 1), growth, bottleneck, dropout));
            if (i < layers.size()) {
                chain.add("transition" + i, new Transition(compression, true, dropout));
            }
        }
        chain.add("head", new Head(classes, true, Classifier.LINEAR));
        return chain.build(name, input);
    }

    private static String block(int stage, int block) {
        return "stage" + stage + "_block" + block;
    }

    /// v2 blocks begin with their own batch norm and ReLU, so their stem has none.
    private static boolean normalisesStem(ActivationOrder order) {
        return order != ActivationOrder.FULL_PRE_ACTIVATION;
    }

    /// Blocks that activate first leave the last sum bare.
    private static boolean activatesHead(ActivationOrder order) {
        return order == ActivationOrder.FULL_PRE_ACTIVATION
                || order == ActivationOrder.RELU_ONLY_PRE_ACTIVATION;
    }
}
