package org.skiplab.engine.graph.file;

/// Carries a message from the depth of a file to its reader.
final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String why;
    private final String fix;

    Unfit(String place, String why, String fix) {
        super(why, null, false, false);
        this.place = place;
        this.why = why;
        this.fix = fix;
    }

    Reading.Unreadable reading() {
        return new Reading.Unreadable(place, why, fix);
    }
}
