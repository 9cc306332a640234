package org.skiplab.engine.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.data.source.DataSource.Opened;
import org.skiplab.engine.graph.Seeds;

/// As many images as the papers used.
class FullSizeTest {
    private static final long MOST_BYTES = 250L << 20;
    private static final int BATCH = 128;

    @TempDir private Path folder;

    @Test
    void cifarAndItsFeedStayUnderAQuarterOfAGigabyte() throws IOException, InterruptedException {
        for (int part = 1; part <= 5; part++) {
            write("data_batch_" + part + ".bin", part);
        }
        write("test_batch.bin", 6);
        long before = heapInUse();
        DataSet data = ((Opened) DataSource.open("cifar10:" + folder)).data();
        try (Feed feed =
                Feed.training(
                        data.train(),
                        data.normalisation(),
                        Augmentation.CIFAR,
                        BATCH,
                        new Seeds(1),
                        Feed.Position.START)) {
            for (int i = 0; i < feed.batchesPerEpoch() + 2; i++) {
                feed.take();
            }
            long heap = heapInUse() - before;
            long inBatches = (Feed.AHEAD + 1L) * BATCH * data.shape().size() * Float.BYTES;
            assertThat(heap + inBatches)
                    .isBetween(data.train().size() * data.shape().size() / 2, MOST_BYTES);
        }
        assertThat(data.train().size()).isEqualTo(50_000);
        assertThat(data.test().size()).isEqualTo(10_000);
        assertThat(data.limited(1000).train().size()).isEqualTo(1000);
    }

    private static long heapInUse() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private void write(String name, long seed) throws IOException {
        byte[] images = Published.cifar(100, 1, 10, seed);
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)), 1 << 20)) {
            for (int i = 0; i < 100; i++) {
                out.write(images);
            }
        }
    }
}
