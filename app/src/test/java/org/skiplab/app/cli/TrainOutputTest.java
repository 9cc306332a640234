package org.skiplab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.export.CheckpointFile;
import org.skiplab.engine.graph.file.DesignFile;
import org.skiplab.engine.graph.file.Reading;
import org.skiplab.engine.train.Checkpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `train --out` leaves behind, when all goes well and when the run diverges.
class TrainOutputTest {

    @TempDir Path folder;

    private static CommandRun train(Path out, String... more) {
        List<String> arguments =
                new java.util.ArrayList<>(
                        List.of(
                                "train",
                                "stochastic-resnet-8",
                                "--data",
                                "shapes#train=96,test=32",
                                "--batch",
                                "16",
                                "--epochs",
                                "2",
                                "--out",
                                out.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static Checkpoint weights(Path out) {
        CheckpointFile.Reading reading = CheckpointFile.read(out.resolve("weights.npz"));
        assertThat(reading).isInstanceOf(CheckpointFile.Reading.Read.class);
        return ((CheckpointFile.Reading.Read) reading).checkpoint();
    }

    @Test
    void leavesMetricsSettingsDesignWeightsAndPlotsAndTheSameTwice() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        CommandRun first = train(one);
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(train(two).exitCode()).isZero();
        assertThat(CommandRun.metrics(one)).hasSize(13).isEqualTo(CommandRun.metrics(two));
        assertThat(Files.readAllBytes(one.resolve("weights.npz")).length).isPositive();
        assertThat(weights(one)).isEqualTo(weights(two));
        assertThat(DesignFile.read(one.resolve("design.skiplab"))).isInstanceOf(Reading.Read.class);
        var network =
                ((Reading.Read) DesignFile.read(one.resolve("design.skiplab"))).design().network();
        assertThat(weights(one).fit(network).complete()).isTrue();
        JsonNode run = new JsonMapper().readTree(Files.readString(one.resolve("run.json")));
        assertThat(run.get("steps").intValue()).isEqualTo(12);
        assertThat(run.has("diverged")).isFalse();
        for (String plot :
                List.of("loss", "accuracy", "survival", "gradient-by-depth", "confusion")) {
            BufferedImage image = ImageIO.read(one.resolve(plot + ".png").toFile());
            assertThat(image.getWidth()).as(plot).isEqualTo(1800);
            assertThat(colours(image)).as(plot).isGreaterThan(3);
        }
    }

    private static long colours(BufferedImage image) {
        return java.util.stream.IntStream.range(0, image.getWidth() * image.getHeight())
                .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                .distinct()
                .count();
    }

    @Test
    void aRunThatDivergesFailsInOneLineAndLeavesWhatWasGood() throws IOException {
        Path out = folder.resolve("wild");
        CommandRun result = train(out, "--lr", "1e30");
        assertThat(result.exitCode()).isEqualTo(1);
        List<String> lines =
                result.err().lines().filter(line -> line.startsWith("skiplab: ")).toList();
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .containsPattern("at step \\d+")
                .contains("started in")
                .contains("use a smaller --lr")
                .contains(out.toString());
        assertThat(weights(out).finite()).isTrue();
        assertThat(CommandRun.metrics(out).size()).isBetween(1, 12);
        JsonNode run = new JsonMapper().readTree(Files.readString(out.resolve("run.json")));
        assertThat(run.get("diverged").stringValue()).contains("step");
        assertThat(run.get("diverged_layer").stringValue()).isNotBlank();
        assertThat(out.resolve("loss.png")).exists();
    }

    private static List<String> errors(CommandRun result) {
        return result.err().lines().filter(line -> line.startsWith("skiplab: ")).toList();
    }

    @Test
    void whatCannotBeWrittenCostsNothingElse() throws IOException {
        Path out = folder.resolve("blocked");
        Files.createDirectories(out.resolve("weights.npz").resolve("of-another"));
        CommandRun result = train(out);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(errors(result))
                .singleElement()
                .asString()
                .contains("weights.npz: it cannot be written (it is a folder)", "make room");
        assertThat(out.resolve("weights.npz").resolve("of-another")).exists();
        assertThat(DesignFile.read(out.resolve("design.skiplab"))).isInstanceOf(Reading.Read.class);
        assertThat(out.resolve("run.json")).exists();
        assertThat(out.resolve("loss.png")).exists();
        assertThat(CommandRun.metrics(out)).hasSize(13);
    }

    @Test
    void aPlaceThatCannotTakeFilesIsRefusedBeforeTheRun() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Path blocked = folder.resolve("blocked");
        Files.createDirectories(blocked.resolve("metrics.csv"));
        CommandRun inPlace = train(file);
        assertThat(inPlace.exitCode()).isEqualTo(1);
        assertThat(inPlace.err().strip())
                .isEqualTo(
                        "skiplab: "
                                + file
                                + ": there is a file in the folder's place; choose another with --out");
        assertThat(file).hasContent("mine");
        CommandRun noMetrics = train(blocked);
        assertThat(noMetrics.exitCode()).isEqualTo(1);
        assertThat(noMetrics.err().strip().lines())
                .singleElement()
                .asString()
                .contains("metrics.csv: it cannot be written")
                .endsWith("choose another folder with --out");
        assertThat(blocked.resolve("weights.npz")).doesNotExist();
    }
}
