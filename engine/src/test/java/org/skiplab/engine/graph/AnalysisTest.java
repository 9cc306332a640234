package org.skiplab.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skiplab.engine.graph.Primitive.Add;
import org.skiplab.engine.graph.Primitive.AvgPool;
import org.skiplab.engine.graph.Primitive.BatchNorm;
import org.skiplab.engine.graph.Primitive.Concat;
import org.skiplab.engine.graph.Primitive.Convolution;
import org.skiplab.engine.graph.Primitive.DropPath;
import org.skiplab.engine.graph.Primitive.GlobalAvgPool;
import org.skiplab.engine.graph.Primitive.Linear;
import org.skiplab.engine.graph.Primitive.MaxPool;
import org.skiplab.engine.graph.Primitive.Multiply;
import org.skiplab.engine.graph.Primitive.PadChannels;
import org.skiplab.engine.graph.Primitive.Relu;

class AnalysisTest {
    private static final Shape IMAGE = new Shape(32, 32, 3);

    private static Network network(Shape input, Node... nodes) {
        return new Network("test", input, List.of(nodes), Survival.PAPER);
    }

    private static Analysis chain(Shape input, Block... blocks) {
        List<Node> nodes = new ArrayList<>();
        String last = Network.INPUT;
        for (int i = 0; i < blocks.length; i++) {
            nodes.add(new Node("n" + i, blocks[i], last));
            last = "n" + i;
        }
        return Analysis.of(network(input, nodes.toArray(Node[]::new)));
    }

    private static int field(Analysis analysis, String id) {
        return analysis.facts(id).orElseThrow().receptiveField();
    }

    private static int jump(Analysis analysis, String id) {
        return analysis.facts(id).orElseThrow().jump();
    }

    private static List<String> problems(Shape input, Node... nodes) {
        return lines(Analysis.of(network(input, nodes)));
    }

