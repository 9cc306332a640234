package org.skiplab.engine.data.source;

/// Unwinds a reader whose input is no good; [Boundary] turns it into a value.
final class BadData extends Exception {
    private static final long serialVersionUID = 1;

    private final String what;
    private final String where;
    private final String remedy;

    BadData(String what, String where, String remedy) {
        super(where + ": " + what);
        this.what = what;
        this.where = where;
        this.remedy = remedy;
    }

    static BadData label(int label, long image, int classes, String where) {
        return new BadData(
                "label "
                        + label
                        + " of image "
                        + image
                        + " is not one of the "
                        + classes
                        + " classes",
                where,
                "check that this is the right data set");
    }

    DataSource.Failed failed() {
        return new DataSource.Failed(what, where, remedy);
    }
}
