package org.skiplab.engine.train;

/// A knob that was turned while the network trained.
///
/// @param step the first step it acted on
public record KnobChange(int step, Knob knob) {}
