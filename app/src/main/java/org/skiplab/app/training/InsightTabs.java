package org.skiplab.app.training;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;

/// Tabs that all have room: where their titles do not, closed ones show their icons only
/// (`:compact`).
final class InsightTabs extends TabPane {

    private static final PseudoClass COMPACT = PseudoClass.getPseudoClass("compact");

    /// Padding of a tab with its title; closed ones without have less.
    private double roomy;

    InsightTabs() {
        getStyleClass().add("insight-tabs");
        setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
        setMinSize(0, 0);
    }

    @Override
    protected void layoutChildren() {
        if (lookup(".headers-region") instanceof Parent row) {
            pseudoClassStateChanged(COMPACT, titled(row) > getWidth());
        }
        super.layoutChildren();
    }

    /// Width of the row with all titles, the same whether they show or not: otherwise the row would
    /// change back and forth.
    private double titled(Parent row) {
        double width = 0;
        for (Node tab : row.getChildrenUnmodifiable()) {
            double wide = tab.prefWidth(-1);
            if (tab instanceof Region region) {
                double padding = region.getInsets().getLeft() + region.getInsets().getRight();
                roomy = Math.max(roomy, padding);
                wide += roomy - padding;
            }
            if (tab.lookup(".tab-label") instanceof Label label
                    && label.getContentDisplay() == ContentDisplay.GRAPHIC_ONLY) {
                Text title = new Text(label.getText());
                title.setFont(label.getFont());
                wide += title.getLayoutBounds().getWidth() + label.getGraphicTextGap();
            }
            width += Math.ceil(wide);
        }
        return width;
    }
}
