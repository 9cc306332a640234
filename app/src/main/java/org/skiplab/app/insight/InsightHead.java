package org.skiplab.app.insight;

/// What stands above an insight, on its tab and beside its controls.
///
/// @param title the tab's name
/// @param icon Ikonli literal
/// @param caption what one is looking at, in a sentence
/// @param formula the formula behind it; empty when there is none
/// @param source paper and section, `1603.09382 §3`; empty when it is nobody's in particular
/// @param address where the source can be read
public record InsightHead(
        String title, String icon, String caption, String formula, String source, String address) {

    /// @param source an arXiv paper and its section
    public InsightHead(String title, String icon, String caption, String formula, String source) {
        this(title, icon, caption, formula, source, paper(source));
    }

    /// The same with another formula and arXiv paper.
    public InsightHead with(String otherFormula, String otherSource) {
        return with(otherFormula, otherSource, paper(otherSource));
    }

    /// The same with another formula and source.
    public InsightHead with(String otherFormula, String otherSource, String otherAddress) {
        return new InsightHead(title, icon, caption, otherFormula, otherSource, otherAddress);
    }

    private static String paper(String source) {
        return "https://arxiv.org/abs/" + source.split(" ", 2)[0];
    }
}
