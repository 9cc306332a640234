package org.skiplab.engine.graph.edit;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.BlockKind;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Residual.Form;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;

/// The palette: what can be put into a network, and how it is set up so that it fits where it
/// lands.
public enum Catalogue {
    STEM(BlockKind.STEM, "Stem", "Brings the image to the first stage's width."),
    RESIDUAL_BASIC(
            BlockKind.RESIDUAL,
            "Residual v1, basic",
            "Two 3×3 convolutions and a shortcut around them."),
    RESIDUAL_BOTTLENECK(
            BlockKind.RESIDUAL,
            "Residual v1, bottleneck",
            "1×1, 3×3 and 1×1 convolutions and a shortcut around them."),
    RESIDUAL_V2(
            BlockKind.RESIDUAL,
            "Residual v2",
            "Batch norm and ReLU before each convolution; the shortcut stays clean."),
    PLAIN(BlockKind.RESIDUAL, "Plain", "Two 3×3 convolutions without a shortcut."),
    WIDE(BlockKind.WIDE, "Wide", "A v2 block with k times the channels and dropout inside."),
    DENSE(BlockKind.DENSE, "Dense block", "Every layer reads all feature maps before it."),
    TRANSITION(BlockKind.TRANSITION, "Transition", "Fewer channels and half the resolution."),
    DROP_PATH(
            BlockKind.DROP_PATH,
            "Drop path",
            "Lets a residual branch survive a mini-batch by chance; drop it onto a block to gate it."),
    HEAD(BlockKind.HEAD, "Head", "Averages each feature map and scores the classes."),
    CONVOLUTION(BlockKind.CONVOLUTION),
    BATCH_NORM(BlockKind.BATCH_NORM),
    RELU(BlockKind.RELU),
    SIGMOID(BlockKind.SIGMOID),
    SCALE(BlockKind.SCALE),
    DROPOUT(BlockKind.DROPOUT),
    MAX_POOL(BlockKind.MAX_POOL),
    AVG_POOL(BlockKind.AVG_POOL),
    GLOBAL_AVG_POOL(BlockKind.GLOBAL_AVG_POOL),
    PAD_CHANNELS(BlockKind.PAD_CHANNELS),
    LINEAR(BlockKind.LINEAR),
    COSINE(BlockKind.COSINE),
    ADD(BlockKind.ADD),
    MULTIPLY(BlockKind.MULTIPLY),
    CONCAT(BlockKind.CONCAT);

    private static final int CLASSES = 10;
    private static final int FIRST_WIDTH = 16;
    private static final int MOST_WIDENING = 12;

    private final BlockKind kind;
    private final String title;
    private final String summary;

    Catalogue(BlockKind kind) {
        this(kind, kind.title(), kind.summary());
    }

    Catalogue(BlockKind kind, String title, String summary) {
        this.kind = kind;
        this.title = title;
        this.summary = summary;
    }

