package org.skiplab.app.plot;

/// A figure over steps, with what pointer and keys do to it: they zoom and drag its viewport and
/// move an upright line at which it tells its values.
abstract sealed class StepFigure implements Figure permits LineFigure, OverlayFigure {

    final Viewport viewport;

    /// Where data were painted last.
    PlotArea area = LineFrame.NOWHERE;

    private double hovered = Double.NaN;
    private long revision;

    StepFigure(Viewport viewport) {
        this.viewport = viewport;
    }

    /// Steps from one measurement to the next; 0 while there is none.
    abstract int stride();

    /// The figure looks different from now on.
    final void changed() {
        revision++;
    }

    /// Where the upright line is; NaN while there is none.
    final double hovered() {
        return hovered;
    }

    @Override
    public final long revision() {
        return revision + viewport.revision();
    }

    @Override
    public final void hover(double x, double y) {
        hovered = Math.clamp(x, area.left(), area.right());
        changed();
    }

    @Override
    public final void leave() {
        hovered = Double.NaN;
        changed();
    }

    @Override
    public final void zoom(double x, double y, double factor) {
        viewport.zoom(Math.clamp((x - area.left()) / area.width(), 0, 1), factor);
    }

    @Override
    public final void drag(double x, double dx) {
        viewport.pan(-dx / area.width());
    }

    @Override
    public final void reset() {
        viewport.reset();
    }

    @Override
    public final void move(int dx, int dy) {
        if (stride() > 0) {
            double now = Double.isNaN(hovered) ? area.right() : hovered;
            double apart = viewport.log() ? 1 : area.px(1 + stride()) - area.px(1);
            hover(now + dx * Math.max(1, apart), 0);
        }
    }
}
