package org.skiplab.app.plot;

/// Which end of a text is at the given place.
public enum Align {
    LEFT,
    CENTRE,
    RIGHT
}
