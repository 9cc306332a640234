package org.skiplab.app.data;

import java.util.List;
import org.skiplab.app.training.DataChoice;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.PixelHistogram;
import org.skiplab.engine.data.look.Overlap;
import org.skiplab.engine.data.look.Survey;
import org.skiplab.engine.data.source.DataSource;

/// A data set with what there is to see in it, all of it counted from its images.
///
/// @param choice how it would be trained on
/// @param data what the choice leaves of the source's images
/// @param warnings what was left out while reading, one line each
/// @param train counts and means of the training images
/// @param test the same of the test images
/// @param histogram of the training images' pixels
public record Surveyed(
        DataChoice choice,
        DataSource source,
        DataSet data,
        List<String> warnings,
        Survey train,
        Survey test,
        PixelHistogram histogram,
        Overlap overlap) {

    /// Takes up to seconds. Interrupting the thread makes it give up.
    ///
    /// @param opened as it was read
    /// @throws InterruptedException if it gave up
    static Surveyed of(DataChoice choice, DataSource source, DataSource.Opened opened)
            throws InterruptedException {
        DataSet data = choice.applied(opened.data());
        return new Surveyed(
                choice,
                source,
                data,
                opened.warnings(),
                Survey.of(data.train()),
                Survey.of(data.test()),
                PixelHistogram.of(data.train()),
                Overlap.of(data));
    }

    public ImageSet set(Part part) {
        return switch (part) {
            case TRAIN -> data.train();
            case TEST -> data.test();
        };
    }

    public Survey survey(Part part) {
        return switch (part) {
            case TRAIN -> train;
            case TEST -> test;
        };
    }

    public byte[] image(Part part, int index) {
        byte[] image = new byte[Math.toIntExact(data.shape().size())];
        set(part).copyImage(index, image, 0);
        return image;
    }
}
