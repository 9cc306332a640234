package org.skiplab.app.diagram.layout;

/// A wire between two items.
///
/// @param port position among the inputs of `to`
public record Edge(String from, String to, int port) {}
