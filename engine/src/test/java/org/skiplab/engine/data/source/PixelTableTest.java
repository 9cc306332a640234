package org.skiplab.engine.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.engine.data.source.Published.failure;
import static org.skiplab.engine.data.source.Published.put;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Shape;

class PixelTableTest {
    @TempDir private Path folder;

    private Path write(String name, String text) {
        Path file = folder.resolve(name);
        put(file, text.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    @Test
    void aFolderWithTrainAndTestInKagglesForm() {
        write(
                "train.csv",
                "label,pixel0,pixel1,pixel2,pixel3\n7,0,1,2,255\r\n10,9,8,7,6\n\n7,1,1,1,1\n");
        put(
                folder.resolve("test.csv.gz"),
                Published.gzip("10,4,3,2,1\n".getBytes(StandardCharsets.UTF_8)));
        DataSet data = Published.data("csv:" + folder);
        assertThat(data.shape()).isEqualTo(new Shape(2, 2, 1));
        assertThat(data.classNames()).containsExactly("7", "10");
        assertThat(data.train().size()).isEqualTo(3);
        assertThat(Published.image(data.train(), 0)).containsExactly(new int[] {0, 1, 2, 255});
        assertThat(data.train().label(1)).isEqualTo(1);
        assertThat(data.test().label(0)).isEqualTo(1);
        assertThat(Published.image(data.test(), 0)).containsExactly(4, 3, 2, 1);
    }

    @Test
    void oneFileIsSplitByASeedAndTheLabelFoundByItsName() {
        var text = new StringBuilder("\uFEFFp0;p1;p2;\"Label\"\n");
        for (int i = 0; i < 50; i++) {
            text.append(i).append(";2.0; 3 ;").append(i % 5 == 0 ? "Äpfel" : "\"Birnen; rot\"");
            text.append('\n');
        }
        Path file = write("obst.csv", text.toString());
        DataSet data = Published.data("csv:" + file);
        assertThat(data.shape()).isEqualTo(new Shape(1, 1, 3));
        assertThat(data.classNames()).containsExactly("Birnen; rot", "Äpfel");
        assertThat(data.train().size()).isEqualTo(40);
        assertThat(data.test().size()).isEqualTo(10);
        assertThat(Published.data("csv:" + file + "#test=50").test().size()).isEqualTo(25);
        byte[] first = Published.image(data.test(), 0);
        assertThat(first[1]).isEqualTo((byte) 2);
        assertThat(first[2]).isEqualTo((byte) 3);
        assertThat(Published.image(Published.data("csv:" + file + "#seed=2").test(), 0)[0])
                .isNotEqualTo(first[0]);
    }

    @Test
    void theShapeCanBeSaid() {
        Path file = write("x.csv", "0,1,2,3,4,5,6\n1,6,5,4,3,2,1\n");
        assertThat(failure("csv:" + file)).contains("6 values a line are no square image");
        assertThat(Published.data("csv:" + file + "#shape=2x3x1").shape())
                .isEqualTo(new Shape(2, 3, 1));
        assertThat(failure("csv:" + file + "#shape=2x2x1"))
                .contains("6 values a line are not an image of 2×2×1");
        assertThat(failure("csv:" + file + "#shape=2x2")).contains("height x width x channels");
    }

    @Test
    void badFilesAreToldInOneLineWithFileAndPlace() {
        Path file = write("x.csv", "0,1,2,3,4\n1,6,5,256,3\n");
        assertThat(failure("csv:" + file))
                .isEqualTo(
                        file
                                + ": line 2: field 4: '256' is not a whole number from 0 to 255;"
                                + " check the file");
        write("x.csv", "0,1,2,3,4\n1,6,,1,3\n");
        assertThat(failure("csv:" + file)).contains("line 2: field 3: '' is not");
        write("x.csv", "0,1,2,3,4\n1,6,-1,1,3\n");
        assertThat(failure("csv:" + file)).contains("'-1' is not");
        write("x.csv", "0,1,2,3,4\n1,6,1,3\n");
        assertThat(failure("csv:" + file)).contains("line 2: it has 4 fields, the first 5");
        write("x.csv", "0,1,2,3,4\n0,6,1,3,3\n");
        assertThat(failure("csv:" + file)).contains("only one class, '0'");
        write("x.csv", "label,a,b,c,d\n");
        assertThat(failure("csv:" + file)).contains("it has no images");
        write("x.csv", "");
        assertThat(failure("csv:" + file)).contains("it has no lines");
        assertThat(failure("csv:" + folder)).contains("there is no train.csv");
        assertThat(failure("csv:" + folder.resolve("none.csv"))).contains("no such file");
    }

    @Test
    void aLineWithoutAnEndDoesNotFillTheMemory() {
        Path file = write("x.csv", "1".repeat((1 << 24) + 10));
        assertThat(failure("csv:" + file)).contains("line 1: it is longer than any image");
        write("x.csv", ",".repeat((1 << 22) + 10));
        assertThat(failure("csv:" + file)).contains("line 1: it has more fields than any image");
    }
}
