package org.skiplab.app.insight;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// What stands above an insight: what one is looking at, its formula and where to read of it, and
/// the insight's controls. All in one row where there is room, in two where there is not, in more
/// where large text needs them; the formula shows where there is room beside caption or controls,
/// and in the source's tooltip.
public final class HeadBar extends Region {

    private static final double GAP = 12;

    private final Label caption = new Label();
    private final Label formula = new Label();
    private final Hyperlink source = new Hyperlink();
    private final List<Node> controls;
    private @Nullable InsightHead shown;

    /// @param controls at the right end
    /// @param browse opens an address
    public HeadBar(InsightHead about, List<Node> controls, Consumer<String> browse) {
        this.controls = List.copyOf(controls);
        getStyleClass().add("view-head");
        caption.getStyleClass().add("caption");
        caption.setTooltip(new Tooltip());
        formula.getStyleClass().add("formula");
        formula.setTooltip(new Tooltip());
        formula.managedProperty().bind(formula.textProperty().isNotEmpty());
        source.setTooltip(new Tooltip());
        source.setOnAction(
                _ -> Optional.ofNullable(shown).ifPresent(h -> browse.accept(h.address())));
        source.visibleProperty().bind(source.textProperty().isNotEmpty());
        source.managedProperty().bind(source.visibleProperty());
        getChildren().addAll(caption, formula, source);
        getChildren().addAll(controls);
        show(about);
    }

    /// Says something else.
    public void show(InsightHead about) {
        if (about.equals(shown)) {
            return;
        }
        shown = about;
        caption.setText(about.caption());
        caption.getTooltip().setText((about.caption() + "\n" + about.formula()).trim());
        formula.setText(about.formula());
        formula.getTooltip().setText(about.formula());
        source.setText(about.source());
        source.getTooltip().setText((about.formula() + "\n" + about.address()).trim());
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private static double width(Node node) {
        return !node.isManaged() ? 0 : Math.ceil(node.prefWidth(-1));
    }

    private double controlsWidth() {
        return controls.stream()
                .mapToDouble(HeadBar::width)
                .filter(w -> w > 0)
                .map(w -> w + GAP)
                .sum();
    }

    private double sourceWidth() {
        return source.isManaged() ? width(source) + GAP : 0;
    }

    private double formulaWidth() {
        return formula.isManaged() ? width(formula) + GAP : 0;
    }

    /// Whether caption, formula, source and controls stand side by side.
    private boolean oneRow(double inside) {
        return width(caption) + formulaWidth() + sourceWidth() + controlsWidth() <= inside;
    }

    /// Height of caption and source, where these stand in a row of their own or in the only one.
    private double textHeight(double inside) {
        double room = Math.max(1, inside - sourceWidth());
        return Math.ceil(Math.max(caption.prefHeight(room), source.prefHeight(-1)));
    }

    /// How wide a control becomes where those behind it leave so much.
    private static double widthWithin(Node control, double room) {
        return Math.min(width(control), Math.max(0, room));
    }

    private double controlsHeight(double inside) {
        double room = inside;
        double height = 0;
        for (Node node : controls.reversed()) {
            if (node.isManaged()) {
                double wide = widthWithin(node, room);
                height = Math.max(height, Math.ceil(node.prefHeight(wide)));
                room -= wide + GAP;
            }
        }
        return height;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefWidth(double height) {
        return snappedLeftInset()
                + width(caption)
                + formulaWidth()
                + sourceWidth()
                + controlsWidth()
                + snappedRightInset();
    }

    @Override
    protected double computePrefHeight(double width) {
        double edge = snappedTopInset() + snappedBottomInset();
        double inside = width - snappedLeftInset() - snappedRightInset();
        double room = width < 0 ? Double.MAX_VALUE : inside;
        return edge
                + (oneRow(room)
                        ? Math.max(textHeight(room), controlsHeight(room))
                        : textHeight(room) + controlsHeight(room));
    }

    @Override
    protected void layoutChildren() {
        double left = snappedLeftInset();
        double right = getWidth() - snappedRightInset();
        double top = snappedTopInset();
        double bottom = getHeight() - snappedBottomInset();
        boolean one = oneRow(right - left);
        double middle = one ? bottom : Math.min(bottom, top + textHeight(right - left));
        double end = right;
        for (Node node : controls.reversed()) {
            if (node.isManaged()) {
                double wide = widthWithin(node, end - left);
                place(node, end - wide, wide, one ? top : middle, bottom);
                end -= wide + GAP;
            }
        }
        double controlsLeft = end;
        end = one ? end : right;
        if (source.isManaged()) {
            double wide = width(source);
            place(source, end - wide, wide, top, middle);
            end -= wide + GAP;
        }
        double wide = width(formula);
        boolean beside = left + width(caption) + GAP + wide <= end;
        boolean below = !one && left + wide <= controlsLeft;
        formula.setVisible(wide > 0 && (beside || below));
        if (beside) {
            place(formula, end - wide, wide, top, middle);
            end -= wide > 0 ? wide + GAP : 0;
        } else {
            place(formula, left, wide, middle, bottom);
        }
        place(caption, left, Math.max(0, Math.min(width(caption), end - left)), top, middle);
    }

    private static void place(Node node, double x, double width, double top, double bottom) {
        double height = Math.min(node.prefHeight(width), Math.max(0, bottom - top));
        node.resizeRelocate(
                Math.round(x), Math.round(top + (bottom - top - height) / 2), width, height);
    }
}
