package org.skiplab.engine.graph.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skiplab.engine.graph.BlockKind;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Settings;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.file.Reading.Read;
import org.skiplab.engine.graph.file.Reading.Unreadable;
import tools.jackson.databind.json.JsonMapper;

class DesignFileTest {
    private static final Design SMALL = Design.of(Presets.get("resnet-8").network());

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("org.skiplab.engine.graph.Presets#all")
    void everyPresetComesBackAsItWas(Preset preset) {
        Design design = Design.of(preset.network());
        assertThat(DesignFile.parse(DesignFile.text(design))).isEqualTo(new Read(design));
    }

    @Test
    void looksLikeThis() {
        Network network =
                new Network(
                        "tiny",
                        new Shape(28, 28, 1),
                        List.of(
                                new Node("stem", Settings.defaults(BlockKind.STEM), "input"),
                                new Node(
                                        "b1",
                                        Residual.v1(Residual.Form.BASIC, 16, 1)
                                                .withGate(new Gate(GateMode.BATCH, 0.8)),
                                        "stem"),
                                new Node("sum", new Primitive.Add(), "b1", "stem"),
                                new Node("free", new Primitive.Relu())),
                        new Survival.Linear(0.5));
        Design design =
                Design.of(network)
                        .withSection(
                                "layout",
                                new JsonMapper().readTree("{\"b1\":[1.5,2],\"open\":[[1],[2]]}"));
        assertThat(DesignFile.text(design))
                .isEqualTo(
                        """
                        {
                          "skiplab": 1,
                          "network": {
                            "name": "tiny",
                            "input": [28, 28, 1],
                            "survival": "linear:0.5",
                            "blocks": [
                              {"id": "stem", "kind": "stem", "inputs": ["input"]},
                              {"id": "b1", "kind": "residual", "inputs": ["stem"], "gate": "batch", "survival": 0.8},
                              {"id": "sum", "kind": "add", "inputs": ["b1", "stem"]},
                              {"id": "free", "kind": "relu", "inputs": []}
                            ]
                          },
                          "layout": {
                            "b1": [1.5, 2],
                            "open": [
                              [1],
                              [2]
                            ]
                          }
                        }
                        """);
        assertThat(DesignFile.parse(DesignFile.text(design))).isEqualTo(new Read(design));
    }

