package org.skiplab.app.training;

import org.skiplab.engine.probe.GateStrip;

/// Which mini-batches a film strip shows: how many pixels each takes (or how many share a pixel)
/// and how far back in time it is scrolled.
final class FilmWindow {

    private static final double NORMAL = 4;
    private static final double FINEST = 16;
    private static final double COARSEST = 1.0 / 16;

    private double perStep = NORMAL;
    private double back;
    private int firstStep;
    private int columns;

    /// Decides what is shown in `width` pixels.
    void fit(GateStrip.View gates, double width) {
        int each = stepsPerColumn();
        int room = Math.max(1, (int) (width / columnWidth()));
        int kept = gates.steps() - gates.firstKept();
        back = Math.clamp(back, 0, Math.max(0, kept - room * each));
        int last = gates.steps() - (int) back;
        int first = Math.max(gates.firstKept(), last - room * each);
        firstStep = Math.max(gates.firstKept(), (first + each - 1) / each * each);
        columns = Math.min(room, Math.max(0, (last - firstStep + each - 1) / each));
    }

    /// The first step that is shown.
    int firstStep() {
        return firstStep;
    }

    int columns() {
        return columns;
    }

    int stepsPerColumn() {
        return perStep >= 1 ? 1 : (int) Math.round(1 / perStep);
    }

    /// Width of a column in pixels.
    double columnWidth() {
        return Math.max(1, Math.floor(perStep));
    }

    double width() {
        return columns * columnWidth();
    }

    boolean shows(int step) {
        return step >= firstStep && step < firstStep + columns * stepsPerColumn();
    }

    /// Where a step's column begins, from the strip's left edge.
    double columnAt(int step) {
        return (double) ((step - firstStep) / stepsPerColumn()) * columnWidth();
    }

    /// The first step of the column at a distance from the strip's left edge; −1 where there is
    /// none.
    int stepAt(double x) {
        return x < 0 || x >= width()
                ? -1
                : firstStep + (int) (x / columnWidth()) * stepsPerColumn();
    }

    /// Whether the newest step is shown.
    boolean live() {
        return back < 1;
    }

    void zoom(boolean in) {
        perStep = Math.clamp(in ? perStep * 2 : perStep / 2, COARSEST, FINEST);
    }

    /// Goes back in time by a distance in pixels.
    void drag(double dx) {
        back += dx / columnWidth() * stepsPerColumn();
    }

    /// Keeps showing the same steps although there are newer ones.
    void hold(int newSteps) {
        back += newSteps;
    }

    void toNewest() {
        back = 0;
    }

    void reset() {
        back = 0;
        perStep = NORMAL;
    }
}
