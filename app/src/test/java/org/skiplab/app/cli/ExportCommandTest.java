package org.skiplab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.export.CheckpointFile;
import org.skiplab.engine.export.NpzReader;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.train.Checkpoint;

/// `skiplab export`: from the command line to the files.
class ExportCommandTest {

    @TempDir Path folder;

    private static void refuses(int exitCode, String words, String... arguments) {
        CommandRun result = CommandRun.of(arguments);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.err())
                .startsWith("skiplab: ")
                .contains(words)
                .doesNotContain("Exception");
        assertThat(result.err().lines()).hasSize(1);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void writesEveryFormat() {
        for (String format : List.of("pytorch", "safetensors", "onnx")) {
            CommandRun result =
                    CommandRun.of(
                            "export", "resnet-8", "--format", format, "--out", at("new/" + format));
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out().lines())
                    .isNotEmpty()
                    .allMatch(line -> Files.isRegularFile(Path.of(line)));
        }
        assertThat(folder.resolve("new/pytorch")).isDirectoryContaining("glob:**/model.py");
    }

    @Test
    void exportsWhatARunLearnt() throws IOException {
        CommandRun trained =
                CommandRun.of(
                        "train",
                        "resnet-8",
                        "--data",
                        "shapes",
                        "--limit",
                        "64",
                        "--out",
                        at("run"));
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        CommandRun result =
                CommandRun.of("export", at("run"), "--format", "pytorch", "--out", at("out"));
        assertThat(result.exitCode()).as(result.err()).isZero();
        var learnt = NpzReader.read(folder.resolve("run/weights.npz"));
        var exported = NpzReader.read(folder.resolve("out/weights.npz"));
        assertThat(exported.keySet()).isEqualTo(learnt.keySet());
        for (String name : learnt.keySet()) {
            var ours = (NpzReader.Array.Floats) Objects.requireNonNull(learnt.get(name));
            var theirs = (NpzReader.Array.Floats) Objects.requireNonNull(exported.get(name));
            assertThat(theirs.shape()).isEqualTo(ours.shape());
            assertThat(theirs.values()).as(name).containsExactly(ours.values());
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        String out = at("out");
        refuses(
                2,
                "there is no format 'keras'",
                "export",
                "resnet-8",
                "--format",
                "keras",
                "--out",
                out);
        refuses(2, "8 and 14", "export", "resnet-9", "--format", "onnx", "--out", out);
        Files.createDirectory(folder.resolve("empty"));
        refuses(1, "design.skiplab", "export", at("empty"), "--format", "onnx", "--out", out);
        Path design = folder.resolve("empty/design.skiplab");
        Files.writeString(design, DesignFile.text(Design.of(Presets.get("resnet-8").network())));
        refuses(1, "weights.npz", "export", at("empty"), "--format", "onnx", "--out", out);
        Files.writeString(folder.resolve("empty/weights.npz"), "no weights");
        refuses(1, "weights.npz", "export", at("empty"), "--format", "onnx", "--out", out);
        CommandRun.of(
                "train", "resnet-14", "--data", "shapes", "--limit", "32", "--out", at("other"));
        Files.copy(
                design,
                folder.resolve("other/design.skiplab"),
                StandardCopyOption.REPLACE_EXISTING);
        refuses(1, "as the run left it", "export", at("other"), "--format", "onnx", "--out", out);
        var numbers = new float[10];
        numbers[3] = Float.NaN;
        Checkpoint wild = new Checkpoint(wild(numbers), Checkpoint.Place.start(1));
        CheckpointFile.writeWeights(wild, folder.resolve("empty/weights.npz"));
        refuses(1, "not finite", "export", at("empty"), "--format", "onnx", "--out", out);
        Path file = Files.writeString(folder.resolve("file"), "mine");
        refuses(1, "there is a file", "export", "resnet-8", "--format=onnx", "--out", at("file"));
        assertThat(file).hasContent("mine");
        assertThat(Path.of(out)).doesNotExist();
        refuses(
                1,
                "cannot be made",
                "export",
                "resnet-8",
                "--format",
                "onnx",
                "--out",
                at("file/x"));
    }

    /// The arrays of the smallest network, all ones but for the classifier's bias.
    private static List<Checkpoint.Array> wild(float[] bias) {
        return Parameters.layout(Presets.get("resnet-8").network()).stream()
                .map(slot -> {
                    float[] ones = new float[(int) slot.spec().size()];
                    Arrays.fill(ones, 1);
                    boolean last = slot.name().equals("head.fc.bias");
                    return new Checkpoint.Array(
                            slot.name(), slot.spec().shape(), last ? bias : ones);
                })
                .toList();
    }
}
