package org.skiplab.engine.data;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Shape;

/// Image sets for tests.
final class Images {
    private Images() {}

    /// Noise from a seed.
    static StoredImages noise(int count, Shape shape, int classes, long seed) {
        return of(count, shape, classes, i -> i % classes, seed);
    }

    static StoredImages of(int count, Shape shape, int classes, IntUnaryOperator label, long seed) {
        return in(new StoredImages.Builder(shape, names(classes)), count, label, seed);
    }

    static StoredImages in(
            StoredImages.Builder builder, int count, IntUnaryOperator label, long seed) {
        for (int i = 0; i < count; i++) {
            byte[] image = new byte[builder.imageBytes()];
            Seeds.stream(seed + i).nextBytes(image);
            builder.add(image, 0, label.applyAsInt(i));
        }
        return builder.build();
    }

    static List<String> names(int classes) {
        return IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
    }

    static byte[] bytes(ImageSet set, int index) {
        byte[] image = new byte[(int) set.shape().size()];
        set.copyImage(index, image, 0);
        return image;
    }
}
