package org.skiplab.engine.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.engine.data.source.Published.cifar;
import static org.skiplab.engine.data.source.Published.failure;
import static org.skiplab.engine.data.source.Published.gzip;
import static org.skiplab.engine.data.source.Published.put;
import static org.skiplab.engine.data.source.Published.tar;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.source.DataSource.Opened;
import org.skiplab.engine.graph.Shape;

class CifarTest {
    @TempDir private Path folder;

    private static Map<String, byte[]> ten() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        // Not in order, as in the published archive.
        for (int batch : new int[] {1, 4, 3, 5, 2}) {
            files.put("data_batch_" + batch + ".bin", cifar(3, 1, 10, 100 * batch));
        }
        files.put("test_batch.bin", cifar(4, 1, 10, 1));
        files.put("readme.html", new byte[700]);
        return files;
    }

    private static void checkTen(DataSet data) {
        assertThat(data.shape()).isEqualTo(new Shape(32, 32, 3));
        assertThat(data.train().size()).isEqualTo(15);
        assertThat(data.test().size()).isEqualTo(4);
        assertThat(data.classNames()).hasSize(10).startsWith("airplane").endsWith("truck");
        for (int batch = 1; batch <= 5; batch++) {
            byte[] planes = Published.noise(3072, 100 * batch + 2);
            byte[] image = Published.image(data.train(), 3 * (batch - 1) + 2);
            assertThat(data.train().label(3 * (batch - 1) + 2)).isEqualTo(2);
            for (int p = 0; p < 1024; p += 31) {
                assertThat(image[3 * p]).isEqualTo(planes[p]);
                assertThat(image[3 * p + 1]).isEqualTo(planes[1024 + p]);
                assertThat(image[3 * p + 2]).isEqualTo(planes[2048 + p]);
            }
        }
    }

    @Test
    void theFolderTheArchiveAndTheFoldersAroundThemGiveTheSameImages() {
        Map<String, byte[]> nested = new LinkedHashMap<>();
        ten().forEach((name, bytes) -> nested.put("cifar-10-batches-bin/" + name, bytes));
        ten().forEach((name, bytes) ->
                put(folder.resolve("a/cifar-10-batches-bin/" + name), bytes));
        put(folder.resolve("b/cifar-10-binary.tar.gz"), gzip(tar(nested)));
        put(folder.resolve("c.tar"), tar(nested));
        put(folder.resolve("d.zip"), Published.zip(nested));
        for (String path :
                List.of(
                        "a",
                        "a/cifar-10-batches-bin",
                        "b",
                        "b/cifar-10-binary.tar.gz",
                        "c.tar",
                        "d.zip")) {
            Opened opened = Published.open("cifar10:" + folder.resolve(path));
            checkTen(opened.data());
            assertThat(opened.warnings()).isEmpty();
        }
    }

    @Test
    void cifar100HasFineAndCoarseLabels() {
        put(folder.resolve("train.bin"), cifar(120, 2, 100, 5));
        put(folder.resolve("test.bin"), cifar(3, 2, 100, 6));
        ImageSet fine = Published.data("cifar100:" + folder).train();
        ImageSet coarse = Published.data("cifar100:" + folder + "#labels=coarse").train();
        assertThat(fine.classNames()).hasSize(100).isSorted().doesNotHaveDuplicates();
        assertThat(coarse.classNames()).hasSize(20).isSorted().doesNotHaveDuplicates();
        assertThat(fine.label(73)).isEqualTo(73);
        assertThat(coarse.label(73)).isEqualTo(13);
        assertThat(fine.classNames().get(73)).isEqualTo("shark");
        assertThat(Published.image(fine, 73)).isEqualTo(Published.image(coarse, 73));
    }

    @Test
    void missingBatchesAreAWarningMissingSetsAFailure() {
        put(folder.resolve("data_batch_1.bin"), cifar(3, 1, 10, 1));
        assertThat(failure("cifar10:" + folder))
                .contains("there is no test_batch.bin", "cifar-10-binary.tar.gz");
        put(folder.resolve("test_batch.bin"), cifar(3, 1, 10, 2));
        assertThat(Published.open("cifar10:" + folder).warnings())
                .singleElement()
                .asString()
                .contains("data_batch_2.bin", "data_batch_5.bin missing, so there are 3 training");
    }

    @Test
    void badFilesAreToldInOneLineWithFileAndPlace() {
        ten().forEach((name, bytes) -> put(folder.resolve(name), bytes));
        Path batch = folder.resolve("data_batch_2.bin");
        byte[] good = cifar(3, 1, 10, 9);
        put(batch, Arrays.copyOf(good, good.length - 1));
        assertThat(failure("cifar10:" + folder))
                .isEqualTo(batch + ": it ends within image 2; get the file again");
        put(batch, new byte[0]);
        assertThat(failure("cifar10:" + folder)).contains("it ends within image 0");
        good[3073] = 10;
        put(batch, good);
        assertThat(failure("cifar10:" + folder))
                .contains("label 10 of image 1 is not one of the 10 classes");
        put(folder.resolve("x.tar.gz"), gzip(new byte[] {1, 2, 3}));
        assertThat(failure("cifar10:" + folder.resolve("x.tar.gz")))
                .contains("neither a folder nor a sound tar or zip archive");
        byte[] cut = gzip(tar(ten()));
        put(folder.resolve("x.tar.gz"), Arrays.copyOf(cut, cut.length / 2));
        assertThat(failure("cifar10:" + folder.resolve("x.tar.gz")))
                .contains("x.tar.gz", "the compressed data are damaged or end early");
        assertThat(failure("cifar10:" + folder.resolve("none"))).contains("there is no such file");
    }

    @Test
    void namesInAnArchiveLeadNowhereAndItsLinksAreNothing() throws Exception {
        var out = new ByteArrayOutputStream();
        Published.tarMember(out, "../../outside/data_batch_1.bin", '0', cifar(3, 1, 10, 1));
        Published.tarMember(out, "/absolute/evil.bin", '0', new byte[100]);
        Published.tarMember(out, "test_batch.bin", '2', new byte[0]);
        Published.tarMember(out, "deep/test_batch.bin", '0', cifar(2, 1, 10, 7));
        out.writeBytes(new byte[1024]);
        put(folder.resolve("in/evil.tar"), out.toByteArray());
        DataSet data = Published.data("cifar10:" + folder.resolve("in/evil.tar"));
        assertThat(data.train().size()).isEqualTo(3);
        assertThat(data.test().size()).isEqualTo(2);
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void anArchiveWithTheSameNameTwiceIsRefused() {
        Map<String, byte[]> members = new LinkedHashMap<>();
        ten().forEach((name, bytes) -> members.put("a/" + name, bytes));
        ten().forEach((name, bytes) -> members.put("b/" + name, bytes));
        put(folder.resolve("two.tar"), tar(members));
        assertThat(failure("cifar10:" + folder.resolve("two.tar")))
                .contains("there is a second data_batch_1.bin");
    }

    /// Real images, where somebody has them: the folder named by the variable.
    @Test
    @EnabledIfEnvironmentVariable(named = "SKIPLAB_CIFAR10", matches = ".+")
    void realImagesHaveThePublishedMeanAndDeviation() {
        DataSet data = Published.data("cifar10:" + System.getenv("SKIPLAB_CIFAR10"));
        float[] mean = data.normalisation().mean();
        float[] std = data.normalisation().std();
        float[] publishedMean = {0.4914f, 0.4822f, 0.4465f};
        float[] publishedStd = {0.2470f, 0.2435f, 0.2616f};
        for (int c = 0; c < 3; c++) {
            assertThat(mean[c]).isBetween(publishedMean[c] - 0.01f, publishedMean[c] + 0.01f);
            assertThat(std[c]).isBetween(publishedStd[c] - 0.01f, publishedStd[c] + 0.01f);
        }
    }
}