    /// Stable kebab-case name.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public BlockKind kind() {
        return kind;
    }

    public String title() {
        return title;
    }

    /// One sentence on what it does.
    public String summary() {
        return summary;
    }

    /// Whether the palette lists it among the blocks rather than the layers. A drop path is one of
    /// them: it changes the block onto which it is dropped.
    public boolean isBlock() {
        return ordinal() <= HEAD.ordinal();
    }

    /// The block for an input of that shape: it keeps the channels where its kind can, so that what
    /// follows still fits.
    public Block fitting(Shape incoming) {
        return fitting(incoming, CLASSES);
    }

    /// The same for a network with that many classes.
    public Block fitting(Shape incoming, int classes) {
        int c = incoming.channels();
        return switch (this) {
            case STEM -> new Stem(Stem.Form.CIFAR, FIRST_WIDTH, true);
            case RESIDUAL_BASIC -> Residual.v1(Form.BASIC, c, 1);
            case RESIDUAL_BOTTLENECK ->
                    Residual.v1(Form.BOTTLENECK, Math.max(1, c / Residual.EXPANSION), 1);
            case RESIDUAL_V2 -> Residual.v2(Form.BASIC, c, 1);
            case PLAIN -> Residual.v1(Form.BASIC, c, 1).with(Shortcut.NONE);
            case WIDE -> wide(c);
            case DENSE -> new DenseBlock(6, 12, 4, 0);
            case TRANSITION -> new Transition(0.5, true, 0);
            case DROP_PATH -> new Primitive.DropPath(Gate.SCHEDULED);
            case HEAD -> new Head(classes, false, Head.Classifier.LINEAR);
            case CONVOLUTION -> Primitive.Convolution.c3(c, 1);
            case BATCH_NORM -> Primitive.BatchNorm.PLAIN;
            case RELU -> new Primitive.Relu();
            case SIGMOID -> new Primitive.Sigmoid();
            case SCALE -> new Primitive.Scale(0.5);
            case DROPOUT -> new Primitive.Dropout(0.3);
            case MAX_POOL -> new Primitive.MaxPool(3, 2, 1);
            case AVG_POOL -> new Primitive.AvgPool(2, 2);
            case GLOBAL_AVG_POOL -> new Primitive.GlobalAvgPool();
            case PAD_CHANNELS -> new Primitive.PadChannels(2 * c);
            case LINEAR -> new Primitive.Linear(classes, true);
            case COSINE -> new Primitive.Cosine(classes);
            case ADD -> new Primitive.Add();
            case MULTIPLY -> new Primitive.Multiply();
            case CONCAT -> new Primitive.Concat();
        };
    }

    private static Wide wide(int channels) {
        if (channels <= FIRST_WIDTH) {
            return new Wide(FIRST_WIDTH, 2, 1, 0, null);
        }
        int widening = channels / FIRST_WIDTH;
        return channels % FIRST_WIDTH == 0 && widening <= MOST_WIDENING
                ? new Wide(FIRST_WIDTH, widening, 1, 0, null)
                : new Wide(channels, 1, 1, 0, null);
    }

    /// The block for the place behind `after` (a block's id or the network's input): it takes after
    /// its neighbour and the network it joins.
    public Block fitting(Network network, String after) {
        return fitting(Analysis.of(network), after);
    }

    /// The same for a network whose shapes are known already.
    public Block fitting(Analysis analysis, String after) {
        Network network = analysis.network();
        Shape incoming = analysis.shape(after).orElse(new Shape(32, 32, FIRST_WIDTH));
        int classes =
                network.nodes().stream()
                        .flatMap(n ->
                                n.block() instanceof Head h
                                        ? Stream.of(h.classes())
                                        : Stream.<Integer>of())
                        .findFirst()
                        .orElse(CLASSES);
        Optional<Block> neighbour = network.find(after).map(Node::block);
        Block block = fitting(incoming, classes);
        return switch (block) {
            case Head h ->
                    new Head(
                            classes,
                            neighbour.map(Catalogue::leavesSumBare).orElse(false),
                            h.classifier());
            case Residual r when neighbour.orElse(null) instanceof Residual n && alike(r, n) ->
                    new Residual(
                            n.form(),
                            r.width(),
                            1,
                            n.order(),
                            n.shortcut(),
                            n.rawProjection(),
                            n.zeroGamma(),
                            n.gate());
            case Wide _ when neighbour.orElse(null) instanceof Wide n ->
                    new Wide(n.base(), n.widening(), 1, n.dropout(), n.gate());
            case Wide w when feedsMoreThanAHead(network, after) && widens(w, incoming) ->
                    new Wide(incoming.channels(), 1, 1, 0, null);
            case DenseBlock _ when lastDense(network).isPresent() -> lastDense(network).get();
            default -> block;
        };
    }

    private static boolean feedsMoreThanAHead(Network network, String id) {
        return network.consumers(id).stream()
                .anyMatch(reader -> !(network.node(reader).block() instanceof Head));
    }

    private static boolean widens(Wide block, Shape incoming) {
        return block.outputChannels(incoming.channels()) != incoming.channels();
    }

    /// v2, wide and dense blocks expect whoever follows them to normalise and activate.
    private static boolean leavesSumBare(Block block) {
        return switch (block) {
            case Residual r ->
                    r.order() == ActivationOrder.FULL_PRE_ACTIVATION
                            || r.order() == ActivationOrder.RELU_ONLY_PRE_ACTIVATION;
            case Wide _, DenseBlock _, Transition _ -> true;
            default -> false;
        };
    }

    private static boolean alike(Residual a, Residual b) {
        boolean bothPlain = (a.shortcut() == Shortcut.NONE) == (b.shortcut() == Shortcut.NONE);
        return a.form() == b.form() && a.order() == b.order() && bothPlain;
    }

    private static Optional<DenseBlock> lastDense(Network network) {
        return network.topological().reversed().stream()
                .flatMap(n ->
                        n.block() instanceof DenseBlock d ? Stream.of(d) : Stream.<DenseBlock>of())
                .findFirst();
    }
}
