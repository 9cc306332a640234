package org.skiplab.app.insight;

/// What stands above an insight, on its tab and beside its controls.
///
/// @param title the tab's name
/// @param icon Ikonli literal
/// @param caption what one is looking at, in a sentence
/// @param formula the formula behind it; empty when there is none
/// @param source paper and section, `1603.09382 §3`; empty when it is nobody's in particular
public record InsightHead(
        String title, String icon, String caption, String formula, String source) {

    /// The same with another formula and source.
    public InsightHead with(String otherFormula, String otherSource) {
        return new InsightHead(title, icon, caption, otherFormula, otherSource);
    }

    /// Where the source can be read; only for those that have one.
    public String address() {
        return "https://arxiv.org/abs/" + source.split(" ", 2)[0];
    }
}
