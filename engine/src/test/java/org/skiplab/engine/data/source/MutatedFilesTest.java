package org.skiplab.engine.data.source;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skiplab.engine.data.source.DataSource.Failed;
import org.skiplab.engine.data.source.DataSource.Opened;
import org.skiplab.engine.graph.Seeds;

/// 5,000 damaged files of every format: whatever is in them, opening ends with data or with one
/// line, and takes no more memory than sound files of a sensible size would.
class MutatedFilesTest {
    /// Fewer or more with `-Dskiplab.mutations=N`.
    private static final int FILES_PER_FORMAT = Integer.getInteger("skiplab.mutations", 5000);

    /// What one thread may allocate while it opens files of some kilobytes.
    private static final long MOST_BYTES = 300L << 20;

    @TempDir private Path folder;

    private final Map<String, byte[]> written = new HashMap<>();

    /// A set of sound files, one of which is then damaged: as it lies there, or before packing.
    enum Format {
        IDX_IMAGES("mnist:", "train-images-idx3-ubyte") {
            @Override
            Map<String, byte[]> files() {
                return idx("", UnaryOperator.identity());
            }
        },
        IDX_LABELS("fashion:", "t10k-labels-idx1-ubyte") {
            @Override
            Map<String, byte[]> files() {
                return idx("", UnaryOperator.identity());
            }
        },
        IDX_GZIP("mnist:", "t10k-images-idx3-ubyte.gz") {
            @Override
            Map<String, byte[]> files() {
                return idx(".gz", Published::gzip);
            }
        },
        IDX_IN_GZIP("mnist:", "train-images-idx3-ubyte") {
            @Override
            Map<String, byte[]> files() {
                return idx("", UnaryOperator.identity());
            }

            @Override
            Map<String, byte[]> packed(Map<String, byte[]> files) {
                Map<String, byte[]> packed = new LinkedHashMap<>();
                files.forEach((name, bytes) -> packed.put(name + ".gz", Published.gzip(bytes)));
                return packed;
            }
        },
        CIFAR("cifar10:", "data_batch_1.bin") {
            @Override
            Map<String, byte[]> files() {
                return cifar();
            }
        },
        CIFAR_TAR("cifar10:", "cifar-10-binary.tar.gz") {
            @Override
            Map<String, byte[]> files() {
                return Map.of(target, Published.tar(cifar()));
            }
        },
        CIFAR_TAR_IN_GZIP("cifar10:", "cifar-10-binary.tar.gz") {
            @Override
            Map<String, byte[]> files() {
                return Map.of(target, Published.tar(cifar()));
            }

            @Override
            Map<String, byte[]> packed(Map<String, byte[]> files) {
                return Map.of(target, Published.gzip(requireNonNull(files.get(target))));
            }
        },
        EMNIST_ZIP("emnist:", "gzip.zip") {
            @Override
            Map<String, byte[]> files() {
                Map<String, byte[]> members = new LinkedHashMap<>();
                idx(".gz", Published::gzip)
                        .forEach((name, bytes) ->
                                members.put(
                                        "gzip/emnist-balanced-" + name.replace("t10k", "test"),
                                        bytes));
                return Map.of(target, Published.zip(members));
            }
        },
        SVHN("svhn:", "train_32x32.mat") {
            @Override
            Map<String, byte[]> files() {
                byte[] file =
                        Published.svhn(
                                4,
                                4,
                                Published.noise(480, 1),
                                new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
                return Map.of(target, file, "test_32x32.mat", file);
            }
        },
        CSV("csv:", "train.csv") {
            @Override
            Map<String, byte[]> files() {
                byte[] file =
                        "label,a,b,c,d\n1,0,1,2,3\n2,4,5,6,255\n\"3\",7,8,9,10\n"
                                .getBytes(StandardCharsets.US_ASCII);
                return Map.of(target, file, "test.csv", file);
            }
        },
        PNG("folder:", "a/x.png") {
            @Override
            Map<String, byte[]> files() {
                return Map.of(
                        target,
                        Published.picture("png", 12, 9, 1),
                        "a/y.png",
                        Published.picture("png", 8, 8, 2),
                        "b/z.png",
                        Published.picture("png", 8, 8, 3));
            }
        },
        JPEG("folder:", "b/x.jpg") {
            @Override
            Map<String, byte[]> files() {
                byte[] jpeg = Published.picture("jpeg", 20, 18, 4);
                ByteBuffer exif = ByteBuffer.allocate(36);
                exif.putShort((short) 0xFFE1).putShort((short) 34);
                exif.put("Exif\0\0II*\0".getBytes(StandardCharsets.US_ASCII));
                exif.put(new byte[] {8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0});
                var out = new ByteArrayOutputStream();
                out.write(jpeg, 0, 2);
                out.writeBytes(exif.array());
                out.write(jpeg, 2, jpeg.length - 2);
                return Map.of(
                        target,
                        out.toByteArray(),
                        "a/y.png",
                        Published.picture("png", 8, 8, 2),
                        "b/z.png",
                        Published.picture("png", 8, 8, 3));
            }
        };

        private final String prefix;
        final String target;

        Format(String prefix, String target) {
            this.prefix = prefix;
            this.target = target;
        }

        abstract Map<String, byte[]> files();

        Map<String, byte[]> packed(Map<String, byte[]> files) {
            return files;
        }

        private static Map<String, byte[]> idx(String ending, UnaryOperator<byte[]> packing) {
            Map<String, byte[]> files = new LinkedHashMap<>();
            byte[] images = Published.idxImages(5, 6, 7, Published.noise(210, 3));
            byte[] labels = Published.idxLabels(5, new byte[] {0, 1, 2, 3, 9});
            for (String part : new String[] {"train", "t10k"}) {
                files.put(part + "-images-idx3-ubyte" + ending, packing.apply(images));
                files.put(part + "-labels-idx1-ubyte" + ending, packing.apply(labels));
            }
            return files;
        }

        private static Map<String, byte[]> cifar() {
            Map<String, byte[]> files = new LinkedHashMap<>();
            files.put("data_batch_1.bin", Published.cifar(2, 1, 10, 1));
            files.put("test_batch.bin", Published.cifar(1, 1, 10, 2));
            return files;
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void openingEndsWithDataOrWithALine(Format format) {
        Map<String, byte[]> files = format.files();
        write(format.packed(files));
        assertThat(DataSource.open(format.prefix + folder)).isInstanceOf(Opened.class);
        RandomGenerator random = Seeds.stream(format.ordinal());
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int failures = 0;
        for (int i = 0; i < FILES_PER_FORMAT; i++) {
            Map<String, byte[]> damaged = new LinkedHashMap<>(files);
            damaged.put(format.target, mutated(requireNonNull(files.get(format.target)), random));
            write(format.packed(damaged));
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                switch (DataSource.open(format.prefix + folder)) {
                    case Opened(var data, var warnings) -> {
                        assertThat(data.train().size()).isPositive();
                        byte[] last = Published.image(data.test(), data.test().size() - 1);
                        assertThat(last).hasSize((int) data.shape().size());
                        assertThat(warnings).allSatisfy(MutatedFilesTest::isOneLine);
                    }
                    case Failed failed -> {
                        failures++;
                        isOneLine(failed.message());
                        assertThat(failed.message()).contains(folder.getFileName().toString());
                    }
                }
            } catch (RuntimeException | Error e) {
                fail("file %d of %s".formatted(i, format), e);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated for file %d", i)
                    .isLessThan(MOST_BYTES);
        }
        // The mutations hit something.
        if (!format.prefix.equals("folder:")) {
            assertThat(failures).isBetween(10, FILES_PER_FORMAT);
        }
    }

    private static void isOneLine(String message) {
        assertThat(message).isNotBlank().doesNotContain("\n", "\r", "Exception", "null");
        assertThat(message.length()).isLessThan(400);
    }

    private void write(Map<String, byte[]> files) {
        for (var file : files.entrySet()) {
            if (written.put(file.getKey(), file.getValue()) != file.getValue()) {
                Published.put(folder.resolve(file.getKey()), file.getValue());
            }
        }
    }

    /// Damages a file in one to four ways.
    private static byte[] mutated(byte[] file, RandomGenerator random) {
        byte[] bytes = file.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 8; i++) {
            // Half of the time in the headers, where it hurts.
            int reach = random.nextBoolean() ? Math.min(bytes.length, 200) : bytes.length;
            int at = random.nextInt(reach);
            int length = Math.min(1 + random.nextInt(16), bytes.length - at);
            switch (random.nextInt(7)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> Arrays.fill(bytes, at, at + length, (byte) -random.nextInt(2));
                case 4 -> bytes = spliced(bytes, at, Published.noise(length, random.nextLong()), 0);
                case 5 -> bytes = spliced(bytes, at, new byte[0], length);
                default -> {
                    int[] extremes = {
                        0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20, 65_535
                    };
                    int start = Math.min(at & ~3, bytes.length - 4);
                    ByteBuffer.wrap(bytes).putInt(start, extremes[random.nextInt(extremes.length)]);
                }
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] inserted, int removed) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(inserted);
        out.write(bytes, at + removed, bytes.length - at - removed);
        return out.toByteArray();
    }
}
