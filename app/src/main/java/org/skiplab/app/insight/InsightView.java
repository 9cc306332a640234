package org.skiplab.app.insight;

import javafx.scene.Node;

/// One tab of the insight dock.
public interface InsightView {

    /// The tab's name.
    String title();

    /// Ikonli literal.
    String icon();

    /// What one is looking at, in a sentence.
    String caption();

    /// The formula behind it.
    String formula();

    /// Paper and section, `1603.09382 §3`; empty when it is nobody's in particular.
    String source();

    Node node();

    /// Sliders and choices of this view, beside the caption.
    Node controls();

    /// Takes over the newest telemetry. Called while the tab is showing, a few times a second.
    void update();

    /// Redraws what changed. Called once a frame while the tab is showing.
    void refresh();
}
