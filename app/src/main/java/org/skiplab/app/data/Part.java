package org.skiplab.app.data;

/// The two parts of a data set.
public enum Part {
    TRAIN("training"),
    TEST("test");

    private final String title;

    Part(String title) {
        this.title = title;
    }

    /// `training`, as in training images.
    public String title() {
        return title;
    }
}
