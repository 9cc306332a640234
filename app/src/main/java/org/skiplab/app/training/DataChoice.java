package org.skiplab.app.training;

import java.util.List;
import java.util.Optional;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.source.DataSource;
import org.skiplab.engine.data.source.Shapes;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Shape;

/// A data set that can be chosen to train on.
///
/// @param spec as the command line writes it: `mnist`
/// @param title as people call it: `MNIST digits`
/// @param shape of one image
/// @param classNames names of the classes, in the order of the labels
/// @param limit most images of each part, every class in its share; 0 takes all
/// @param scaling what pixel values are normalised with
public record DataChoice(
        String spec,
        String title,
        Shape shape,
        List<String> classNames,
        int limit,
        Scaling scaling) {

    /// Where the mean and standard deviation of each channel come from.
    public enum Scaling {
        COMPUTED("measured on the training images"),
        PUBLISHED("the published values"),
        NONE("none: pixels from 0 to 1");

        private final String title;

        Scaling(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

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

    /// All images, normalised with their own mean and deviation.
    public DataChoice(String spec, String title, Shape shape, List<String> classNames) {
        this(spec, title, shape, classNames, 0, Scaling.COMPUTED);
    }

    public DataChoice withLimit(int value) {
        return new DataChoice(spec, title, shape, classNames, value, scaling);
    }

    public DataChoice withScaling(Scaling value) {
        return new DataChoice(spec, title, shape, classNames, limit, value);
    }

    /// What it is without its settings: choices of one address differ in settings only.
    public String address() {
        return DataSource.parse(spec) instanceof DataSource source ? source.address() : spec;
    }

    /// What remains of a set that was read, and how it is normalised.
    public DataSet applied(DataSet read) {
        DataSet scaled =
                switch (scaling) {
                    case COMPUTED -> read;
                    case PUBLISHED ->
                            DataSource.parse(spec) instanceof DataSource source
                                    ? source.publishedNormalisation()
                                            .map(read::withNormalisation)
                                            .orElse(read)
                                    : read;
                    case NONE ->
                            read.withNormalisation(Normalisation.none(read.shape().channels()));
                };
        return limit > 0 ? scaled.limited(limit) : scaled;
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
