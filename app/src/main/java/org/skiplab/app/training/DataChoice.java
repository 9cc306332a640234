package org.skiplab.app.training;

import java.util.List;
import java.util.Optional;
import org.skiplab.engine.data.source.Shapes;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Shape;

/// A data set that can be chosen to train on.
///
/// @param spec as the command line writes it: `mnist`
/// @param title as people call it: `MNIST digits`
/// @param shape of one image
/// @param classNames names of the classes, in the order of the labels
public record DataChoice(String spec, String title, Shape shape, List<String> classNames) {

    /// What can be trained on at once: the bundled digits and the generated shapes.
    public static final List<DataChoice> BUILT_IN =
            List.of(
                    new DataChoice(
                            "mnist",
                            "MNIST digits",
                            new Shape(28, 28, 1),
                            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")),
                    new DataChoice(
                            Shapes.DEFAULT.spec(),
                            "Shapes",
                            new Shape(32, 32, 3),
                            Shapes.classNames()));

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
