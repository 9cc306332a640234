package org.skiplab.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
    private static final Residual RESIDUAL = Residual.v1(Residual.Form.BASIC, 16, 1);

    @ParameterizedTest
    @EnumSource
    void everyKindHasDefaultsAndWellNamedSettings(BlockKind kind) {
        Block block = Settings.defaults(kind);
        assertThat(block.kind()).isEqualTo(kind);
        assertThat(Settings.changed(block)).isEmpty();
        List<Setting> settings = Settings.of(block);
        assertThat(settings.stream().map(Setting::name)).doesNotHaveDuplicates();
        for (Setting setting : settings) {
            assertThat(setting.name()).matches("[a-z]+(-[a-z]+)*");
            assertThat(setting.label()).isNotBlank();
            assertThat(setting.explanation()).endsWith(".");
            assertThat(Settings.with(block, setting.name(), setting.value())).isEqualTo(block);
        }
    }

    /// Every record component of every block must be reachable through some setting.
    @ParameterizedTest
    @EnumSource
    void everyPartOfABlockIsASetting(BlockKind kind) {
        Block block = Settings.defaults(kind);
        int settings = Schema.of(block).fields().size();
        int gates =
                (int)
                        Stream.of(block.getClass().getRecordComponents())
                                .filter(c -> c.getType() == Gate.class)
                                .count();
        assertThat(settings).isEqualTo(block.getClass().getRecordComponents().length + gates);
    }

    @ParameterizedTest
    @EnumSource
    void everyValueThatIsOfferedIsAcceptedAndKept(BlockKind kind) {
        Block block = Settings.defaults(kind);
        for (Setting setting : Settings.of(block)) {
            for (Object value : offered(setting)) {
                if (value == null || Settings.problem(block, setting.name(), value).isEmpty()) {
                    Block changed = Settings.with(block, setting.name(), value);
                    assertThat(changed.kind()).isEqualTo(kind);
                    assertThat(valueOf(changed, setting.name())).isEqualTo(value);
                    assertThat(Settings.with(Settings.defaults(kind), Settings.changed(changed)))
                            .isEqualTo(changed);
                } else {
                    assertThat(kind)
                            .as("only a padding can be too large")
                            .isEqualTo(BlockKind.MAX_POOL);
                }
            }
        }
    }

    private static List<@Nullable Object> offered(Setting setting) {
        return switch (setting) {
            case Setting.Whole s -> List.of(s.min(), s.max(), s.min() + s.step());
            case Setting.Real s -> List.of(s.min(), s.max(), (s.min() + s.max()) / 2);
            case Setting.Override s -> List.of(s.min(), s.max());
            case Setting.Choice s ->
                    List.copyOf(s.options().stream().map(Setting.Option::id).toList());
            case Setting.Flag _ -> List.of(true, false);
        };
    }

    private static @Nullable Object valueOf(Block block, String name) {
        return Schema.of(block).values().get(name);
    }

    @Test
    void changesOneSettingAndLeavesTheOthers() {
        assertThat(Settings.with(RESIDUAL, "stride", 2))
                .isEqualTo(Residual.v1(Residual.Form.BASIC, 16, 2));
        assertThat(Settings.with(RESIDUAL, "shortcut", Shortcut.ZERO_PAD))
                .isEqualTo(RESIDUAL.with(Shortcut.ZERO_PAD));
        assertThat(Settings.with(RESIDUAL, "shortcut", "zero-pad"))
                .isEqualTo(RESIDUAL.with(Shortcut.ZERO_PAD));
        assertThat(
                        Settings.with(
                                new Wide(16, 2, 1, 0, null),
                                Map.of("widening", 10, "dropout", 0.3)))
                .isEqualTo(new Wide(16, 10, 1, 0.3, null));
    }

    @Test
    void gatesAndUngates() {
        Block gated = Settings.with(RESIDUAL, "gate", "batch");
        assertThat(gated).isEqualTo(RESIDUAL.withGate(Gate.SCHEDULED));
        Block own = Settings.with(gated, "survival", 0.7);
        assertThat(own).isEqualTo(RESIDUAL.withGate(new Gate(GateMode.BATCH, 0.7)));
        assertThat(Settings.with(own, "survival", null)).isEqualTo(gated);
        assertThat(Settings.with(own, "gate", "none")).isEqualTo(RESIDUAL);
    }

    @Test
    void showsOnlySettingsThatHaveAnEffect() {
        assertThat(names(RESIDUAL))
                .contains("zero-gamma")
                .doesNotContain("survival", "raw-projection");
        assertThat(names(RESIDUAL.withGate(Gate.SCHEDULED))).contains("survival");
        assertThat(names(Residual.v2(Residual.Form.BASIC, 16, 1)))
                .contains("raw-projection")
                .doesNotContain("zero-gamma");
    }

    private static List<String> names(Block block) {
        return Settings.of(block).stream().map(Setting::name).toList();
    }

    @Test
    void namesOnlyWhatDiffersFromTheDefault() {
        assertThat(Settings.changed(RESIDUAL.withGate(new Gate(GateMode.SAMPLE_SCALED, 0.8))))
                .isEqualTo(Map.of("gate", "sample-scaled", "survival", 0.8));
    }

    static Stream<List<Object>> impossible() {
        return Stream.of(
                List.of(RESIDUAL, "width", 0, "at least 1"),
                List.of(RESIDUAL, "width", 1_000_000, "at most 65536"),
                List.of(RESIDUAL, "width", 3_000_000_000L, "at most 65536"),
                List.of(RESIDUAL, "width", 2.5, "whole number"),
                List.of(RESIDUAL, "width", "wide", "whole number"),
                List.of(RESIDUAL, "shortcut", "zeropad", "zero-pad"),
                List.of(RESIDUAL, "shortcut", GateMode.BATCH, "zero-pad"),
                List.of(RESIDUAL, "strid", 2, "did you mean 'stride'"),
                List.of(RESIDUAL, "survival", 0.5, "choose a gate"),
                List.of(RESIDUAL.withGate(Gate.SCHEDULED), "survival", 0.0, "(0, 1]"),
                List.of(RESIDUAL.withGate(Gate.SCHEDULED), "survival", Double.NaN, "number"),
                List.of(new Transition(0.5, true, 0), "compression", 1.5, "(0, 1]"),
                List.of(new Transition(0.5, true, 0), "dropout", 1.0, "[0, 1)"),
                List.of(new Primitive.MaxPool(3, 2, 1), "padding", 2, "half the kernel"),
                List.of(new Primitive.Relu(), "slope", 1, "no setting 'slope'"));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void saysWhatASettingAccepts(List<Object> c) {
        Block block = (Block) c.get(0);
        String name = (String) c.get(1);
        String expected = (String) c.get(3);
        assertThat(Settings.problem(block, name, c.get(2)).orElse("")).contains(expected);
        assertThatThrownBy(() -> Settings.with(block, name, c.get(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
