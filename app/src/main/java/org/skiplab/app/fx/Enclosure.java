package org.skiplab.app.fx;

import javafx.scene.layout.Region;

/// Keeps what changes inside from being everybody's business: JavaFX lays out a whole window anew
/// when a label in it gets another number. Here only the content is, unless it needs more room than
/// it ever had.
public final class Enclosure extends Region {

    private final Region content;
    private double widest;

    public Enclosure(Region content) {
        this.content = content;
        // It is not managed, so that what it asks for ends with it.
        Inside inside = new Inside();
        inside.setManaged(false);
        getChildren().add(inside);
    }

    private final class Inside extends Region {

        Inside() {
            getChildren().add(content);
        }

        @Override
        protected void layoutChildren() {
            if (content.minWidth(-1) > Enclosure.this.getWidth()
                    || content.prefHeight(getWidth()) > Enclosure.this.getHeight()) {
                // What is around it is being laid out at this moment, and would not hear.
                FxThread.LATER.execute(Enclosure.this::requestLayout);
            }
            content.resizeRelocate(0, 0, getWidth(), getHeight());
        }
    }

    @Override
    protected void layoutChildren() {
        getChildren().getFirst().resizeRelocate(0, 0, getWidth(), getHeight());
    }

    @Override
    protected double computeMinWidth(double height) {
        return Math.min(content.minWidth(height), prefWidth(height));
    }

    @Override
    protected double computePrefWidth(double height) {
        widest = Math.max(widest, content.prefWidth(height));
        return widest;
    }

    @Override
    protected double computePrefHeight(double width) {
        return content.prefHeight(width);
    }
}
