package org.skiplab.app.plot;

import org.jspecify.annotations.Nullable;

/// The stretch of steps that one or more figures show: everything so far, or what a person zoomed
/// to. A stretch that touched the newest step when it was chosen follows the newest step.
public final class Viewport {

    private Range full = new Range(0, 1);
    private @Nullable Axis chosen;
    private boolean follows;
    private boolean log;
    private long revision;

    public Axis axis() {
        return chosen == null ? new Axis(full, log) : chosen;
    }

    /// Grows whenever [#axis] changes.
    public long revision() {
        return revision;
    }

    public boolean zoomed() {
        return chosen != null;
    }

    public boolean log() {
        return log;
    }

    public void log(boolean value) {
        if (value != log) {
            log = value;
            reset();
        }
    }

    /// Tells what there is to show.
    public void extent(double first, double last) {
        Range now = new Range(first, Math.max(first + 1, last));
        if (now.equals(full)) {
            return;
        }
        boolean shrunk = now.high() < full.high() || now.low() != full.low();
        full = now;
        revision++;
        if (shrunk) {
            chosen = null;
        } else if (chosen != null && follows) {
            double span = chosen.range().span();
            chosen = new Axis(new Range(now.high() - span, now.high()), log);
        }
    }

    /// Magnifies around a position from 0 to 1.
    public void zoom(double position, double factor) {
        choose(axis().zoomed(position, factor, full));
    }

    /// Moves by a share of the visible stretch, towards later steps when positive.
    public void pan(double share) {
        if (chosen != null) {
            choose(chosen.panned(share, full));
        }
    }

    /// Back to everything.
    public void reset() {
        chosen = null;
        revision++;
    }

    private void choose(Axis axis) {
        revision++;
        if (axis.range().span() >= full.span() * (1 - 1e-9)) {
            chosen = null;
        } else if (axis.range().span() >= Math.min(4, full.span())) {
            chosen = axis;
            follows = axis.range().high() >= full.high() * (1 - 1e-9);
        }
    }
}
