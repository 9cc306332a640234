package org.skiplab.app.theme;

import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.scene.shape.SVGPath;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.transform.Scale;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.BlockKind;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.edit.Catalogue;

/// A line drawing for each kind of block: what it does to the signal that runs through it from left
/// to right.
public final class Glyphs {

    private static final double GRID = 24;
    private static final Shape SAMPLE = new Shape(32, 32, 16);

    private Glyphs() {}

    /// Edge of the square that the outlines are drawn in.
    public static final double EDGE = GRID;

    /// Width of their lines.
    public static final double LINE = 1.6;

    /// The outline of the image that enters a network, as an SVG path.
    public static final String IMAGE =
            "M3.5 4.5h17v15h-17z M3.5 16l5-5 4.5 4.5 2.5-2.5 5 5 M15.5 8.6a.7.7 0 1 0 .01 0";

    /// The outline of a block's drawing, as an SVG path.
    public static String outline(Block block) {
        return block instanceof Residual r
                ? residual(r.form(), r.order(), r.shortcut())
                : path(block.kind());
    }

    /// The drawing of a kind in the colour `-skl-kind`, in a square of `size` pixels.
    public static Node of(BlockKind kind, double size) {
        return drawing(path(kind), size);
    }

    /// The drawing of a block; residual blocks differ by their form.
    public static Node of(Block block, double size) {
        return drawing(outline(block), size);
    }

    /// The drawing of an entry of the palette.
    public static Node of(Catalogue entry, double size) {
        return of(entry.fitting(SAMPLE), size);
    }

    private static Node drawing(String content, double size) {
        SVGPath path = new SVGPath();
        path.setContent(content);
        path.setFill(Color.TRANSPARENT);
        path.setStrokeWidth(LINE);
        path.setStrokeLineCap(StrokeLineCap.ROUND);
        path.setStrokeLineJoin(StrokeLineJoin.ROUND);
        path.getStyleClass().add("glyph");
        SVGPath frame = new SVGPath();
        frame.setContent("M0 0h24v24h-24z");
        frame.setFill(Color.TRANSPARENT);
        Group group = new Group(frame, path);
        group.getTransforms().add(new Scale(size / GRID, size / GRID));
        StackPane box = new StackPane(new Group(group));
        box.setMinSize(size, size);
        box.setPrefSize(size, size);
        box.setMaxSize(size, size);
        box.setMouseTransparent(true);
        return box;
    }

    /// One box for the branch, waisted for a bottleneck; an arc for the shortcut; a ReLU in the
    /// branch where activation comes first.
    private static String residual(Residual.Form form, ActivationOrder order, Shortcut shortcut) {
        String branch =
                form == Residual.Form.BOTTLENECK
                        ? "M6 11.5L12 14L18 11.5V20.5L12 18L6 20.5z"
                        : "M6 12h12v8h-12z";
        boolean first =
                order == ActivationOrder.FULL_PRE_ACTIVATION
                        || order == ActivationOrder.RELU_ONLY_PRE_ACTIVATION;
        String activation = first ? " M8.5 18H11L14.5 14" : "";
        String arc = shortcut == Shortcut.NONE ? "" : " M3 16C3 1.5 21 1.5 21 16";
        return "M1.5 16h4.5 M18 16h4.5 " + branch + activation + arc;
    }

    private static String path(BlockKind kind) {
        return switch (kind) {
            case STEM -> "M3 5h8v14h-8z M11 12h10 M17 8l4 4-4 4";
            case RESIDUAL ->
                    residual(Residual.Form.BASIC, ActivationOrder.ORIGINAL, Shortcut.PROJECTION);
            case WIDE ->
                    "M1 15.5h3 M20 15.5h3 M4 10h16v11h-16z M9.3 10v11 M14.7 10v11 M2.5 15.5C2.5 1 21.5 1 21.5 15.5";
            case DENSE ->
                    "M1.5 18h21 M3 18C3 13 9 13 9 18 M3 18C3 8 15 8 15 18 M3 18C3 2 21 2 21 18"
                            + " M9 18C9 13 15 13 15 18 M9 18C9 8.5 21 8.5 21 18 M15 18C15 13 21 13 21 18";
            case TRANSITION -> "M3 4l9 5v6l-9 5z M12 9h5v6h-5 M17 12h5";
            case HEAD -> "M2 12h4 M9.5 5h11 M9.5 9.7h5 M9.5 14.3h8 M9.5 19h3";
            case CONVOLUTION -> "M4 4h16v16h-16z M4 9.3h16 M4 14.7h16 M9.3 4v16 M14.7 4v16";
            case BATCH_NORM -> "M2.5 18C8.5 18 8.5 5 12 5C15.5 5 15.5 18 21.5 18 M12 8v10";
            case RELU -> "M3 17h9l8-11";
            case SIGMOID -> "M3 18C13 18 11 6 21 6";
            case SCALE -> "M4 18l16-12 M4 18v-6 M20 6v12 M4 18h16";
            case DROPOUT ->
                    "M5 5h.01 M12 5h.01 M19 5h.01 M5 12h.01 M19 12h.01 M12 19h.01 M19 19h.01 M10.5 10.5l3 3"
                            + " M13.5 10.5l-3 3 M3.5 17.5l3 3 M6.5 17.5l-3 3";
            case DROP_PATH ->
                    "M1.5 15h6 M16.5 15h6 M7.5 15l7.5-7 M7.5 15a.9.9 0 1 0 .01 0 M16.5 15a.9.9 0 1 0 .01 0";
            case MAX_POOL -> "M4 4h16v16h-16z M12 4v16 M4 12h16 M6.5 9.5L8 6.5l1.5 3z";
            case AVG_POOL -> "M4 4h16v16h-16z M12 4v16 M4 12h16 M6.5 8h3";
            case GLOBAL_AVG_POOL -> "M3 4h12v16h-12z M15 4l6 8-6 8 M21 12h.01";
            case PAD_CHANNELS -> "M4 9h11v11h-11z M7 9v-3h11v11h-3 M10 6v-3h11v11h-3";
            case LINEAR -> "M5 5L19 8 M5 5L19 16 M5 12L19 8 M5 12L19 16 M5 19L19 8 M5 19L19 16";
            case COSINE -> "M4 20h17 M4 20L17 5 M12 20a9 9 0 0 0-2.6-6.2";
            case ADD -> "M12 5v14 M5 12h14";
            case MULTIPLY -> "M7 7l10 10 M17 7l-10 10";
            case CONCAT -> "M7 4h-3v16h3 M17 4h3v16h-3 M9 9h6 M9 15h6";
        };
    }
}
