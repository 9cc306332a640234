package org.skiplab.engine.train;

import org.skiplab.engine.data.Batch;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.graph.Seeds;

/// How far a run has come through its training images: steps, epochs, and the mini-batch that is
/// next. An epoch is as many whole mini-batches as there are; the rest of the images is left out.
final class Course implements AutoCloseable {
    private final DataSet data;
    private Feed feed;
    private int batch;
    private int step;
    private int epoch;
    private int stepInEpoch;
    private Feed.Position place = Feed.Position.START;

    Course(DataSet data, TrainingSettings settings) {
        this.data = data;
        batch = settings.batch();
        feed = feed(settings);
    }

    private Feed feed(TrainingSettings settings) {
        return Feed.training(
                data.train(),
                data.normalisation(),
                settings.augmentation(),
                settings.batch(),
                new Seeds(settings.seed()),
                place);
    }

    /// The next mini-batch; [#done] says that the weights have moved by it.
    Batch take() throws InterruptedException {
        return feed.take();
    }

    /// A step was made with this mini-batch.
    void done(Batch taken) {
        step++;
        stepInEpoch++;
        place = taken.next();
        if (!room(place)) {
            place = new Feed.Position(taken.epoch() + 1, 0);
            stepInEpoch = 0;
            epoch++;
        }
    }

    /// Goes on with another batch size or augmentation, with the images that are next now.
    void feedAnew(TrainingSettings settings) {
        feed.close();
        batch = settings.batch();
        place(place);
        feed = feed(settings);
    }

    /// Goes on where a run was.
    void go(Checkpoint.Place to, TrainingSettings settings) {
        step = to.step();
        epoch = to.epoch();
        place = to.position();
        feedAnew(settings);
    }

    /// Where the next mini-batch begins: here, or in the next epoch if too few images are left.
    private void place(Feed.Position here) {
        place = room(here) ? here : new Feed.Position(here.epoch() + 1, 0);
        stepInEpoch = place.offset() / batch;
    }

    private boolean room(Feed.Position here) {
        return here.offset() + batch <= data.train().size();
    }

    /// Steps done since the initial weights.
    int steps() {
        return step;
    }

    /// Epochs finished.
    int epochs() {
        return epoch;
    }

    int stepsPerEpoch() {
        return feed.batchesPerEpoch();
    }

    /// Whether the last step finished an epoch.
    boolean atEpochEnd() {
        return stepInEpoch == 0 && step > 0;
    }

    /// Epochs done in the current run of a schedule, which starts again when training goes on
    /// behind its end.
    ///
    /// @param length of the schedule in epochs
    double epochsOf(int length) {
        return epoch % length + (double) stepInEpoch / stepsPerEpoch();
    }

    /// The image at which the next mini-batch begins.
    Feed.Position place() {
        return place;
    }

    @Override
    public void close() {
        feed.close();
    }
}
