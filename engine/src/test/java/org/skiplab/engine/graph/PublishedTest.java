package org.skiplab.engine.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the gallery says of papers is what stands in the papers.
class PublishedTest {

    @Test
    void everyFigureIsOneThatAPaperPrints() throws IOException {
        assertThat(Presets.all().stream().flatMap(PublishedTest::lines).toList())
                .isEqualTo(printed());
    }

    /// What others print of 1512.03385 beside their own results, in errors or accuracies: CIFAR-10
    /// in the READMEs of akamaster/pytorch_resnet_cifar10 ("Test err(paper)") and in Keras's
    /// example cifar10_resnet.py ("Original paper accuracy"), ImageNet in the authors' own README
    /// of KaimingHe/deep-residual-networks (10-crop, "the same as those in the paper").
    @ParameterizedTest
    @CsvSource({
        "resnet-20, 8.75, 2",
        "resnet-20, 100 - 91.25, 2",
        "resnet-32, 7.51, 2",
        "resnet-32, 100 - 92.49, 2",
        "resnet-44, 7.17, 2",
        "resnet-44, 100 - 92.83, 2",
        "resnet-56, 6.97, 2",
        "resnet-56, 100 - 93.03, 2",
        "resnet-110, 6.43, 2",
        "resnet-1202, 7.93, 2",
        "resnet-50, 22.9, 1",
        "resnet-101, 21.8, 1",
        "resnet-152, 21.4, 1"
    })
    void othersReadTheSame(String preset, String printed, int digits) {
        String[] terms = printed.split(" - ");
        BigDecimal error = new BigDecimal(terms[0]);
        if (terms.length > 1) {
            error = error.subtract(new BigDecimal(terms[1]));
        }
        Published ours =
                Presets.get(preset).published().stream()
                        .filter(row -> row.paper() == Paper.RESNET)
                        .findFirst()
                        .orElseThrow();
        assertThat(
                        BigDecimal.valueOf(ours.figures().getFirst().percent())
                                .setScale(digits, RoundingMode.HALF_UP))
                .isEqualByComparingTo(error);
    }

    @Test
    void whatHasNoFiguresSaysWhy() {
        assertThat(Presets.all().stream().filter(p -> p.published().isEmpty()))
                .allSatisfy(p -> assertThat(p.note()).as(p.name()).isNotEmpty());
    }

    private static List<String> printed() throws IOException {
        try (var in = PublishedTest.class.getResourceAsStream("/published.txt");
                var reader =
                        new BufferedReader(
                                new InputStreamReader(Objects.requireNonNull(in), UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    private static Stream<String> lines(Preset preset) {
        String start = preset.name() + " | " + preset.paper().name();
        return preset.published().isEmpty()
                ? Stream.of(start + " | -")
                : preset.published().stream().map(row -> line(preset, row));
    }

    private static String line(Preset preset, Published row) {
        String figures =
                row.figures().stream()
                        .map(f -> f.data() + " " + f.percent())
                        .collect(joining(", "));
        return String.join(
                " | ",
                preset.name(),
                row.paper().name(),
                row.table(),
                row.row(),
                row.parameters(),
                figures);
    }
}
