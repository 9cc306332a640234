package org.skiplab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.data.Fetching;
import org.skiplab.engine.data.fetch.FetchProgress;
import org.skiplab.engine.data.fetch.FetchResult;
import org.skiplab.engine.data.fetch.PublishedSet;
import picocli.CommandLine;

class FetchCommandTest {
    private static final Fetching NEVER =
            (_, _, _) -> {
                throw new AssertionError("nobody asked to fetch");
            };

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();

    private int run(Fetching fetching, String... arguments) {
        var terminal = new Terminal(new PrintWriter(out, true), new PrintWriter(out, true));
        var line = new CommandLine(new FetchCommand(terminal, fetching, folder));
        line.setExecutionExceptionHandler((e, _, _) -> {
            terminal.error(String.valueOf(e.getMessage()));
            return ((CommandFailure) e).exitCode();
        });
        return line.execute(arguments);
    }

    @Test
    void withoutANameEverySetIsListedWithSizeLicenceAndOrigin() {
        assertThat(run(NEVER)).isZero();
        for (PublishedSet set : PublishedSet.values()) {
            assertThat(out.toString()).contains(set.prefix(), set.licence(), set.home().toString());
        }
        assertThat(out.toString().lines().filter(l -> l.startsWith("cifar10 ")))
                .singleElement()
                .asString()
                .contains("170 MB", "no");
    }

    @Test
    void fetchingTellsProgressAndHowToTrainOnIt() {
        Fetching quick =
                (set, parent, progress) -> {
                    progress.accept(
                            new FetchProgress(
                                    "x", 17, 170, 2.5e6, Optional.of(Duration.ofSeconds(61))));
                    return new FetchResult.Fetched(set.folder(parent));
                };
        assertThat(run(quick, "svhn")).isZero();
        assertThat(out.toString())
                .contains(
                        "for non-commercial use only",
                        "17 B of 170 B · 2.50 MB/s",
                        "train with --data svhn:" + PublishedSet.SVHN.folder(folder));
    }

    @Test
    void failuresAreOneLine() {
        Fetching broken = (_, _, _) -> new FetchResult.Failed("offline", "there", "go online");
        assertThat(run(broken, "emnist", "--to", folder.resolve("x").toString())).isOne();
        assertThat(out.toString()).endsWith("skiplab: there: offline; go online\n");
        assertThat(run(NEVER, "imagenet")).isEqualTo(2);
        assertThat(out.toString()).contains("there is no published set 'imagenet'", "cifar100");
    }

    @Test
    void aFetchedSetNeedsNoPath() throws Exception {
        assertThatThrownBy(() -> OpenData.inFull("cifar10", folder))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("run 'skiplab fetch cifar10'");
        assertThat(OpenData.inFull("mnist", folder)).isEqualTo("mnist");
        assertThat(OpenData.inFull("cifar10:x", folder)).isEqualTo("cifar10:x");
        Path set = PublishedSet.CIFAR_100.folder(folder);
        try (var file =
                new RandomAccessFile(
                        Files.createDirectories(set).resolve("cifar-100-binary.tar.gz").toFile(),
                        "rw")) {
            file.setLength(PublishedSet.CIFAR_100.bytes());
        }
        assertThat(OpenData.inFull("cifar100#labels=coarse", folder))
                .isEqualTo("cifar100:" + set + "#labels=coarse");
        assertThat(run(NEVER, "cifar100")).isZero();
        assertThat(out.toString()).contains("CIFAR-100 is here");
    }
}
