package org.skiplab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.edit.Edits;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SkipLabCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder;

    private static void refuses(int exitCode, String words, String... arguments) {
        CommandRun result = CommandRun.of(arguments);
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("skiplab: ")
                .contains(words)
                .doesNotContain("Exception");
        assertThat(result.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "resnet-8, 75290",
        "densenet-bc-100-12, 769162",
        "wrn-28-10, 36479194",
        "resnet-34-v1, 21801896"
    })
    void describesAPresetAsJson(String name, long parameters) {
        CommandRun result = CommandRun.of("describe", name, "--json");
        assertThat(result.exitCode()).isZero();
        JsonNode tree = JSON.readTree(result.out());
        assertThat(tree.propertyNames())
                .containsExactly("name", "input", "parameters", "macs", "blocks");
        assertThat(tree.get("name").stringValue()).isEqualTo(name);
        assertThat(tree.get("parameters").longValue()).isEqualTo(parameters);
        long sum = 0;
        for (JsonNode block : tree.get("blocks")) {
            assertThat(block.propertyNames())
                    .containsExactly("name", "kind", "output", "parameters", "macs");
            sum += block.get("parameters").longValue();
        }
        assertThat(sum).isEqualTo(parameters);
        JsonNode stem = tree.get("blocks").get(0);
        assertThat(stem.get("name").stringValue()).isEqualTo("stem");
        assertThat(stem.get("kind").stringValue()).isEqualTo("stem");
    }

    @Test
    void describesForPeople() {
        CommandRun result = CommandRun.of("describe", "resnet-8");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("resnet-8, input 32×32×3")
                .containsPattern("stage2_block1 +residual +16×16×32 +13,952 +")
                .containsPattern("total +75,290 +12,");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void describesForOtherData() {
        JsonNode tree =
                JSON.readTree(
                        CommandRun.of(
                                        "describe",
                                        "resnet-8",
                                        "--input",
                                        "28x28x1",
                                        "--classes",
                                        "7",
                                        "--json")
                                .out());
        assertThat(tree.get("input").toString()).isEqualTo("[28,28,1]");
        JsonNode head = tree.get("blocks").get(4);
        assertThat(head.get("output").toString()).isEqualTo("[1,1,7]");
    }

    @Test
    void describesAFileAlsoWhenItCannotRun() {
        Network network = Presets.get("resnet-8").network();
        Edit.Done broken = (Edit.Done) Edits.remove(network, List.of("head"));
        Path file = folder.resolve("mein Netz ü.skiplab");
        DesignFile.write(file, Design.of(broken.network()));
        CommandRun result = CommandRun.of("describe", file.toString());
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("cannot run yet", "add a head after it");
        JsonNode tree = JSON.readTree(CommandRun.of("describe", file.toString(), "--json").out());
        assertThat(tree.get("problems").size()).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path broken = folder.resolve("broken.skiplab");
        Files.writeString(broken, "{\"skiplab\": 1,");
        refuses(1, "line 1, column 15: the file ends in the middle", "describe", broken.toString());
        refuses(2, "does not exist", "describe", folder.resolve("none.skiplab").toString());
        refuses(2, "did you mean 'resnet-20'", "describe", "resnet20");
        refuses(2, "the nearest are 20 and 26", "describe", "resnet-21");
        refuses(2, "DESIGN", "describe");
        refuses(2, "--jsn", "describe", "resnet-8", "--jsn");
        refuses(2, "such as 32x32x3", "describe", "resnet-8", "--input", "32x32");
        refuses(2, "such as 32x32x3", "describe", "resnet-8", "--input", "32x0x3");
        refuses(2, "--classes", "describe", "resnet-8", "--classes", "many");
        refuses(2, "at least one class", "describe", "resnet-8", "--classes", "0");
        refuses(2, "descibe", "descibe", "resnet-8");
    }

    /// What the figures mean is tested where they are made: BenchmarkTest and BenchReportTest.
    @Test
    void benchTimesWhatItIsAskedTo() {
        CommandRun result =
                CommandRun.of(
                        "bench",
                        "stochastic-resnet-8",
                        "--batch",
                        "4",
                        "--steps",
                        "2",
                        "--warm-up",
                        "0",
                        "--full-depth",
                        "--profile");
        assertThat(result.exitCode()).isZero();
        List<String> lines = result.out().lines().toList();
        JsonNode tree = JSON.readTree(lines.getFirst());
        assertThat(tree.propertyNames())
                .containsExactly(
                        "engine",
                        "kernels",
                        "model",
                        "batch",
                        "warm_up_steps",
                        "warm_up_s",
                        "compiler_quiet",
                        "median_ms",
                        "min_ms",
                        "mean_ms",
                        "memory_mb",
                        "drawn_ms",
                        "full_depth_ms",
                        "drawn_of_full");
        assertThat(tree.get("warm_up_steps").intValue()).isEqualTo(6);
        assertThat(lines)
                .anyMatch(l -> l.startsWith("stage2_block1.conv1 "))
                .anyMatch(l -> l.startsWith("convolution floor "))
                .anyMatch(l -> l.startsWith("floor with memory "));
        refuses(2, "--warm-up must be between", "bench", "resnet-8", "--warm-up", "-1");
        refuses(2, "--warm-up must be between", "bench", "resnet-8", "--warm-up", "NaN");
    }

    @Test
    void benchSaysWhatFeedingImagesCosts() {
        String shapes = "shapes#train=40,test=10";
        CommandRun result =
                CommandRun.of(
                        "bench",
                        "resnet-8",
                        "--batch",
                        "4",
                        "--steps",
                        "2",
                        "--warm-up",
                        "0",
                        "--data",
                        shapes);
        assertThat(result.exitCode()).isZero();
        JsonNode tree = JSON.readTree(result.out());
        assertThat(tree.get("data").stringValue()).isEqualTo(shapes);
        assertThat(tree.get("fixed_ms").doubleValue()).isPositive();
        assertThat(tree.get("speed_kept").doubleValue())
                .isCloseTo(
                        tree.get("fixed_ms").doubleValue() / tree.get("fed_ms").doubleValue(),
                        within(0.05));
        refuses(
                2,
                "--batch 41 is larger than the 40",
                "bench",
                "resnet-8",
                "--batch",
                "41",
                "--data",
                shapes);
        refuses(1, "there is no data set 'cats'", "bench", "resnet-8", "--data", "cats");
    }

    @Test
    void listsPresets() {
        CommandRun result = CommandRun.of("presets");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("wrn-28-10", "36,479,194", "Table 5");
        JsonNode all = JSON.readTree(CommandRun.of("presets", "--json").out());
        assertThat(all.size()).isEqualTo(Presets.all().size());
        assertThat(all.valueStream().map(p -> p.get("name").stringValue()))
                .contains("resnet-8", "densenet-bc-190-40", "stochastic-resnet-1202");
    }

    @Test
    void helps() {
        assertThat(CommandRun.of("--help").out())
                .contains("presets", "describe", "opens the window");
        assertThat(CommandRun.of("help", "describe").out()).contains("--json", "DESIGN");
        assertThat(CommandRun.of("bench", "--help").out())
                .contains("--warm-up=SECONDS", "compiler is at rest", "--profile");
        assertThat(CommandRun.of("describe", "--help").exitCode()).isZero();
        assertThat(CommandRun.of("--version").out()).containsPattern("SkipLab [0-9]+\\.[0-9]+");
    }

    @Test
    void drawsADesignAsSvgAndPng() throws IOException {
        Path svg = folder.resolve("net.svg");
        assertThat(CommandRun.of("draw", "resnet-8", "--out", svg.toString()).exitCode()).isZero();
        assertThat(Files.readString(svg)).startsWith("<svg").contains(">Residual<");
        Path png = folder.resolve("net.png");
        assertThat(CommandRun.of("draw", "resnet-8", "--out", png.toString(), "--dark").exitCode())
                .isZero();
        assertThat(javax.imageio.ImageIO.read(png.toFile()).getWidth()).isGreaterThan(1000);
        refuses(2, ".svg or .png", "draw", "resnet-8", "--out", "net.jpg");
        String nowhere = folder.resolve("no/such/net.svg").toString();
        refuses(1, "(it does not exist)", "draw", "resnet-8", "--out", nowhere);
        refuses(
                1,
                "choose a smaller --scale",
                "draw",
                "resnet-110",
                "--out",
                png.toString(),
                "--scale",
                "20",
                "--unfold");
    }

    @Test
    void aFileAloneIsForTheWindow() {
        assertThat(SkipLabCommand.isMeant(List.of())).isFalse();
        assertThat(SkipLabCommand.isMeant(List.of("a.skiplab"))).isFalse();
        assertThat(SkipLabCommand.isMeant(List.of("describe", "a.skiplab"))).isTrue();
        assertThat(SkipLabCommand.isMeant(List.of("--help"))).isTrue();
        assertThat(SkipLabCommand.isMeant(List.of("nonsense"))).isTrue();
    }
}
