package org.skiplab.engine.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.StoredImages;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Survival;

/// Small things to train on: noisy images whose class is the brightest quarter, and a residual
/// network for them.
final class Patterns {
    private Patterns() {}

    static final Shape SHAPE = new Shape(8, 8, 1);

    /// What the network learns them with, within an epoch or two.
    static final TrainingSettings SETTINGS =
            TrainingSettings.DEFAULT
                    .withBatch(32)
                    .withOptimiser(Optimiser.Sgd.PAPER.withLearningRate(0.05));

    static DataSet data(int train, int test) {
        return new DataSet(
                "patterns",
                images(train, 1),
                images(test, 2),
                Normalisation.computed(images(train, 1)),
                "");
    }

    private static StoredImages images(int count, long seed) {
        Random random = new Random(seed);
        try {
            return drawn(count, random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoredImages drawn(int count, Random random) throws IOException {
        StoredImages.Builder builder = new StoredImages.Builder(SHAPE, List.of("a", "b", "c", "d"));
        for (int n = 0; n < count; n++) {
            int label = random.nextInt(4);
            byte[] pixels = new byte[64];
            for (int i = 0; i < 64; i++) {
                int quarter = (i / 8 / 4) * 2 + i % 8 / 4;
                pixels[i] = (byte) (random.nextInt(120) + (quarter == label ? 100 : 0));
            }
            builder.add(pixels, 0, label);
        }
        return builder.build();
    }

    static Network network(Survival survival) {
        Residual plain = Residual.v1(Residual.Form.BASIC, 8, 1);
        Residual gated =
                new Residual(
                        Residual.Form.BASIC,
                        8,
                        1,
                        ActivationOrder.ORIGINAL,
                        Shortcut.PROJECTION,
                        false,
                        false,
                        new Gate(GateMode.BATCH, null));
        return new Network(
                "patterns",
                SHAPE,
                List.of(
                        new Node("stem", new Stem(Stem.Form.CIFAR, 8, true), Network.INPUT),
                        new Node("first", plain, "stem"),
                        new Node("second", gated, "first"),
                        new Node("third", gated, "second"),
                        new Node("head", new Head(4, false, Head.Classifier.LINEAR), "third")),
                survival);
    }
}
