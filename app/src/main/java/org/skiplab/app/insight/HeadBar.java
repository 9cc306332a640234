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

/// What stands above an insight: what one is looking at, its formula and where to read of it, and
/// the insight's controls. All in one row where there is room, in two where there is not; the
/// formula shows as far as there is room beside the rest.
public final class HeadBar extends Region {

    private static final double GAP = 12;

    private final Label caption;
    private final Optional<Label> formula;
    private final Optional<Hyperlink> source;
    private final List<Node> controls;

    /// @param controls at the right end
    /// @param browse opens an address
    public HeadBar(InsightHead about, List<Node> controls, Consumer<String> browse) {
        this.controls = List.copyOf(controls);
        getStyleClass().add("view-head");
        caption = new Label(about.caption());
        caption.getStyleClass().add("caption");
        Tooltip all = new Tooltip((about.caption() + "\n" + about.formula()).trim());
        caption.setTooltip(all);
        formula = Optional.of(about.formula()).filter(f -> !f.isEmpty()).map(Label::new);
        formula.ifPresent(label -> {
            label.getStyleClass().add("formula");
            label.setTooltip(new Tooltip(about.formula()));
        });
        source = Optional.of(about.source()).filter(s -> !s.isEmpty()).map(Hyperlink::new);
        source.ifPresent(link -> {
            link.setTooltip(new Tooltip(about.address()));
            link.setOnAction(_ -> browse.accept(about.address()));
        });
        getChildren().add(caption);
        formula.ifPresent(getChildren()::add);
        source.ifPresent(getChildren()::add);
        getChildren().addAll(controls);
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
        return source.map(s -> width(s) + GAP).orElse(0.0);
    }

    /// Whether caption, source and controls stand side by side.
    private boolean oneRow(double inside) {
        return width(caption) + sourceWidth() + controlsWidth() <= inside;
    }

    private double textHeight() {
        return Math.ceil(
                Math.max(caption.prefHeight(-1), source.map(s -> s.prefHeight(-1)).orElse(0.0)));
    }

    private double controlsHeight() {
        return Math.ceil(
                controls.stream()
                        .filter(Node::isManaged)
                        .mapToDouble(n -> n.prefHeight(-1))
                        .max()
                        .orElse(0));
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
                + sourceWidth()
                + controlsWidth()
                + snappedRightInset();
    }

    @Override
    protected double computePrefHeight(double width) {
        double edge = snappedTopInset() + snappedBottomInset();
        double inside = width - snappedLeftInset() - snappedRightInset();
        return edge
                + (width < 0 || oneRow(inside)
                        ? Math.max(textHeight(), controlsHeight())
                        : textHeight() + controlsHeight());
    }

    @Override
    protected void layoutChildren() {
        double left = snappedLeftInset();
        double right = getWidth() - snappedRightInset();
        double top = snappedTopInset();
        double bottom = getHeight() - snappedBottomInset();
        boolean one = oneRow(right - left);
        double middle = one ? bottom : Math.min(bottom, top + textHeight());
        double end = right;
        for (Node node : controls.reversed()) {
            if (node.isManaged()) {
                double wide = Math.min(width(node), Math.max(0, end - left));
                place(node, end - wide, wide, one ? top : middle, bottom);
                end -= wide + GAP;
            }
        }
        end = one ? end : right;
        if (source.isPresent()) {
            double wide = width(source.get());
            place(source.get(), end - wide, wide, top, middle);
            end -= wide + GAP;
        }
        if (formula.isPresent()) {
            double wide = width(formula.get());
            boolean room = left + width(caption) + GAP + wide <= end;
            formula.get().setVisible(room);
            place(formula.get(), end - wide, wide, top, middle);
            end -= room ? wide + GAP : 0;
        }
        place(caption, left, Math.max(0, Math.min(width(caption), end - left)), top, middle);
    }

    private static void place(Node node, double x, double width, double top, double bottom) {
        double height = Math.min(node.prefHeight(width), Math.max(0, bottom - top));
        node.resizeRelocate(
                Math.round(x), Math.round(top + (bottom - top - height) / 2), width, height);
    }
}
