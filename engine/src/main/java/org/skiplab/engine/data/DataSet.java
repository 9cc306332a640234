package org.skiplab.engine.data;

import java.util.List;
import org.skiplab.engine.graph.Shape;

/// What a network trains on and is judged by.
///
/// @param name how the data set is called in runs and on the screen
/// @param normalisation of both sets; measured on the whole of `train` unless published values are
///   chosen
/// @param attribution origin and licence in one line, or empty where the data are the user's own
public record DataSet(
        String name,
        ImageSet train,
        ImageSet test,
        Normalisation normalisation,
        String attribution) {

    /// @throws IllegalArgumentException if the two sets differ in shape or classes
    public DataSet {
        if (!train.shape().equals(test.shape())) {
            throw new IllegalArgumentException(
                    "train is " + train.shape() + ", test is " + test.shape());
        }
        if (!train.classNames().equals(test.classNames())) {
            throw new IllegalArgumentException("train and test have different classes");
        }
    }

    public Shape shape() {
        return train.shape();
    }

    public List<String> classNames() {
        return train.classNames();
    }

    /// At most `images` of each set, every class in its share. The normalisation stays, so that a
    /// trained network sees the same numbers with and without the limit.
    public DataSet limited(int images) {
        return new DataSet(
                name,
                Selection.stratified(train, images),
                Selection.stratified(test, images),
                normalisation,
                attribution);
    }

    public DataSet withNormalisation(Normalisation value) {
        return new DataSet(name, train, test, value, attribution);
    }
}
