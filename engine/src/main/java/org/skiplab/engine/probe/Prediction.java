package org.skiplab.engine.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a network says of one test image.
///
/// @param image index in the test set
/// @param label what it is
/// @param step steps of training that the network had had
/// @param probabilities of all classes
public record Prediction(int image, int label, int step, float[] probabilities) {

    /// The most probable class.
    public int answer() {
        return best(probabilities);
    }

    public boolean right() {
        return answer() == label;
    }

    static int best(float[] probabilities) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        return best;
    }

    /// Asks about some test images.
    ///
    /// @param images indices in the test set; those beyond its end are left out
    public static Probe<List<Prediction>> of(List<Integer> images) {
        List<Integer> all = List.copyOf(images);
        return subject -> {
            List<Prediction> predictions = new ArrayList<>();
            Examination examination = subject.many();
            int[] known =
                    all.stream()
                            .filter(i -> i < subject.data().test().size())
                            .mapToInt(i -> i)
                            .toArray();
            for (int from = 0; from < known.length; from += examination.batch()) {
                int to = Math.min(known.length, from + examination.batch());
                int[] batch = Arrays.copyOfRange(known, from, to);
                float[][] p = examination.probabilities(batch);
                for (int n = 0; n < batch.length; n++) {
                    int label = subject.data().test().label(batch[n]);
                    predictions.add(new Prediction(batch[n], label, subject.step(), p[n]));
                }
            }
            return List.copyOf(predictions);
        };
    }
}
