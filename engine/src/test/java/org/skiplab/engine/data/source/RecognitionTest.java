package org.skiplab.engine.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skiplab.engine.data.source.DataSource.Failed;

class RecognitionTest {
    @TempDir private Path folder;

    private String spec(String path) {
        return ((DataSource) DataSource.recognise(folder.resolve(path))).spec();
    }

    @ParameterizedTest
    @CsvSource({
        "data_batch_1.bin, cifar10:",
        "x/test_batch.bin, cifar10:",
        "cifar-10-binary.tar.gz, cifar10:",
        "x/train.bin, cifar100:",
        "cifar-100-binary.tar.gz, cifar100:",
        "test_32x32.mat, svhn:",
        "gzip.zip, emnist:",
        "emnist-letters-train-images-idx3-ubyte.gz, emnist:",
        "train-images-idx3-ubyte, mnist:",
        "t10k-labels.idx1-ubyte.gz, mnist:",
        "fashion/train-images-idx3-ubyte.gz, fashion:",
        "train.csv, csv:",
        "cats/1.png, folder:"
    })
    void aFolderIsKnownByTheNamesInIt(String file, String spec) {
        Published.put(folder.resolve(file), new byte[1]);
        assertThat(spec("")).startsWith(spec + folder);
    }

    @ParameterizedTest
    @CsvSource({
        "cifar-10-binary.tar.gz, cifar10:, cifar-10-binary.tar.gz",
        "CIFAR_100.tgz, cifar100:, CIFAR_100.tgz",
        "a/test_32x32.mat, svhn:, a",
        "a/t10k-images-idx3-ubyte.gz, mnist:, a",
        "digits.csv, csv:, digits.csv",
        "emnist.zip, emnist:, emnist.zip"
    })
    void aFileStandsForItsSet(String file, String prefix, String path) {
        Published.put(folder.resolve(file), new byte[1]);
        assertThat(spec(file)).startsWith(prefix + folder.resolve(path));
    }

    @Test
    void whatIsNothingSaysWhatWouldDo() {
        Published.put(folder.resolve("notes.txt"), new byte[1]);
        assertThat(((Failed) DataSource.recognise(folder.resolve("notes.txt"))).message())
                .contains("notes.txt", "it is no data file", "CSV");
        assertThat(((Failed) DataSource.recognise(folder.resolve("gone"))).message())
                .contains("gone", "there is no such file");
    }

    @Test
    void publishedNumbersHaveTheChannelsOfTheirSet() {
        assertThat(new Digits().publishedNormalisation().orElseThrow().channels()).isOne();
        assertThat(new Svhn(folder).publishedNormalisation().orElseThrow().channels()).isEqualTo(3);
        assertThat(Shapes.DEFAULT.publishedNormalisation()).isEmpty();
    }
}
