package org.skiplab.app.training;

import java.util.List;
import java.util.Optional;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Shape;

/// A data set that can be chosen to train on.
///
/// @param spec as the command line writes it: `mnist`
/// @param title as people call it: `MNIST digits`
/// @param shape of one image
/// @param classNames names of the classes, in the order of the labels
public record DataChoice(String spec, String title, Shape shape, List<String> classNames) {

    public DataChoice {
        classNames = List.copyOf(classNames);
    }

    public int classes() {
        return classNames.size();
    }

    /// Why a network cannot train on these data, with what to do; empty if it can.
    public Optional<String> mismatch(Analysis analysis) {
        if (!analysis.network().input().equals(shape)) {
            return Optional.of(
                    "the network takes images of "
                            + analysis.network().input()
                            + ", "
                            + title
                            + " has "
                            + shape
                            + "; change the network's input or choose other data");
        }
        return analysis.classes()
                .filter(c -> c != classes())
                .map(c ->
                        "the network scores "
                                + c
                                + " classes, "
                                + title
                                + " has "
                                + classes()
                                + "; set the head to "
                                + classes()
                                + " classes");
    }
}
