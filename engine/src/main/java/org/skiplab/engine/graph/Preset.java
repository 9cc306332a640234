package org.skiplab.engine.graph;

import java.util.List;

/// A network of the gallery: how to build it, and what its paper says about it.
///
/// @param name kebab-case, as on the command line
/// @param title as in the paper
/// @param note what to know about this form of the network, empty where there is nothing to add
/// @param published rows of papers' tables about exactly this kind of network, the main one first;
///   may be empty
/// @param input the shape of image it was designed for
/// @param classes the number of classes it was designed for
public record Preset(
        String name,
        String title,
        Family family,
        Architecture architecture,
        String note,
        List<Published> published,
        Shape input,
        int classes) {

    public Preset {
        published = List.copyOf(published);
    }

    public Paper paper() {
        return published.isEmpty() ? family.paper() : published.getFirst().paper();
    }

    /// The network for other images than those it was designed for.
    public Network network(Shape images, int classCount) {
        return architecture.network(name, images, classCount);
    }

    /// The network as published.
    public Network network() {
        return network(input, classes);
    }
}
