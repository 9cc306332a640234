package org.skiplab.engine.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.SmallNetworks;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;
import org.skiplab.engine.kernel.KernelsUnderTest;

/// However memory and gradients are shared, a plan's gradients are the slopes of its logits, and
/// every kernel path computes the same ones.
class PlanGradientTest {
    private static final int BATCH = 3;
    private static final int LARGE_BATCH = 8;
    private static final Shape IMAGES = new Shape(8, 8, 3);

    static Stream<Network> networks() {
        List<Network> networks = new ArrayList<>();
        for (ActivationOrder order : ActivationOrder.values()) {
            networks.add(residual(order, Shortcut.PROJECTION, false, null));
        }
        for (Shortcut shortcut : Shortcut.values()) {
            networks.add(residual(ActivationOrder.ORIGINAL, shortcut, false, null));
            networks.add(residual(ActivationOrder.FULL_PRE_ACTIVATION, shortcut, true, null));
        }
        for (GateMode mode : GateMode.values()) {
            Gate gate = new Gate(mode, 0.7);
            networks.add(residual(ActivationOrder.ORIGINAL, Shortcut.PROJECTION, false, gate));
            networks.add(
                    residual(
                            ActivationOrder.FULL_PRE_ACTIVATION,
                            Shortcut.AVG_POOL_PAD,
                            false,
                            gate));
            networks.add(residual(ActivationOrder.ORIGINAL, Shortcut.NONE, false, gate));
            networks.add(residual(ActivationOrder.ORIGINAL, Shortcut.GATED, false, gate));
        }
        networks.add(
                SmallNetworks.chain(
                        "wide with dropout",
                        IMAGES,
                        new Stem(Stem.Form.CIFAR, 4, false),
                        new Wide(2, 2, 1, 0.3, null),
                        new Wide(3, 2, 2, 0.3, new Gate(GateMode.SAMPLE, 0.7)),
                        new Head(5, true, Head.Classifier.LINEAR)));
        networks.add(
                SmallNetworks.chain(
                        "dense with dropout",
                        IMAGES,
                        new Stem(Stem.Form.CIFAR, 5, true),
                        new DenseBlock(3, 3, 2, 0.2),
                        new Transition(0.5, true, 0.2),
                        new DenseBlock(2, 4, 0, 0),
                        new Head(5, true, Head.Classifier.COSINE)));
        networks.add(reused());
        networks.add(SmallNetworks.nestedGates(IMAGES));
        networks.add(sharedFeatures());
        return networks.stream();
    }

    private static Network residual(
            ActivationOrder order, Shortcut shortcut, boolean raw, @Nullable Gate gate) {
        return SmallNetworks.residual(IMAGES, 4, 2, order, shortcut, raw, gate, false);
    }

    /// Values that several layers read, twice by one layer, and in place and not in place of a
    /// concatenation.
    private static Network reused() {
        return SmallNetworks.free(
                "reused",
                IMAGES,
                List.of(
                        new Node("a", Primitive.Convolution.c3(4, 1), "input"),
                        new Node("r", new Primitive.Relu(), "a"),
                        new Node("twice", new Primitive.Add(), "r", "r", "a"),
                        new Node("square", new Primitive.Multiply(), "a", "a"),
                        new Node("s", new Primitive.Sigmoid(), "square"),
                        new Node("cat", new Primitive.Concat(), "r", "s", "r"),
                        new Node("bn", Primitive.BatchNorm.PLAIN, "cat"),
                        new Node("cat2", new Primitive.Concat(), "cat", "twice", "bn"),
                        new Node("pool", new Primitive.MaxPool(3, 2, 1), "cat2"),
                        new Node("half", new Primitive.Scale(0.5), "pool"),
                        new Node("sum", new Primitive.Add(), "pool", "half"),
                        new Node("relu", new Primitive.Relu(), "sum"),
                        new Node("gap", new Primitive.GlobalAvgPool(), "relu"),
                        new Node("fc", new Primitive.Linear(5, true), "gap")));
    }

    /// Batch norms of growing concatenations: read by one pointwise convolution, by several
    /// readers, and left out by gates that leave others in.
    private static Network sharedFeatures() {
        Primitive.DropPath gate = new Primitive.DropPath(new Gate(GateMode.BATCH, 0.5));
        return SmallNetworks.free(
                "shared features",
                IMAGES,
                List.of(
                        new Node("a", Primitive.Convolution.c3(6, 1), "input"),
                        new Node("n1", Primitive.BatchNorm.PLAIN, "a"),
                        new Node("r1", new Primitive.Relu(), "n1"),
                        new Node("p1", pointwise(5), "r1"),
                        new Node("cat1", new Primitive.Concat(), "a", "p1"),
                        new Node("n2", Primitive.BatchNorm.PLAIN, "cat1"),
                        new Node("r2", new Primitive.Relu(), "n2"),
                        new Node("p2", pointwise(4), "r2"),
                        new Node("g2", gate, "p2"),
                        new Node("cat2", new Primitive.Concat(), "cat1", "g2"),
                        new Node("n3", Primitive.BatchNorm.PLAIN, "cat2"),
                        new Node("p3", pointwise(3), "n3"),
                        new Node("q3", Primitive.Convolution.c3(2, 1), "n3"),
                        new Node("cat3", new Primitive.Concat(), "cat2", "p3", "q3"),
                        new Node("n4", Primitive.BatchNorm.PLAIN, "cat3"),
                        new Node("p4", pointwise(20), "n4"),
                        new Node("g4", gate, "p4"),
                        new Node("sum", new Primitive.Add(), "cat3", "g4"),
                        new Node("n5", Primitive.BatchNorm.PLAIN, "cat3"),
                        new Node("cat4", new Primitive.Concat(), "cat3", "sum"),
                        new Node("n6", Primitive.BatchNorm.PLAIN, "cat4"),
                        new Node("p6", pointwise(20), "n6"),
                        new Node("total", new Primitive.Add(), "n5", "p6"),
                        new Node("gap", new Primitive.GlobalAvgPool(), "total"),
                        new Node("fc", new Primitive.Linear(5, true), "gap")));
    }

