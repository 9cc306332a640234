package org.skiplab.app.insight;

import javafx.scene.Node;

/// One tab of the insight dock.
public interface InsightView {

    /// What stands above it. Formula and source may change with what is looked at.
    InsightHead head();

    Node node();

    /// Sliders and choices of this view, beside the caption.
    Node controls();

    /// Takes over the newest telemetry. Called while the tab is showing, a few times a second.
    void update();

    /// Redraws what changed. Called once a frame while the tab is showing.
    void refresh();
}