    @Test
    void keepsSectionsItDoesNotKnow() {
        String text =
                DesignFile.text(SMALL)
                        .replace(
                                "\"skiplab\": 1,",
                                "\"skiplab\": 1, \"future\": {\"a\": [1, {\"ü\": null}]},");
        assertThat(DesignFile.parse(text))
                .isInstanceOfSatisfying(
                        Read.class,
                        r -> {
                            assertThat(r.design().section("future")).isPresent();
                            assertThat(DesignFile.parse(DesignFile.text(r.design()))).isEqualTo(r);
                        });
        assertThatThrownBy(() ->
                        new Design(
                                SMALL.network(), Map.of("network", new JsonMapper().readTree("1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear:0.123456789",
                "uniform:1",
                "linear-first-kept:0.00001",
                "first-to-last:0.9:0.5"
            })
    void keepsScheduleExactly(String survival) {
        Design design = Design.of(SMALL.network().withSurvival(Survival.parse(survival)));
        assertThat(DesignFile.parse(DesignFile.text(design))).isEqualTo(new Read(design));
    }

    @Test
    void keepsAnyName() {
        Design design = Design.of(SMALL.network().withName("\"größer\"\n\t\\ 網路 \u0001 🧠"));
        assertThat(DesignFile.parse(DesignFile.text(design))).isEqualTo(new Read(design));
    }

    private static String file(String blocks) {
        return "{\"skiplab\":1,\"network\":{\"input\":[8,8,3],\"blocks\":[" + blocks + "]}}";
    }

    static Stream<List<String>> bad() {
        String relu = "{\"id\":\"a\",\"kind\":\"relu\",\"inputs\":[\"input\"]}";
        return Stream.of(
                List.of("", "", "not a SkipLab design"),
                List.of("   \n ", "", "not a SkipLab design"),
                List.of("[1,2]", "", "not a SkipLab design"),
                List.of("{}", "", "not a SkipLab design"),
                List.of("null", "", "not a SkipLab design"),
                List.of("PNG\u0000", "line 1", "not valid JSON"),
                List.of("{\"skiplab\":1,\n\"network\":", "line 2", "ends in the middle"),
                List.of("{\"skiplab\":1,\"skiplab\":1}", "line 1", "Duplicate"),
                List.of("{\"skiplab\":1} {", "line 1", "follows the end"),
                List.of("{\"skiplab\":2}", "skiplab", "newer SkipLab"),
                List.of("{\"skiplab\":\"1\"}", "skiplab", "version"),
                List.of("{\"skiplab\":0}", "skiplab", "version"),
                List.of("{\"skiplab\":99999999999}", "skiplab", "version"),
                List.of("{\"skiplab\":1}", "network", "missing"),
                List.of("{\"skiplab\":1,\"network\":[]}", "network", "missing"),
                List.of("{\"skiplab\":1,\"network\":{\"blocks\":[]}}", "network.input", "shape"),
                List.of(file("").replace("[8,8,3]", "[8,8]"), "network.input", "shape"),
                List.of(file("").replace("[8,8,3]", "[8,0,3]"), "network.input[1]", "extent"),
                List.of(file("").replace("[8,8,3]", "[8,8,1e9]"), "network.input[2]", "extent"),
                List.of(file("").replace("\"blocks\"", "\"block\""), "network.block", "no 'block'"),
                List.of(
                        file("").replace("\"input\"", "\"survival\":\"x\",\"input\""),
                        "network.survival",
                        "schedule"),
                List.of(
                        file("").replace("\"input\"", "\"survival\":\"linear:NaN\",\"input\""),
                        "network.survival",
                        "schedule"),
                List.of(file("7"), "network.blocks[0]", "object"),
                List.of(
                        file("{\"kind\":\"relu\",\"inputs\":[]}"),
                        "network.blocks[0].id",
                        "missing"),
                List.of(
                        file(relu.replace("\"a\"", "\"a b\"")),
                        "network.blocks[0].id",
                        "cannot be"),
                List.of(
                        file(relu.replace("\"a\"", "\"a.b\"")),
                        "network.blocks[0].id",
                        "cannot be"),
                List.of(
                        file(relu.replace("\"a\"", "\"input\"")),
                        "network.blocks[0].id",
                        "cannot be"),
                List.of(file(relu.replace("relu", "relo")), "network.blocks[0].kind", "relo"),
                List.of(
                        file(relu.replace("\"inputs\"", "\"input\"")),
                        "network.blocks[0]",
                        "missing"),
                List.of(
                        file(relu.replace("[\"input\"]", "[\"imput\"]")),
                        "network.blocks[0].inputs[0]",
                        "imput"),
                List.of(file(relu.replace("[\"input\"]", "[\"a\"]")), "network.blocks", "circle"),
                List.of(
                        file(relu.replace("[\"input\"]", "[[]]")),
                        "network.blocks[0].inputs[0]",
                        "text"),
                List.of(file(relu + "," + relu), "network.blocks[1].id", "also the id"),
                List.of(
                        file("{\"id\":\"a\",\"kind\":\"wide\",\"inputs\":[],\"widening\":0}"),
                        "network.blocks[0] 'a'",
                        "at least 1"),
                List.of(
                        file("{\"id\":\"a\",\"kind\":\"wide\",\"inputs\":[],\"widening\":1e400}"),
                        "network.blocks[0] 'a'",
                        "whole number"),
                List.of(
                        file(
                                "{\"id\":\"a\",\"kind\":\"wide\",\"inputs\":[],\"widening\":99999999999999999999}"),
                        "network.blocks[0] 'a'",
                        "whole number"),
                List.of(
                        file("{\"id\":\"a\",\"kind\":\"wide\",\"inputs\":[],\"dropout\":1e400}"),
                        "network.blocks[0] 'a'",
                        "number"),
                List.of(
                        file("{\"id\":\"a\",\"kind\":\"wide\",\"inputs\":[],\"dropout\":NaN}"),
                        "line 1",
                        "NaN"),
                List.of(
                        file("{\"id\":\"a\",\"kind\":\"wide\",\"inputs\":[],\"dropout\":[0.1]}"),
                        "network.blocks[0] 'a'.dropout",
                        "single value"),
                List.of(
                        file("{\"id\":\"a\",\"kind\":\"wide\",\"inputs\":[],\"dropout\":null}"),
                        "network.blocks[0] 'a'",
                        "number"),
                List.of(
                        file("{\"id\":\"a\",\"kind\":\"wide\",\"inputs\":[],\"drop\":0.1}"),
                        "network.blocks[0] 'a'",
                        "dropout"),
                List.of(
                        file("{\"id\":\"a\",\"kind\":\"wide\",\"inputs\":[],\"survival\":0.1}"),
                        "network.blocks[0] 'a'",
                        "gate"),
                List.of("[".repeat(5000), "", "too deeply"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void saysWhatIsWrongAndWhere(List<String> c) {
        assertThat(DesignFile.parse(c.get(0)))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        u -> {
                            assertThat(u.place()).startsWith(c.get(1));
                            assertThat(u.why()).contains(c.get(2));
                            assertThat(u.fix()).isNotBlank();
                            assertThat(u.toString())
                                    .hasSizeLessThan(400)
                                    .doesNotContain("\n", "tools.jackson");
                        });
    }

    @Test
    void findsACircleOfSeveralBlocks() {
        String blocks =
                "{\"id\":\"a\",\"kind\":\"relu\",\"inputs\":[\"c\"]},"
                        + "{\"id\":\"b\",\"kind\":\"relu\",\"inputs\":[\"a\"]},"
                        + "{\"id\":\"c\",\"kind\":\"add\",\"inputs\":[\"input\",\"b\"]}";
        assertThat(DesignFile.parse(file(blocks)))
                .isInstanceOfSatisfying(
                        Unreadable.class, u -> assertThat(u.why()).contains("circle"));
    }

    @Test
    void survivesEveryTruncation() {
        String text = DesignFile.text(SMALL);
        for (int length = 0; length < text.stripTrailing().length(); length++) {
            assertThat(DesignFile.parse(text.substring(0, length)))
                    .isInstanceOfSatisfying(
                            Unreadable.class,
                            u ->
                                    assertThat(u.why())
                                            .containsAnyOf(
                                                    "ends in the middle",
                                                    "not a SkipLab",
                                                    "not valid"));
        }
    }

    @Test
    void survivesDamage() throws IOException {
        byte[] whole =
                DesignFile.text(Design.of(Presets.get("densenet-bc-40-12").network()))
                        .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(1);
        Path file = folder.resolve("damaged.skiplab");
        int unreadable = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = whole.clone();
            for (int hit = 0; hit <= random.nextInt(4); hit++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            switch (DesignFile.read(file)) {
                case Read(Design design) ->
                        assertThat(DesignFile.parse(DesignFile.text(design)))
                                .isEqualTo(new Read(design));
                case Unreadable u -> {
                    unreadable++;
                    assertThat(u.why()).isNotBlank();
                    assertThat(u.fix()).isNotBlank();
                }
            }
        }
        assertThat(unreadable).isGreaterThan(1000);
    }

    @Test
    void readsAFileAndSaysWhyItCannot() throws IOException {
        Path file = folder.resolve("größe.skiplab");
        assertThat(DesignFile.read(file))
                .isInstanceOfSatisfying(
                        Unreadable.class, u -> assertThat(u.why()).contains("does not exist"));
        assertThat(DesignFile.read(folder))
                .isInstanceOfSatisfying(
                        Unreadable.class, u -> assertThat(u.why()).contains("folder"));
        Files.write(file, new byte[DesignFile.MOST_BYTES + 1]);
        assertThat(DesignFile.read(file))
                .isInstanceOfSatisfying(
                        Unreadable.class, u -> assertThat(u.why()).contains("larger than"));
        assertThat(DesignFile.write(file, SMALL)).isEqualTo(new Writing.Written());
        assertThat(DesignFile.read(file)).isEqualTo(new Read(SMALL));
    }

    @Test
    void readsNoOtherEncodings() throws IOException {
        Path file = folder.resolve("a.skiplab");
        for (int[] start :
                List.of(
                        new int[] {0, 0, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff},
                        new int[] {0xff, 0xfe, 0, 0, 1, 2, 3},
                        new int[] {0xfe, 0xff, 0xd8, 0, 0xd8, 0},
                        new int[] {'{', '"', 0xc3, 0x28, '"'},
                        new int[] {0, 0, 0, '{', 0x7f, 0, 0, 0})) {
            byte[] bytes = new byte[start.length];
            for (int i = 0; i < start.length; i++) {
                bytes[i] = (byte) start[i];
            }
            Files.write(file, bytes);
            assertThat(DesignFile.read(file)).isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void replacesAFileWholeOrNotAtAll() throws IOException {
        Path file = folder.resolve("a.skiplab");
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(DesignFile.write(file, SMALL)).isEqualTo(new Writing.Written());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-r--");
        Path link = Files.createSymbolicLink(folder.resolve("link.skiplab"), file);
        Design other = Design.of(Presets.get("wrn-16-1").network());
        assertThat(DesignFile.write(link, other)).isEqualTo(new Writing.Written());
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(DesignFile.read(file)).isEqualTo(new Read(other));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(file, link);
        }
    }

    @Test
    void saysWhyItCannotWrite() {
        assertThat(DesignFile.write(folder.resolve("missing/a.skiplab"), SMALL))
                .isInstanceOfSatisfying(
                        Writing.Unwritten.class,
                        u -> assertThat(u.why()).contains("does not exist"));
        assertThat(DesignFile.write(folder, SMALL))
                .isInstanceOfSatisfying(
                        Writing.Unwritten.class, u -> assertThat(u.why()).contains("folder"));
        assertThat(DesignFile.write(Path.of("/proc/a.skiplab"), SMALL))
                .isInstanceOf(Writing.Unwritten.class);
    }
}
