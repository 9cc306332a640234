package org.skiplab.app.inspector;

/// One line of the inspector: what it is called, its value, and a sentence on what it means.
public record Fact(String name, String value, String meaning) {}
