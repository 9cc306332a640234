package org.skiplab.app.plot;

/// Something that happened at a step: a knob was turned.
///
/// @param step counted from 1
/// @param label what happened, in a few words
public record Mark(int step, String label) {}
