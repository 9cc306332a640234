package org.skiplab.engine.data.source;

import java.util.List;
import java.util.stream.IntStream;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.StoredImages;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Seeds.Purpose;
import org.skiplab.engine.graph.Shape;

/// Generated colour images, 32x32, of ten figures that keep their identity under rotation. Drawn in
/// integers only, so that no two machines differ.
///
/// @param difficulty 0 (large, upright, centred, clean) to 10 (small, turned, off centre, faint,
///   noisy, cluttered)
/// @param seed other images for every seed
/// @param trainImages in `[10, 100 000]`
/// @param testImages in `[10, 100 000]`
public record Shapes(int difficulty, long seed, int trainImages, int testImages)
        implements DataSource {
    static final String PREFIX = "shapes";

    /// The largest difficulty.
    public static final int HARDEST = 10;

    static final int FEWEST = 10;
    static final int MOST = 100_000;

    public static final Shapes DEFAULT = new Shapes(4, 1, 10_000, 2_000);

    private static final Shape SHAPE = new Shape(Figure.SIDE, Figure.SIDE, 3);

    /// @throws IllegalArgumentException if a number is out of its range
    public Shapes {
        if (difficulty < 0
                || difficulty > HARDEST
                || Math.min(trainImages, testImages) < FEWEST
                || Math.max(trainImages, testImages) > MOST) {
            throw new IllegalArgumentException(
                    "difficulty %s, %s and %s images"
                            .formatted(difficulty, trainImages, testImages));
        }
    }

    @Override
    public String spec() {
        return equals(DEFAULT)
                ? PREFIX
                : "%s#difficulty=%s,seed=%s,train=%s,test=%s"
                        .formatted(PREFIX, difficulty, seed, trainImages, testImages);
    }

    public Shapes withDifficulty(int value) {
        return new Shapes(value, seed, trainImages, testImages);
    }

    public Shapes withSeed(long value) {
        return new Shapes(difficulty, value, trainImages, testImages);
    }

    /// The ten figures, in the order of their labels.
    public static List<String> classNames() {
        return Figure.names();
    }

    @Override
    public Result open(Progress progress) {
        return Boundary.open(
                spec(),
                () -> {
                    progress.at("drawing shapes", 0);
                    ImageSet train = draw(0, trainImages);
                    Cancellation.check();
                    progress.at("drawing shapes", 0.9);
                    ImageSet test = draw(1, testImages);
                    return new Opened(
                            new DataSet("Shapes", train, test, Normalisation.computed(train), ""),
                            List.of());
                });
    }

    private ImageSet draw(int part, int count) {
        var seeds = new Seeds(seed);
        Figure[] figures = Figure.values();
        int bytes = (int) SHAPE.size();
        byte[] images = new byte[count * bytes];
        IntStream.range(0, count)
                .parallel()
                .forEach(i ->
                        new ShapeDrawing(
                                        figures[i % figures.length],
                                        difficulty,
                                        Seeds.stream(seeds.of(Purpose.DATA, part, i)))
                                .draw(images, i * bytes));
        var builder = new StoredImages.Builder(SHAPE, Figure.names());
        for (int i = 0; i < count; i++) {
            builder.add(images, i * bytes, i % figures.length);
        }
        return builder.build();
    }
}
