package org.skiplab.engine.export.pytorch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.export.TorchNames;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Composite;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;

/// The Python class of the network itself: one attribute per block, in the canvas's order and
/// names. A chain of blocks is a `Sequential`; everything else gets a `forward` with one line per
/// block.
final class NetworkClass {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)([1-9][0-9]{0,4})");
    private static final int WORTH_A_LOOP = 3;

    private final Network network;
    private final TorchNames names;
    private final Analysis analysis;
    private final ForwardLines forward;
    private final Map<String, Double> survival;
    private final Map<BlockClass, String> classes = new LinkedHashMap<>();
    private final Set<String> classNames = new HashSet<>();

    NetworkClass(Network network, TorchNames names) {
        this.network = network;
        this.names = names;
        analysis = Analysis.of(network);
        forward = new ForwardLines(network, analysis, names);
        survival = network.survivalProbabilities();
        classNames.add("Network");
    }

    /// A line of the constructor.
    private record Made(String name, String call) {}

    void write(Source to) {
        List<Node> nodes = network.topological();
        List<Made> made = new ArrayList<>();
        for (Node node : nodes) {
            String call = call(node);
            if (!call.isEmpty()) {
                made.add(new Made(names.of(node.id()), call));
            }
        }
        Source own = new Source();
        boolean chain = isChain(nodes);
        own.line("class Network(nn." + (chain ? "Sequential" : "Module") + "):").in();
        own.line("\"\"\"The network: one attribute per block, named as on the canvas.\"\"\"")
                .blank();
        own.line("def __init__(self):").in();
        own.line("super().__init__()");
        constructor(made, own);
        for (Node node : nodes) {
            if (node.block() instanceof Primitive.BatchNorm(boolean zeroGamma) && zeroGamma) {
                own.line("nn.init.zeros_(self." + names.of(node.id()) + ".weight)");
            }
        }
        own.out();
        if (!chain) {
            own.blank().line("def forward(self, images):").in();
            forward.write(own);
            own.out();
        }
        own.out();
        classes.forEach((block, name) -> {
            block.write(name, to);
            to.blank().blank();
        });
        to.lines(own.text());
    }

    private static boolean isChain(List<Node> nodes) {
        String last = Network.INPUT;
        for (Node node : nodes) {
            if (!(node.block() instanceof Composite) || !node.inputs().equals(List.of(last))) {
                return false;
            }
            last = node.id();
        }
        return nodes.getLast().block() instanceof Head
                && nodes.stream().filter(n -> n.block() instanceof Head).count() == 1;
    }

    /// Runs of equal blocks with consecutive numbers become loops.
    private static void constructor(List<Made> made, Source to) {
        int i = 0;
        while (i < made.size()) {
            int run = run(made, i);
            Matcher numbered = NUMBERED.matcher(made.get(i).name());
            if (run >= WORTH_A_LOOP && numbered.matches()) {
                int first = Integer.parseInt(numbered.group(2));
                to.line("for i in range(" + first + ", " + (first + run) + "):").in();
                to.line(
                        "self.add_module(f\"%s{i}\", %s)"
                                .formatted(numbered.group(1), made.get(i).call()));
                to.out();
                i += run;
            } else {
                to.line("self." + made.get(i).name() + " = " + made.get(i).call());
                i++;
            }
        }
    }

    private static int run(List<Made> made, int from) {
        Matcher first = NUMBERED.matcher(made.get(from).name());
        if (!first.matches()) {
            return 1;
        }
        int number = Integer.parseInt(first.group(2));
        int length = 1;
        while (from + length < made.size()
                && made.get(from + length).call().equals(made.get(from).call())
                && made.get(from + length).name().equals(first.group(1) + (number + length))) {
            length++;
        }
        return length;
    }

    /// The expression that makes a block's module, empty where the block is a mere function.
    private String call(Node node) {
        Shape in = analysis.shape(node.inputs().getFirst()).orElseThrow();
        int inputs = in.channels();
        @Nullable Double p = survival.get(node.id());
        return switch (node.block()) {
            case Stem b -> EndClass.OfStem.call(named(EndClass.OfStem.of(b)), b, inputs);
            case Residual b -> ResidualClass.call(named(ResidualClass.of(b)), b, inputs, p);
            case Wide b -> ResidualClass.call(named(ResidualClass.of(b)), b, inputs, p);
            case DenseBlock b ->
                    DenseClass.OfBlock.call(named(DenseClass.OfBlock.of(b)), b, inputs);
            case Transition b ->
                    DenseClass.OfTransition.call(named(DenseClass.OfTransition.of(b)), b, inputs);
            case Head b -> EndClass.OfHead.call(named(EndClass.OfHead.of(b)), b, inputs);
            case Primitive.Convolution c ->
                    "nn.Conv2d(%s, %s, %s, %s, %s%s)"
                            .formatted(
                                    inputs,
                                    c.channels(),
                                    c.kernel(),
                                    c.stride(),
                                    c.padding(),
                                    c.bias() ? "" : ", bias=False");
            case Primitive.BatchNorm _ ->
                    "nn.BatchNorm%sd(%s)"
                            .formatted(forward.isFlat(node.inputs().getFirst()) ? 1 : 2, inputs);
            case Primitive.Dropout d -> "nn.Dropout(" + d.p() + ")";
            case Primitive.DropPath d -> "DropPath(" + p + PythonText.mode(d.gate().mode()) + ")";
            case Primitive.Linear l ->
                    "nn.Linear(%s, %s%s)"
                            .formatted(inputs, l.outputs(), l.bias() ? "" : ", bias=False");
            case Primitive.Cosine c -> "Cosine(" + inputs + ", " + c.outputs() + ")";
            case Block _ -> "";
        };
    }

    private String named(BlockClass block) {
        return classes.computeIfAbsent(
                block,
                b -> {
                    String name = b.wish();
                    for (int n = 2; !classNames.add(name); n++) {
                        name = b.wish() + n;
                    }
                    return name;
                });
    }
}
