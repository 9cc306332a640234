package org.skiplab.engine.graph;

import java.util.Optional;
import java.util.stream.Stream;

/// The kinds of block, with what the inspector says about each: name, one sentence, formula,
/// source.
public enum BlockKind {
    STEM(
            "stem",
            "Stem",
            "Brings the image to the first stage's width.",
            "x₁ = W ∗ x₀",
            "1512.03385 §4.2"),
    RESIDUAL(
            "residual",
            "Residual block",
            "Learns a correction to its input: the shortcut carries the input past the convolutions.",
            "y = x + F(x)",
            "1512.03385 §3, 1603.05027 §2"),
    WIDE(
            "wide",
            "Wide block",
            "A pre-activation residual block with k times the channels and dropout between the convolutions.",
            "y = x + F(x), k·w channels",
            "1605.07146 §2"),
    DENSE(
            "dense",
            "Dense block",
            "Every layer reads the feature maps of all layers before it and adds k of its own.",
            "x_l = H_l([x₀, x₁, …, x_{l−1}])",
            "1608.06993 §3"),
    TRANSITION(
            "transition",
            "Transition",
            "Compresses the channels and halves the resolution between dense blocks.",
            "y = pool(W ∗ relu(BN(x))), ⌊θ·m⌋ channels",
            "1608.06993 §3"),
    HEAD(
            "head",
            "Head",
            "Averages each feature map and scores the classes.",
            "z = W · mean(x) + b",
            "1512.03385 §3.3"),
    CONVOLUTION(
            "conv",
            "Convolution",
            "Slides learnt kernels over the image.",
            "y = W ∗ x",
            "1512.03385"),
    BATCH_NORM(
            "bn",
            "Batch norm",
            "Centres and scales each channel by the mini-batch's statistics.",
            "y = γ (x − μ)/√(σ² + ε) + β",
            "1502.03167"),
    RELU("relu", "ReLU", "Keeps what is positive.", "y = max(x, 0)", "1512.03385"),
    SIGMOID(
            "sigmoid",
            "Sigmoid",
            "Squeezes numbers into (0, 1).",
            "y = 1/(1 + e⁻ˣ)",
            "1603.05027 §3.1"),
    SCALE("scale", "Scale", "Multiplies by a constant.", "y = λ·x", "1603.05027 §3.1"),
    DROPOUT(
            "dropout",
            "Dropout",
            "Silences numbers at random during training.",
            "y = x·m/(1 − p)",
            "1605.07146 §2.4"),
    DROP_PATH(
            "drop-path",
            "Drop path",
            "Lets a residual branch survive a mini-batch with probability p.",
            "y = x + b·F(x), b ~ Bernoulli(p)",
            "1603.09382 §3"),
    MAX_POOL(
            "max-pool",
            "Max pooling",
            "Keeps the largest value of each window.",
            "y = max(window)",
            "1512.03385"),
    AVG_POOL(
            "avg-pool",
            "Average pooling",
            "Averages each window.",
            "y = mean(window)",
            "1608.06993"),
    GLOBAL_AVG_POOL(
            "global-avg-pool",
            "Global average pooling",
            "Averages each feature map to one number.",
            "y = mean(x)",
            "1512.03385"),
    PAD_CHANNELS(
            "pad-channels",
            "Zero padding",
            "Appends channels of zeros.",
            "y = [x, 0]",
            "1512.03385 §3.3 (A)"),
    LINEAR("linear", "Linear", "Weighs all features for each output.", "y = W·x + b", "1512.03385"),
    COSINE(
            "cosine",
            "Cosine classifier",
            "Scores by the angle to fixed orthogonal directions.",
            "y = |cos(w, x)|",
            "1801.04540 (fixed orthogonal rows)"),
    ADD("add", "Add", "Sums its inputs.", "y = Σ xᵢ", "1512.03385"),
    MULTIPLY("multiply", "Multiply", "Multiplies its two inputs.", "y = a·b", "1603.05027 §3.1"),
    CONCAT(
            "concat",
            "Concatenate",
            "Puts channels side by side.",
            "y = [x₁, x₂, …]",
            "1608.06993 §3");

    private final String id;
    private final String title;
    private final String summary;
    private final String formula;
    private final String source;

    BlockKind(String id, String title, String summary, String formula, String source) {
        this.id = id;
        this.title = title;
        this.summary = summary;
        this.formula = formula;
        this.source = source;
    }

    /// Stable name in the file form and on the command line.
    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    /// One sentence on what the block does.
    public String summary() {
        return summary;
    }

    public String formula() {
        return formula;
    }

    /// arXiv number and section.
    public String source() {
        return source;
    }

    /// The kind of that [#id].
    public static Optional<BlockKind> find(String id) {
        return Stream.of(values()).filter(k -> k.id.equals(id)).findFirst();
    }

    static BlockKind of(Block block) {
        return switch (block) {
            case Stem _ -> STEM;
            case Residual _ -> RESIDUAL;
            case Wide _ -> WIDE;
            case DenseBlock _ -> DENSE;
            case Transition _ -> TRANSITION;
            case Head _ -> HEAD;
            case Primitive.Convolution _ -> CONVOLUTION;
            case Primitive.BatchNorm _ -> BATCH_NORM;
            case Primitive.Relu _ -> RELU;
            case Primitive.Sigmoid _ -> SIGMOID;
            case Primitive.Scale _ -> SCALE;
            case Primitive.Dropout _ -> DROPOUT;
            case Primitive.DropPath _ -> DROP_PATH;
            case Primitive.MaxPool _ -> MAX_POOL;
            case Primitive.AvgPool _ -> AVG_POOL;
            case Primitive.GlobalAvgPool _ -> GLOBAL_AVG_POOL;
            case Primitive.PadChannels _ -> PAD_CHANNELS;
            case Primitive.Linear _ -> LINEAR;
            case Primitive.Cosine _ -> COSINE;
            case Primitive.Add _ -> ADD;
            case Primitive.Multiply _ -> MULTIPLY;
            case Primitive.Concat _ -> CONCAT;
        };
    }
}
