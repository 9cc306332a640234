package org.skiplab.engine.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.engine.data.source.Published.failure;
import static org.skiplab.engine.data.source.Published.put;
import static org.skiplab.engine.data.source.Published.svhn;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Shape;

class SvhnTest {
    private static final int HEIGHT = 5;
    private static final int WIDTH = 4;
    private static final int IMAGE = HEIGHT * WIDTH * 3;

    @TempDir private Path folder;

    private final int[] y = {10, 1, 9, 5, 7, 2};
    private final byte[] x = Published.noise(y.length * IMAGE, 1);

    private Path train;
    private byte[] good;

    @BeforeEach
    void write() {
        train = folder.resolve("train_32x32.mat");
        good = svhn(HEIGHT, WIDTH, x, y);
        put(train, good);
        put(folder.resolve("test_32x32.mat"), good);
    }

    private String fails() {
        return failure("svhn:" + folder);
    }

    @Test
    void pixelsAndDigitsComeOutOfTheFilesAnotherLibraryWrote() {
        DataSet data = Published.data("svhn:" + folder);
        assertThat(data.shape()).isEqualTo(new Shape(HEIGHT, WIDTH, 3));
        assertThat(data.train().size()).isEqualTo(6);
        assertThat(data.classNames()).hasSize(10).startsWith("0", "1");
        for (int i = 0; i < 6; i++) {
            assertThat(data.train().label(i)).isEqualTo(y[i] % 10);
            byte[] image = Published.image(data.train(), i);
            for (int row = 0; row < HEIGHT; row++) {
                for (int column = 0; column < WIDTH; column++) {
                    for (int c = 0; c < 3; c++) {
                        // MATLAB: the first extent runs fastest.
                        int stored = row + HEIGHT * (column + WIDTH * (c + 3 * i));
                        assertThat(image[(row * WIDTH + column) * 3 + c]).isEqualTo(x[stored]);
                    }
                }
            }
        }
    }

    @Test
    void aSingleImageLosesItsFourthExtent() {
        put(
                folder.resolve("test_32x32.mat"),
                svhn(HEIGHT, WIDTH, Arrays.copyOf(x, IMAGE), new int[] {3}));
        DataSet data = Published.data("svhn:" + folder);
        assertThat(data.test().size()).isEqualTo(1);
        assertThat(data.test().label(0)).isEqualTo(3);
        assertThat(Published.image(data.test(), 0)).isEqualTo(Published.image(data.train(), 0));
    }

    @Test
    void badFilesAreToldInOneLineWithFileAndPlace() {
        put(train, "not a MATLAB file".getBytes(StandardCharsets.US_ASCII));
        assertThat(fails()).isEqualTo(train + ": it is not a MATLAB file; get the file again");
        byte[] hdf = good.clone();
        System.arraycopy("MATLAB 7.3".getBytes(StandardCharsets.US_ASCII), 0, hdf, 0, 10);
        hdf[126] = 0;
        put(train, hdf);
        assertThat(fails()).contains("MATLAB 7.3 (HDF5)", "-v7");
        put(train, Arrays.copyOf(good, 128));
        assertThat(fails()).contains("it has no array named y");
        put(train, Arrays.copyOf(good, good.length - 20));
        assertThat(fails()).contains("train_32x32.mat").containsAnyOf("damaged", "ends");
        put(train, svhn(HEIGHT, WIDTH, x, new int[] {1, 2, 3, 4, 5, 11}));
        assertThat(fails()).contains("label 11.0 of image 5 is not a digit");
        put(train, svhn(WIDTH, HEIGHT, x, y));
        assertThat(fails()).contains("4×5×3", "5×4×3");
    }
}
