package org.skiplab.app.diagram;

import java.util.List;
import java.util.stream.Stream;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;

/// The few words on a card: a short title and the settings that tell blocks of one kind apart.
///
/// @param title at most twelve letters or so
/// @param settings at most three lines, the most telling one first
public record CardText(String title, List<String> settings) {

    public CardText {
        settings = List.copyOf(settings);
    }

    /// Of a card that is not the image.
    public static CardText of(Card card) {
        return card.isMixed() ? stage(card) : of(card.block());
    }

    /// A group of different blocks: how many, and of which kinds.
    private static CardText stage(Card card) {
        List<String> kinds =
                card.nodes().subList(0, card.period()).stream()
                        .map(n -> of(n.block()).title())
                        .distinct()
                        .toList();
        String more = kinds.size() > 2 ? " …" : "";
        return text(
                "Stage",
                card.period() + " blocks",
                String.join(", ", kinds.subList(0, Math.min(2, kinds.size()))) + more);
    }

    public static CardText of(Block block) {
        return switch (block) {
            case Stem s ->
                    text(
                            "Stem",
                            s.channels() + " ch",
                            s.form() == Stem.Form.CIFAR ? "3×3" : "7×7, pool");
            case Residual r -> residual(r);
            case Wide w ->
                    text(
                            "Wide",
                            w.base() * w.widening() + " ch",
                            "k = " + w.widening(),
                            w.dropout() == 0
                                    ? stride(w.stride())
                                    : (w.stride() > 1 ? "/" + w.stride() + " " : "")
                                            + "drop "
                                            + plain(w.dropout()));
            case DenseBlock d ->
                    text(
                            "Dense",
                            d.layers() + (d.layers() == 1 ? " layer" : " layers"),
                            "growth " + d.growth(),
                            d.bottleneck() > 0 ? "bottleneck" : "");
            case Transition t ->
                    text("Transition", "θ = " + plain(t.compression()), "½ resolution");
            case Head h ->
                    text(
                            "Head",
                            h.classes() + " classes",
                            h.classifier() == Head.Classifier.COSINE ? "cosine" : "");
            case Primitive p -> primitive(p);
        };
    }

    private static CardText residual(Residual r) {
        String version =
                switch (r.order()) {
                    case ORIGINAL -> "v1";
                    case FULL_PRE_ACTIVATION -> "v2";
                    case BN_AFTER_ADDITION, RELU_BEFORE_ADDITION, RELU_ONLY_PRE_ACTIVATION ->
                            "variant";
                };
        return text(
                r.shortcut() == Shortcut.NONE ? "Plain" : "Residual",
                (r.form() == Residual.Form.BASIC ? r.width() + " ch" : "4·" + r.width() + " ch"),
                (r.form() == Residual.Form.BASIC ? "basic " : "bottlen. ") + version,
                stride(r.stride()));
    }

    private static CardText primitive(Primitive p) {
        return switch (p) {
            case Primitive.Convolution c ->
                    text(
                            "Conv",
                            c.kernel()
                                    + "×"
                                    + c.kernel()
                                    + (c.stride() > 1 ? " /" + c.stride() : ""),
                            c.channels() + " ch");
            case Primitive.BatchNorm b -> text("BN", b.zeroGamma() ? "γ = 0" : "");
            case Primitive.Relu _ -> text("ReLU");
            case Primitive.Sigmoid _ -> text("Sigmoid");
            case Primitive.Scale s -> text("Scale", "× " + plain(s.factor()));
            case Primitive.Dropout d -> text("Dropout", plain(d.p()));
            case Primitive.DropPath _ -> text("Drop path");
            case Primitive.MaxPool m -> text("Max pool", window(m.kernel(), m.stride()));
            case Primitive.AvgPool a -> text("Avg pool", window(a.kernel(), a.stride()));
            case Primitive.GlobalAvgPool _ -> text("Mean", "global");
            case Primitive.PadChannels c -> text("Pad 0", "to " + c.channels() + " ch");
            case Primitive.Linear l -> text("Linear", l.outputs() + " out");
            case Primitive.Cosine c -> text("Cosine", c.outputs() + " out");
            case Primitive.Add _ -> text("+");
            case Primitive.Multiply _ -> text("×");
            case Primitive.Concat _ -> text("[ , ]");
        };
    }

    private static String window(int kernel, int stride) {
        return kernel + "×" + kernel + (stride > 1 ? " /" + stride : "");
    }

    private static String stride(int stride) {
        return stride > 1 ? "stride " + stride : "";
    }

    CardText(String title, String... settings) {
        this(title, List.of(settings));
    }

    private static CardText text(String title, String... settings) {
        return new CardText(title, Stream.of(settings).filter(s -> !s.isEmpty()).toList());
    }

    private static String plain(double value) {
        return Numbers.plain(value);
    }
}
