package org.skiplab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skiplab.engine.train.Recipe;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder;

    /// A run's folder.
    private Path train(String name, String design, String... options) {
        Path out = folder.resolve(name);
        List<String> arguments =
                new ArrayList<>(List.of("train", design, "--data", "mnist", "--out", "" + out));
        arguments.addAll(Arrays.asList(options));
        CommandRun result = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return out;
    }

    private static JsonNode report(Path run) throws IOException {
        return JSON.readTree(Files.readString(run.resolve("run.json")));
    }

    @Test
    void logsSurvivalWithinBinomialErrorAndRepeatsARunBitForBit() throws IOException {
        String[] how = {
            "--epochs",
            "3",
            "--limit",
            "160",
            "--batch",
            "8",
            "--survival",
            "linear:0.5",
            "--seed",
            "4"
        };
        Path one = train("one", "stochastic-resnet-14", how);
        JsonNode report = report(one);
        int steps = report.get("steps").intValue();
        assertThat(steps).isEqualTo(60);
        assertThat(report.get("survival").stringValue()).isEqualTo("linear:0.5");
        int blocks = report.get("gates").size();
        assertThat(blocks).isEqualTo(6);
        for (int l = 1; l <= blocks; l++) {
            JsonNode gate = report.get("gates").get(l - 1);
            double p = 1 - 0.5 * l / blocks;
            assertThat(gate.get("probability").doubleValue()).isEqualTo(p);
            double error = 3.5 * Math.sqrt(p * (1 - p) / steps);
            assertThat(gate.get("realised").doubleValue())
                    .as(gate.get("block").stringValue())
                    .isBetween(p - error, p + error);
        }
        Path two = train("two", "stochastic-resnet-14", how);
        assertThat(CommandRun.metrics(two))
                .isEqualTo(CommandRun.metrics(one))
                .hasSizeGreaterThan(60);
        assertThat(two.resolve("weights.npz")).hasSameBinaryContentAs(one.resolve("weights.npz"));
        assertThat(report(two)).isEqualTo(report);
    }

    @Test
    void aRecipeCanBeChangedOptionByOption() throws IOException {
        JsonNode plain =
                report(
                        train(
                                "plain",
                                "resnet-8",
                                "--recipe",
                                "wrn",
                                "--epochs",
                                "1",
                                "--limit",
                                "256"));
        assertThat(plain.get("batch").intValue()).isEqualTo(128);
        assertThat(plain.get("optimiser").stringValue()).isEqualTo("nesterov");
        assertThat(plain.get("weight_decay").doubleValue()).isEqualTo(5e-4);
        assertThat(plain.get("schedule").stringValue()).isEqualTo("steps:0.2@0.3,0.6,0.8");
        assertThat(plain.get("augmentation").stringValue()).isEqualTo("crop:4:reflect,flip");
        JsonNode changed =
                report(
                        train(
                                "changed",
                                "resnet-8",
                                "--recipe=wrn",
                                "--epochs=1",
                                "--limit=64",
                                "--batch=32",
                                "--optimiser=adamw",
                                "--lr=0.002",
                                "--momentum=0.8",
                                "--weight-decay=0.02",
                                "--decay-weights-only",
                                "--schedule=cosine:0.1",
                                "--warmup=0.5:0.2:flat",
                                "--clip=1.5",
                                "--label-smoothing=0.1",
                                "--augment=crop:2,cutout:6",
                                "--init=orthogonal",
                                "--zero-gamma"));
        assertThat(changed.get("batch").intValue()).isEqualTo(32);
        assertThat(changed.get("optimiser").stringValue()).isEqualTo("adamw");
        assertThat(changed.get("learning_rate").doubleValue()).isEqualTo(0.002);
        assertThat(changed.get("beta1").doubleValue()).isEqualTo(0.8);
        assertThat(changed.get("weight_decay").doubleValue()).isEqualTo(0.02);
        assertThat(changed.get("decay_all").booleanValue()).isFalse();
        assertThat(changed.get("schedule").stringValue())
                .isEqualTo("warmup:0.5:0.2:flat+cosine:0.1");
        assertThat(changed.get("clip").doubleValue()).isEqualTo(1.5);
        assertThat(changed.get("label_smoothing").doubleValue()).isEqualTo(0.1);
        assertThat(changed.get("augmentation").stringValue()).isEqualTo("crop:2,cutout:6");
        assertThat(changed.get("initialisation").stringValue()).isEqualTo("orthogonal");
    }

    @ParameterizedTest
    @CsvSource({
        "--recipe=vgg, recipe",
        "--optimiser=rmsprop, adamw",
        "--schedule=linear, one-cycle",
        "--warmup=soon, warmup:EPOCHS",
        "--lr=0, positive",
        "--lr=fast, --lr",
        "--momentum=1, '[0, 1)'",
        "--weight-decay=-1, negative",
        "--clip=-2, negative",
        "--label-smoothing=1, '[0, 1)'",
        "--augment=rotate, crop:PIXELS",
        "--init=xavier, orthogonal",
        "--epochs=0, at least 1",
        "--batch=0, at least 1",
        "--limit=0, at least 1",
        "--survival=linear:0, probabilities",
        "--survival=half, linear:0.5"
    })
    void valuesThatMakeNoSenseAreWrongUse(String option, String words) {
        CommandRun result = CommandRun.of("train", "resnet-8", "--data", "mnist", option);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("skiplab: ")
                .contains(words)
                .contains(option.substring(2, option.indexOf('=')))
                .doesNotContain("Exception");
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void survivalGivesResidualBranchesDropPathsOrIsRefused() throws IOException {
        String[] how = {"--epochs", "1", "--limit", "64", "--survival", "linear:0.5"};
        JsonNode report = report(train("gated", "resnet-8", how));
        assertThat(report.get("gates").size()).isEqualTo(3);
        assertThat(report.get("gates").get(2).get("probability").doubleValue()).isEqualTo(0.5);
        for (String design : List.of("plain-8", "densenet-bc-10-12")) {
            CommandRun result =
                    CommandRun.of(
                            "train",
                            design,
                            "--data",
                            "mnist",
                            "--survival",
                            "linear:0.5",
                            "--limit=64");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err().lines())
                    .singleElement()
                    .asString()
                    .contains(design + " has no residual branch", "leave the option out");
        }
    }

    @Test
    void zeroGammaNeedsABranchThatEndsInABatchNorm() {
        CommandRun result =
                CommandRun.of("train", "densenet-40-12", "--data", "mnist", "--zero-gamma");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("densenet-40-12").contains("batch norm");
    }

    @Test
    void helpNamesEveryRecipe() {
        String help = CommandRun.of("train", "--help").out().replaceAll("\\s+", " ");
        for (Recipe recipe : Recipe.values()) {
            assertThat(help).contains(recipe.text());
        }
    }
}
