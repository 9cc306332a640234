package org.skiplab.app.plot;

/// What a colour in a figure means; a [Palette] says which colour that is.
public enum Tone {
    /// Measured on training data.
    TRAIN,
    /// Measured on test data.
    TEST,
    /// Set by a person or a schedule.
    SETTING,
    /// Outside what was to be expected.
    ALARM
}
