package org.skiplab.engine.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the gallery says of papers is what stands in the papers.
class PublishedTest {

    @Test
    void everyFigureIsOneThatAPaperPrints() throws IOException {
        assertThat(Presets.all().stream().flatMap(PublishedTest::lines).toList())
                .isEqualTo(printed());
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
