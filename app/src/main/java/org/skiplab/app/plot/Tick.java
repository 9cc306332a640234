package org.skiplab.app.plot;

/// A marked number on an axis.
public record Tick(double value, String label) {}
