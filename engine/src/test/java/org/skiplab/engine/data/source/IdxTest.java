package org.skiplab.engine.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.source.DataSource.Failed;
import org.skiplab.engine.data.source.DataSource.Opened;
import org.skiplab.engine.graph.Shape;

class IdxTest {
    @TempDir private Path folder;

    private final byte[] pixels = new byte[6 * 4 * 3];
    private final byte[] labels = {0, 1, 2, 3, 9, 5};

    @BeforeEach
    void write() throws IOException {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 5);
        }
        put("train-images-idx3-ubyte", images(6, 4, 3, pixels));
        put("train-labels-idx1-ubyte", labels(6, labels));
        put("t10k-images-idx3-ubyte.gz", zip(images(6, 4, 3, pixels)));
        put("t10k-labels-idx1-ubyte.gz", zip(labels(6, labels)));
    }

    static byte[] images(int count, int height, int width, byte[] pixels) {
        return ByteBuffer.allocate(16 + pixels.length)
                .putInt(0x0803)
                .putInt(count)
                .putInt(height)
                .putInt(width)
                .put(pixels)
                .array();
    }

    static byte[] labels(int count, byte[] labels) {
        return ByteBuffer.allocate(8 + labels.length)
                .putInt(0x0801)
                .putInt(count)
                .put(labels)
                .array();
    }

    static byte[] zip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private void put(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private String failure() {
        return ((Failed) DataSource.open("mnist:" + folder)).message();
    }

    @Test
    void theBundledDigitsAreThere() {
        DataSet data = ((Opened) DataSource.open("mnist")).data();
        assertThat(data.train().size()).isEqualTo(9000);
        assertThat(data.test().size()).isEqualTo(1000);
        assertThat(data.shape()).isEqualTo(new Shape(28, 28, 1));
        assertThat(data.classNames()).hasSize(10).startsWith("0", "1");
        assertThat(data.attribution()).contains("LeCun", "CC BY-SA 3.0");
        // MNIST's mean is 0.1307, its standard deviation 0.3081.
        assertThat(data.normalisation().mean()[0]).isBetween(0.12f, 0.14f);
        assertThat(data.normalisation().std()[0]).isBetween(0.30f, 0.32f);
    }

    @Test
    void plainAndZippedFilesGiveTheSameImages() {
        DataSet data = ((Opened) DataSource.open("fashion:" + folder)).data();
        for (ImageSet set : new ImageSet[] {data.train(), data.test()}) {
            assertThat(set.size()).isEqualTo(6);
            assertThat(set.shape()).isEqualTo(new Shape(4, 3, 1));
            byte[] image = new byte[12];
            set.copyImage(4, image, 0);
            assertThat(image).isEqualTo(Arrays.copyOfRange(pixels, 48, 60));
            assertThat(set.label(4)).isEqualTo(9);
            assertThat(set.classNames().get(9)).isEqualTo("Ankle boot");
        }
    }

    @Test
    void badFilesAreToldInOneLineWithFileAndPlace() throws IOException {
        String images = folder.resolve("train-images-idx3-ubyte").toString();
        put("train-images-idx3-ubyte", Arrays.copyOf(images(6, 4, 3, pixels), 16 + 60));
        assertThat(failure())
                .isEqualTo(images + ": it ends within image 5 of 6; get the file again");
        put("train-images-idx3-ubyte", Arrays.copyOf(images(6, 4, 3, pixels), 100));
        assertThat(failure()).contains("more bytes follow the last of 6 images");
        put("train-images-idx3-ubyte", new byte[5]);
        assertThat(failure()).contains("ends within its header");
        put("train-images-idx3-ubyte", labels(6, pixels));
        assertThat(failure()).contains("starts with 00000801", "starts with 00000803");
        put("train-images-idx3-ubyte", images(6, 100_000, 3, pixels));
        assertThat(failure()).contains("100000x3 pixels");
        put("train-images-idx3-ubyte", images(0, 4, 3, new byte[0]));
        assertThat(failure()).contains("6 labels for 0 images");
        put("train-images-idx3-ubyte", images(6, 4, 3, pixels));
        put("train-labels-idx1-ubyte", labels(6, new byte[] {0, 1, 2, 10, 3, 4}));
        assertThat(failure()).contains("label 10 of image 3 is not one of the 10 classes");
        put("train-labels-idx1-ubyte", labels(6, new byte[] {0, 1, 2}));
        assertThat(failure()).contains("ends within label 3 of 6");
        put("train-labels-idx1-ubyte", labels(6, labels));
        byte[] zipped = zip(images(6, 4, 3, pixels));
        put("t10k-images-idx3-ubyte.gz", Arrays.copyOf(zipped, zipped.length - 12));
        assertThat(failure()).contains("damaged or end early");
        put("t10k-images-idx3-ubyte.gz", zip(images(6, 3, 4, pixels)));
        assertThat(failure()).contains("4×3×1", "3×4×1");
        Files.delete(folder.resolve("t10k-images-idx3-ubyte.gz"));
        assertThat(failure()).contains("there is no t10k-images-idx3-ubyte");
    }

    @Test
    void aHugeAnnouncedCountCostsNoMemory() throws IOException {
        put("train-images-idx3-ubyte", images(Integer.MAX_VALUE, 4096, 4096, pixels));
        put("train-labels-idx1-ubyte", labels(Integer.MAX_VALUE, labels));
        assertThat(failure()).contains("ends within image 0 of 2147483647");
    }

    @Test
    void specificationsThatMeanNothingSayWhatIsPossible() {
        assertThat(((Failed) DataSource.open("cats")).message())
                .contains("there is no data set 'cats'");
        assertThat(((Failed) DataSource.open("fashion:")).message()).contains("path is missing");
        assertThat(((Failed) DataSource.open("mnist:/no/such/folder")).message())
                .contains("/no/such/folder", "there is no such file");
    }
}