    private static List<String> lines(Analysis analysis) {
        return analysis.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void receptiveFieldsGrowByKernelTimesJump() {
        Analysis a =
                chain(
                        new Shape(99, 99, 1),
                        Convolution.c3(4, 1),
                        Convolution.c3(4, 2),
                        Convolution.c3(4, 1),
                        new MaxPool(2, 2, 0),
                        Convolution.c1(4, 1),
                        Convolution.c3(4, 1),
                        new GlobalAvgPool());
        assertThat(field(a, "n0")).isEqualTo(3);
        assertThat(field(a, "n1")).isEqualTo(5);
        assertThat(field(a, "n2")).isEqualTo(9);
        assertThat(field(a, "n3")).isEqualTo(11);
        assertThat(field(a, "n4")).isEqualTo(11);
        assertThat(field(a, "n5")).isEqualTo(19);
        assertThat(field(a, "n6")).as("no more than the image").isEqualTo(99);
        assertThat(jump(a, "n2")).isEqualTo(2);
        assertThat(jump(a, "n5")).isEqualTo(4);
    }

    @Test
    void aBlockSeesWhatItsLongestPathSees() {
        Analysis a =
                Analysis.of(
                        network(
                                new Shape(99, 99, 8),
                                new Node("r", Residual.v1(Residual.Form.BASIC, 8, 2), "input"),
                                new Node("d", new DenseBlock(3, 4, 4, 0), "r"),
                                new Node("t", new Transition(0.5, true, 0), "d")));
        assertThat(field(a, "r")).isEqualTo(1 + 2 + 2 * 2);
        assertThat(field(a, "d")).isEqualTo(7 + 3 * 2 * 2);
        assertThat(field(a, "t")).isEqualTo(19 + 2);
        assertThat(jump(a, "t")).isEqualTo(4);
    }

    @Test
    void theReceptiveFieldOfResNet20() {
        Analysis a = Analysis.of(Presets.get("resnet-20").network(new Shape(400, 400, 3), 10));
        // Two 3×3 convolutions in each of nine blocks, at jumps 1, 2 and 4; strided ones still see
        // the finer grid.
        assertThat(field(a, "stem")).isEqualTo(3);
        assertThat(field(a, "stage1_block3")).isEqualTo(3 + 6 * 2);
        assertThat(field(a, "stage2_block3")).isEqualTo(15 + 2 + 5 * 4);
        assertThat(field(a, "stage3_block3")).isEqualTo(37 + 4 + 5 * 8);
    }

    @ParameterizedTest
    @CsvSource({
        "resnet-8",
        "preact-resnet-20",
        "densenet-bc-22-12",
        "wrn-10-2",
        "stochastic-resnet-14"
    })
    void factsInsideAddUpToTheFactsOutside(String preset) {
        Network network = Presets.get(preset).network();
        Analysis outside = Analysis.of(network);
        Analysis inside = Analysis.of(network.expanded());
        assertThat(inside.parameters()).isEqualTo(outside.parameters());
        assertThat(inside.macs()).isEqualTo(outside.macs());
        assertThat(inside.activations()).isEqualTo(outside.activations());
        for (Node node : network.nodes()) {
            String prefix = node.id() + ".";
            Analysis.Facts facts = outside.facts(node.id()).orElseThrow();
            long parameters = 0;
            long activations = 0;
            for (Node layer : inside.network().nodes()) {
                if (layer.id().startsWith(prefix)) {
                    parameters += inside.facts(layer.id()).orElseThrow().parameters();
                    activations += inside.facts(layer.id()).orElseThrow().activations();
                }
            }
            assertThat(parameters).isEqualTo(facts.parameters());
            assertThat(activations).isEqualTo(facts.activations());
            assertThat(node.block().parameters(inputs(outside, node)))
                    .isEqualTo(facts.parameters());
            assertThat(node.block().macs(inputs(outside, node))).isEqualTo(facts.macs());
        }
        Node last = inside.output().orElseThrow();
        assertThat(field(inside, last.id())).isEqualTo(field(outside, "head"));
    }

    private static List<Shape> inputs(Analysis analysis, Node node) {
        return node.inputs().stream().map(i -> analysis.shape(i).orElseThrow()).toList();
    }

    @Test
    void countsTheActivationsThatTrainingKeeps() {
        // conv and BN write their outputs; ReLU works in place behind BN; pool and linear are
        // small.
        Analysis a =
                chain(
                        new Shape(8, 8, 1),
                        Convolution.c3(4, 1),
                        BatchNorm.PLAIN,
                        new Relu(),
                        new Relu(),
                        new GlobalAvgPool(),
                        new Linear(10, true));
        assertThat(a.facts("n2").orElseThrow().activations()).isZero();
        assertThat(a.facts("n3").orElseThrow().activations()).isEqualTo(256);
        assertThat(a.activations()).isEqualTo(3 * 256 + 4 + 10);
    }

    @Test
    void aDenseBlockKeepsEachFeatureMapOnce() {
        int layers = 5;
        int k = 12;
        Analysis a =
                chain(
                        new Shape(8, 8, 3),
                        Convolution.c3(24, 1),
                        new DenseBlock(layers, k, 4, 0),
                        new Head(10, true, Head.Classifier.LINEAR));
        long pixels = 64;
        long bottlenecks = 0;
        for (int l = 0; l < layers; l++) {
            // BN+ReLU of all maps before, the 1×1 convolution, its BN+ReLU, and the new maps.
            bottlenecks += pixels * ((24 + l * k) + 4 * k + 4 * k + k);
        }
        assertThat(a.facts("n1").orElseThrow().activations()).isEqualTo(bottlenecks);
    }

    @Test
    void concatenationsOfTheImageOrOfTheSameTwiceCopy() {
        Analysis a =
                Analysis.of(
                        network(
                                new Shape(8, 8, 3),
                                new Node("c", Convolution.c3(5, 1), "input"),
                                new Node("image", new Concat(), "input", "c"),
                                new Node("twice", new Concat(), "c", "c"),
                                new Node("all", new Concat(), "image", "twice")));
        assertThat(a.facts("c").orElseThrow().activations()).isEqualTo(64 * 5);
        assertThat(a.facts("image").orElseThrow().activations()).isEqualTo(64 * 3);
        assertThat(a.facts("twice").orElseThrow().activations()).isEqualTo(64 * 10);
        assertThat(a.facts("all").orElseThrow().activations()).isZero();
    }

    @Test
    void anEmptyCanvasSaysWhatToDo() {
        assertThat(problems(IMAGE))
                .containsExactly(
                        "input: the canvas is empty; drag a stem onto it, or open a preset");
    }

    @Test
    void saysWhichBlockWhyAndWhatWouldFixIt() {
        assertThat(lines(chain(IMAGE, Convolution.c3(4, 1))))
                .containsExactly(
                        "n0: the network ends in a 32×32×4 tensor instead of one number per class;"
                                + " add a head after it");
        assertThat(lines(chain(IMAGE, new Linear(10, true))))
                .containsExactly(
                        "n0: a classifier needs a vector but gets 32×32×3; put a global average"
                                + " pooling before it");
        assertThat(lines(chain(new Shape(4, 4, 3), new AvgPool(8, 8))))
                .containsExactly(
                        "n0: a 8×8 window does not fit into 4×4×3; use a larger input, fewer"
                                + " strided blocks before it, or a smaller window");
        assertThat(lines(chain(IMAGE, new PadChannels(2))))
                .containsExactly(
                        "n0: zero padding cannot reduce 3 channels to 2; use at least 3 channels,"
                                + " or a 1×1 projection");
        assertThat(lines(chain(IMAGE, new Head(10, false, Head.Classifier.COSINE))))
                .containsExactly(
                        "n0: fc: 10 orthogonal class directions do not fit into 3 features; widen"
                                + " the last block to at least 10 channels, or use the linear head");
        assertThat(
                        lines(
                                chain(
                                        IMAGE,
                                        new DropPath(Gate.SCHEDULED),
                                        new Head(2, false, Head.Classifier.LINEAR))))
                .containsExactly(
                        "n0: closing its drop path would leave no signal at all; let it feed an"
                                + " addition that also has a shortcut, or remove it");
        assertThat(
                        lines(
                                chain(
                                        new Shape(8, 8, 16),
                                        Residual.v1(Residual.Form.BASIC, 16, 1)
                                                .with(Shortcut.NONE)
                                                .withGate(Gate.SCHEDULED),
                                        new Head(2, false, Head.Classifier.LINEAR))))
                .containsExactly(
                        "n0: closing its drop path would leave no signal at all; give the block a"
                                + " shortcut, or remove its drop path");
    }

    @Test
    void saysWhatIsWrongWithJoins() {
        Head head = new Head(10, false, Head.Classifier.LINEAR);
        assertThat(
                        problems(
                                IMAGE,
                                new Node("c", Convolution.c3(4, 1), "input"),
                                new Node("sum", new Add(), "c", "input"),
                                new Node("head", head, "sum")))
                .containsExactly(
                        "sum: its inputs must agree in shape but are 32×32×4 and 32×32×3; add a 1×1"
                                + " projection: 3 → 4 channels");
        assertThat(
                        problems(
                                IMAGE,
                                new Node("c", Convolution.c3(3, 2), "input"),
                                new Node("sum", new Add(), "c", "input"),
                                new Node("head", head, "sum")))
                .containsExactly(
                        "sum: its inputs must agree in shape but are 16×16×3 and 32×32×3; give both"
                                + " paths the same strides");
        assertThat(
                        problems(
                                IMAGE,
                                new Node("c", Convolution.c3(3, 2), "input"),
                                new Node("side", new Concat(), "c", "input"),
                                new Node("head", head, "side")))
                .singleElement()
                .asString()
                .startsWith("side: concatenation needs one resolution");
        assertThat(
                        problems(
                                IMAGE,
                                new Node("m", new Multiply(), "input"),
                                new Node("head", head, "m")))
                .containsExactly("m: it takes two wires but has 1; connect another wire");
    }

    @Test
    void saysWhatIsWrongWithTheWiring() {
        Head head = new Head(10, false, Head.Classifier.LINEAR);
        assertThat(
                        problems(
                                IMAGE,
                                new Node("a", new Relu(), "input"),
                                new Node("b", new Relu()),
                                new Node("head", head, "b")))
                .containsExactly(
                        "b: nothing is wired to it; connect a wire to its input, or delete it",
                        "a: nothing reads its output; wire it onwards, or delete it");
        assertThat(
                        problems(
                                IMAGE,
                                new Node("a", new Relu(), "input", "input"),
                                new Node("head", head, "a")))
                .containsExactly("a: it takes one wire but has 2; remove a wire");
    }

    @Test
    void whatComesAfterAProblemIsNotBlamed() {
        Analysis a =
                chain(
                        new Shape(8, 8, 3),
                        new AvgPool(9, 9),
                        Residual.v1(Residual.Form.BASIC, 16, 1),
                        new Head(10, false, Head.Classifier.LINEAR));
        assertThat(a.problems()).hasSize(1);
        assertThat(a.facts("n1")).isEmpty();
        assertThat(a.runnable()).isFalse();
        assertThat(a.classes()).isEmpty();
        assertThat(a.parameters()).isZero();
    }

    @Test
    void refusesWhatNoArrayCouldHold() {
        assertThat(lines(chain(new Shape(16384, 16384, 3), Convolution.c3(64, 1))))
                .singleElement()
                .asString()
                .contains("16384×16384×64 is too large");
        assertThat(lines(chain(new Shape(8, 8, 1 << 16), Convolution.c3(1 << 16, 1))))
                .singleElement()
                .asString()
                .contains("38654705664 weights");
        List<Node> doubling = new ArrayList<>();
        doubling.add(new Node("n0", Convolution.c3(16, 1), "input"));
        for (int i = 1; i < 60; i++) {
            doubling.add(new Node("n" + i, new Concat(), "n" + (i - 1), "n" + (i - 1)));
        }
        Analysis a = Analysis.of(network(IMAGE, doubling.toArray(Node[]::new)));
        assertThat(lines(a)).singleElement().asString().contains("too large");
    }
}
