package org.skiplab.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.train.Checkpoint;

class CheckpointFileTest {

    @TempDir Path folder;

    private static Checkpoint checkpoint() {
        Random random = new Random(3);
        return new Checkpoint(
                List.of(
                        new Checkpoint.Array(
                                "stem.conv.weight",
                                List.of(4, 2, 3, 3),
                                floats(random, 72),
                                floats(random, 72),
                                floats(random, 72)),
                        new Checkpoint.Array("stem.bn.running_mean", List.of(4), floats(random, 4)),
                        new Checkpoint.Array(
                                "head.fc.bias",
                                List.of(4),
                                new float[] {Float.MIN_VALUE, -0f, Float.MAX_VALUE, 1 / 3f},
                                floats(random, 4),
                                new float[0])),
                new Checkpoint.Place(
                        123, 4, new Feed.Position(4, 96), 123, -7_000_000_000_000_000_001L));
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private String complaint(Path file) {
        CheckpointFile.Reading reading = CheckpointFile.read(file);
        assertThat(reading).isInstanceOf(CheckpointFile.Reading.Unreadable.class);
        String message = ((CheckpointFile.Reading.Unreadable) reading).message();
        assertThat(message).startsWith(file.toString()).contains("; ").doesNotContain("\n");
        return message;
    }

    @Test
    void comesBackBitForBit() throws IOException {
        Path file = folder.resolve("run.npz");
        CheckpointFile.write(checkpoint(), file);
        assertThat(CheckpointFile.read(file))
                .isEqualTo(new CheckpointFile.Reading.Read(checkpoint()));
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void weightsAloneCanBeReadToo() throws IOException {
        Path file = folder.resolve("weights.npz");
        try (Npz npz = new Npz(file)) {
            npz.floats("fc.weight", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            npz.longs("bn.num_batches_tracked", 5);
        }
        Checkpoint read = ((CheckpointFile.Reading.Read) CheckpointFile.read(file)).checkpoint();
        assertThat(read.arrays()).hasSize(1);
        assertThat(read.arrays().getFirst().shape()).containsExactly(2, 3);
        assertThat(read.place().step()).isZero();
    }

    @Test
    void aFileCutOffAnywhereIsRefusedInOneLine() throws IOException {
        Path whole = folder.resolve("run.npz");
        CheckpointFile.write(checkpoint(), whole);
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length < bytes.length; length += 97) {
            Path cut = folder.resolve("cut.npz");
            Files.write(cut, java.util.Arrays.copyOf(bytes, length));
            complaint(cut);
        }
    }

    @Test
    void damagedBytesNeverGiveOtherWeights() throws IOException {
        Path whole = folder.resolve("run.npz");
        CheckpointFile.write(checkpoint(), whole);
        byte[] bytes = Files.readAllBytes(whole);
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Path file = folder.resolve("damaged.npz");
            Files.write(file, damaged);
            switch (CheckpointFile.read(file)) {
                case CheckpointFile.Reading.Unreadable u ->
                        assertThat(u.message()).doesNotContain("\n");
                case CheckpointFile.Reading.Read(Checkpoint read) ->
                        assertThat(read.arrays())
                                .as("bit flips in names and dates may pass, in numbers not")
                                .allSatisfy(a ->
                                        checkpoint()
                                                .find(a.name())
                                                .ifPresent(same ->
                                                        assertThat(a.values())
                                                                .isEqualTo(same.values())));
            }
        }
    }

    @Test
    void foreignFilesAreRefused() throws IOException {
        assertThat(complaint(folder.resolve("nowhere.npz"))).contains("does not exist");
        Path text = Files.writeString(folder.resolve("text.npz"), "hello");
        assertThat(complaint(text)).contains("not an .npz file");
        Path zip = folder.resolve("other.npz");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("readme.txt"));
            out.write("x".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(complaint(zip)).contains("readme.txt");
        Path doubles = folder.resolve("doubles.npz");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(doubles))) {
            out.putNextEntry(new ZipEntry("a.npy"));
            out.write(header("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }"));
            out.write(new byte[8]);
        }
        assertThat(complaint(doubles)).contains("float32");
        Path huge = folder.resolve("huge.npz");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(huge))) {
            out.putNextEntry(new ZipEntry("a.npy"));
            out.write(
                    header(
                            "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647), }"));
        }
        assertThat(complaint(huge)).contains("larger");
        assertThat(complaint(folder)).isNotEmpty();
    }

    private static byte[] header(String text) {
        byte[] body = (text + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[10 + body.length];
        all[0] = (byte) 0x93;
        System.arraycopy("NUMPY".getBytes(StandardCharsets.US_ASCII), 0, all, 1, 5);
        all[6] = 1;
        all[8] = (byte) body.length;
        System.arraycopy(body, 0, all, 10, body.length);
        return all;
    }
}