    private static Primitive.Convolution pointwise(int channels) {
        return new Primitive.Convolution(channels, 1, 1, 0, false);
    }

    static Stream<Named<Network>> named() {
        return networks().map(network -> Named.of(network.name(), network));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("named")
    void gradientsAreSlopes(Network network) {
        Slopes.check(network, BATCH, 3);
    }

    static Stream<KernelsUnderTest> singles() {
        return KernelsUnderTest.all().filter(k -> k != KernelsUnderTest.PORTABLE_DOUBLE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("singles")
    void everyPathComputesTheSame(KernelsUnderTest implementation) {
        networks().forEach(network -> Slopes.compare(network, BATCH, 3, implementation));
    }

    /// Wide enough for the fast path to compute several operations in one walk.
    static Stream<Network> wideEnough() {
        List<Network> networks = new ArrayList<>();
        for (ActivationOrder order :
                List.of(ActivationOrder.ORIGINAL, ActivationOrder.FULL_PRE_ACTIVATION)) {
            networks.add(wideEnough(order, null));
            networks.add(wideEnough(order, new Gate(GateMode.BATCH, 0.5)));
            networks.add(wideEnough(order, new Gate(GateMode.SAMPLE, 0.5)));
        }
        networks.add(
                SmallNetworks.chain(
                        "dense with bottlenecks",
                        IMAGES,
                        new Stem(Stem.Form.CIFAR, 16, false),
                        new DenseBlock(3, 8, 4, 0),
                        new Transition(0.5, true, 0),
                        new DenseBlock(2, 8, 4, 0),
                        new Head(5, true, Head.Classifier.LINEAR)));
        networks.add(normsBehindConvolutions());
        return networks.stream();
    }

    /// Batch norms right behind convolutions: alone and read twice, beside another reader, left out
    /// by a gate that leaves the convolution in, with an addition's gradient for their own, and
    /// behind the last pointwise convolution that reads shared features.
    private static Network normsBehindConvolutions() {
        Primitive wide = Primitive.Convolution.c3(16, 1);
        Primitive.DropPath gate = new Primitive.DropPath(new Gate(GateMode.BATCH, 0.5));
        return SmallNetworks.free(
                "norms behind convolutions",
                IMAGES,
                List.of(
                        new Node("a", wide, "input"),
                        new Node("c1", wide, "a"),
                        new Node("n1", Primitive.BatchNorm.PLAIN, "c1"),
                        new Node("r1", new Primitive.Relu(), "n1"),
                        new Node("c2", wide, "r1"),
                        new Node("n2", Primitive.BatchNorm.PLAIN, "c2"),
                        new Node("sum2", new Primitive.Add(), "n2", "r1"),
                        new Node("c3", wide, "sum2"),
                        new Node("n3", Primitive.BatchNorm.PLAIN, "c3"),
                        new Node("s3", new Primitive.Scale(0.5), "c3"),
                        new Node("c4", wide, "s3"),
                        new Node("n4", Primitive.BatchNorm.PLAIN, "c4"),
                        new Node("g4", gate, "n4"),
                        new Node("c5", wide, "s3"),
                        new Node("g5", gate, "c5"),
                        new Node("n5", Primitive.BatchNorm.PLAIN, "c5"),
                        new Node("cat", new Primitive.Concat(), "n3", "sum2"),
                        new Node("n6", Primitive.BatchNorm.PLAIN, "cat"),
                        new Node("r6", new Primitive.Relu(), "n6"),
                        new Node("p6", pointwise(16), "r6"),
                        new Node("n7", Primitive.BatchNorm.PLAIN, "p6"),
                        new Node("r7", new Primitive.Relu(), "n7"),
                        new Node("c7", wide, "r7"),
                        new Node("total", new Primitive.Add(), "c7", "g4", "n5", "g5"),
                        new Node("gap", new Primitive.GlobalAvgPool(), "total"),
                        new Node("fc", new Primitive.Linear(5, true), "gap")));
    }

    private static Network wideEnough(ActivationOrder order, @Nullable Gate gate) {
        return SmallNetworks.residual(
                IMAGES, 16, 4, order, Shortcut.PROJECTION, false, gate, false);
    }

    /// None where there is no oneDNN.
    static Stream<KernelsUnderTest> fast() {
        return KernelsUnderTest.all().filter(k -> k == KernelsUnderTest.ONEDNN);
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("fast")
    void operationsInOneWalkComputeTheSame(KernelsUnderTest implementation) {
        wideEnough().forEach(network -> Slopes.compare(network, LARGE_BATCH, 3, implementation));
    }
}
