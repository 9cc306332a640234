package org.skiplab.engine.probe;

import java.util.Set;
import java.util.stream.IntStream;
import org.skiplab.engine.data.ImageSet;

/// A trained network without some of its residual branches, on the first test images: the lesion
/// study of Veit et al. (1605.06431 §4.1).
///
/// @param cut blocks that passed on their shortcut alone; none for the network as it is
/// @param step steps of training that the network had had
/// @param images test images looked at, the set's first ones
/// @param wrong how many of them were taken for another class
/// @param loss mean cross-entropy in nats
public record Lesion(Set<String> cut, int step, int images, int wrong, double loss) {

    private static final double LEAST = 1e-38;

    public Lesion {
        cut = Set.copyOf(cut);
    }

    /// Share of wrong answers.
    public double error() {
        return (double) wrong / images;
    }

    /// Asks for the error without some blocks.
    ///
    /// @param cut see [Examination#cuttable]
    /// @param most test images to look at, at the most
    public static Probe<Lesion> of(Set<String> cut, int most) {
        Set<String> blocks = Set.copyOf(cut);
        return subject -> measure(subject, blocks, most);
    }

    private static Lesion measure(Subject subject, Set<String> blocks, int most) {
        ImageSet test = subject.data().test();
        Examination examination = subject.many();
        examination.cut(blocks);
        int images = Math.min(most, test.size());
        int wrong = 0;
        double loss = 0;
        for (int from = 0; from < images; from += examination.batch()) {
            int[] batch =
                    IntStream.range(from, Math.min(images, from + examination.batch())).toArray();
            float[][] p = examination.probabilities(batch);
            for (int n = 0; n < batch.length; n++) {
                int label = test.label(batch[n]);
                wrong += Prediction.best(p[n]) == label ? 0 : 1;
                loss -= Math.log(Math.max(LEAST, p[n][label]));
            }
        }
        return new Lesion(blocks, subject.step(), images, wrong, loss / images);
    }
}
