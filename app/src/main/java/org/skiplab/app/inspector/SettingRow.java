package org.skiplab.app.inspector;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.fx.ControlKeys;
import org.skiplab.app.fx.FxThread;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.graph.Setting;

/// The control of one setting: a slider with a field, a choice, or a box to tick. It can be given a
/// newer value of the same setting without losing focus or an ongoing drag.
public final class SettingRow extends VBox {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");

    /// Takes a value from a control.
    public interface Sink {

        /// @param sliding whether more values may follow until [#settled]
        /// @return whether it was taken
        boolean put(String setting, @Nullable Object value, boolean sliding);

        void settled();
    }

    private final Sink sink;
    private Setting setting;
    private Runnable refresh = () -> {};
    private boolean refreshing;

    public SettingRow(Setting setting, Sink sink) {
        this.setting = setting;
        this.sink = sink;
        getStyleClass().add("setting");
        setId("setting-" + setting.name());
        switch (setting) {
            case Setting.Whole w -> number(w.min(), w.max(), w.step(), true);
            case Setting.Real r -> number(r.min(), r.max(), 0, false);
            case Setting.Override o -> override(o);
            case Setting.Choice c -> choice(c);
            case Setting.Flag _ -> flag();
        }
        update(setting);
    }

    /// Whether a newer value can be shown by the same control.
    boolean accepts(Setting other) {
        return other.getClass() == setting.getClass()
                && other.name().equals(setting.name())
                && (!(other instanceof Setting.Whole w)
                        || setting instanceof Setting.Whole v
                                && w.min() == v.min()
                                && w.step() == v.step())
                && (!(other instanceof Setting.Choice a)
                        || setting instanceof Setting.Choice b && a.options().equals(b.options()));
    }

    /// Shows a newer value of the setting.
    public void update(Setting newer) {
        setting = newer;
        refreshing = true;
        try {
            refresh.run();
        } finally {
            refreshing = false;
        }
    }

    private void put(@Nullable Object value, boolean sliding) {
        if (!refreshing
                && !Objects.equals(value, setting.value())
                && !sink.put(setting.name(), value, sliding)) {
            update(setting);
        }
    }

    private Label label() {
        Label label = new Label(setting.label());
        label.getStyleClass().add("setting-label");
        Tooltip tooltip = new Tooltip(setting.explanation());
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(320);
        label.setTooltip(tooltip);
        label.setMinWidth(0);
        return label;
    }

    private HBox line(Node... nodes) {
        HBox line = new HBox(8, nodes);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void number(double min, double max, int step, boolean whole) {
        Slider slider = slider(min, max, step, whole);
        TextField field = field(whole);
        slider.valueProperty()
                .addListener((_, _, v) -> put(fromSlider(v.doubleValue(), min, step, whole), true));
        slider.valueChangingProperty()
                .addListener((_, _, changing) -> {
                    if (!changing) {
                        sink.settled();
                    }
                });
        HBox head = line(label(), spacer(), field);
        getChildren().addAll(head, slider);
        refresh =
                () -> {
                    if (setting.value() instanceof Number n) {
                        slider.setMax(Math.max(max, n.doubleValue()));
                        if (!Objects.equals(fromSlider(slider.getValue(), min, step, whole), n)) {
                            slider.setValue(n.doubleValue());
                        }
                        field.setText(text(n));
                        field.pseudoClassStateChanged(WRONG, false);
                    }
                };
    }

    /// A tick that takes the number from its rule, and a slider for one's own.
    private void override(Setting.Override o) {
        CheckBox own = new CheckBox("own");
        own.getStyleClass().add("small");
        own.setTooltip(new Tooltip("Otherwise: " + o.rule()));
        Slider slider = slider(o.min(), o.max(), 0, false);
        TextField field = field(false);
        Label rule = new Label(o.rule());
        rule.getStyleClass().addAll("muted", "small");
        rule.setWrapText(true);
        double usual = (o.min() + o.max()) / 2;
        own.selectedProperty()
                .addListener((_, _, on) -> put(on ? Double.valueOf(usual) : null, false));
        slider.valueProperty()
                .addListener(
                        (_, _, v) -> put(fromSlider(v.doubleValue(), o.min(), 0, false), true));
        slider.valueChangingProperty()
                .addListener((_, _, changing) -> {
                    if (!changing) {
                        sink.settled();
                    }
                });
        getChildren().addAll(line(label(), spacer(), own, field), slider, rule);
        refresh =
                () -> {
                    boolean set = setting.value() != null;
                    own.setSelected(set);
                    show(slider, set);
                    show(field, set);
                    show(rule, !set);
                    if (setting.value() instanceof Number n) {
                        if (!Objects.equals(fromSlider(slider.getValue(), o.min(), 0, false), n)) {
                            slider.setValue(n.doubleValue());
                        }
                        field.setText(text(n));
                        field.pseudoClassStateChanged(WRONG, false);
                    }
                };
    }

    private void choice(Setting.Choice c) {
        ComboBox<Setting.Option> box = new ComboBox<>();
        box.getItems().setAll(c.options());
        box.setMaxWidth(Double.MAX_VALUE);
        box.setAccessibleText(c.label());
        box.setCellFactory(_ -> new OptionCell());
        box.setButtonCell(wrappedCell());
        box.setMinHeight(Region.USE_PREF_SIZE);
        box.valueProperty()
                .addListener((_, _, option) -> {
                    if (option != null) {
                        put(option.id(), false);
                    }
                });
        getChildren().addAll(label(), box);
        refresh =
                () ->
                        box.setValue(
                                c.options().stream()
                                        .filter(o -> o.id().equals(setting.value()))
                                        .findFirst()
                                        .orElse(c.options().getFirst()));
    }

    private void flag() {
        CheckBox box = new CheckBox(setting.label());
        Tooltip tooltip = new Tooltip(setting.explanation());
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(320);
        box.setTooltip(tooltip);
        box.selectedProperty().addListener((_, _, on) -> put(on, false));
        getChildren().add(box);
        refresh = () -> box.setSelected(Boolean.TRUE.equals(setting.value()));
    }

    private Slider slider(double min, double max, int step, boolean whole) {
        Slider slider = new Slider(min, max, min);
        slider.setAccessibleText(setting.label());
        slider.setBlockIncrement(whole ? step : (max - min) / 20);
        slider.setMinorTickCount(0);
        if (whole) {
            slider.setMajorTickUnit(step);
            slider.setSnapToTicks((max - min) / step <= 64);
        }
        return slider;
    }

    private TextField field(boolean whole) {
        TextField field = new TextField();
        field.getStyleClass().add("setting-field");
        field.setAccessibleText(setting.label());
        field.setPrefColumnCount(5);
        field.setMinWidth(Region.USE_PREF_SIZE);
        field.setMaxWidth(Region.USE_PREF_SIZE);
        ControlKeys.undoPast(field);
        field.setOnAction(_ -> commit(field, whole));
        field.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        commit(field, whole);
                    }
                });
        field.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                update(setting);
                e.consume();
            }
        });
        return field;
    }

    private void commit(TextField field, boolean whole) {
        Optional<Number> number = parse(field.getText(), whole);
        field.pseudoClassStateChanged(WRONG, number.isEmpty());
        number.ifPresent(n -> put(n, false));
    }

    private static Optional<Number> parse(String text, boolean whole) {
        String plain = text.strip().replace(",", ".");
        try {
            return Optional.of(
                    whole ? (Number) Integer.valueOf(plain) : (Number) Double.valueOf(plain));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Number fromSlider(double value, double min, int step, boolean whole) {
        if (whole) {
            return (int) Math.round(min + Math.round((value - min) / step) * (double) step);
        }
        return Math.round(value * 100) / 100.0;
    }

    private static String text(Number number) {
        return number instanceof Integer ? number.toString() : Numbers.plain(number.doubleValue());
    }

    private static class OptionCell extends ListCell<Setting.Option> {
        @Override
        protected void updateItem(Setting.@Nullable Option option, boolean empty) {
            super.updateItem(option, empty);
            setText(option == null || empty ? "" : option.title());
        }
    }

    /// A cell as high as its words need in the width that it has.
    private static ListCell<Setting.Option> wrappedCell() {
        ListCell<Setting.Option> cell =
                new OptionCell() {
                    @Override
                    protected double computePrefHeight(double width) {
                        return super.computePrefHeight(getWidth() > 0 ? getWidth() : width);
                    }
                };
        cell.setWrapText(true);
        cell.widthProperty().subscribe((_, _) -> FxThread.LATER.execute(cell::requestLayout));
        return cell;
    }

    private static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    private static void show(Node node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }

    /// Whether the rows can show these settings, in order.
    public static boolean sameRows(List<SettingRow> rows, List<Setting> settings) {
        if (rows.size() != settings.size()) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).accepts(settings.get(i))) {
                return false;
            }
        }
        return true;
    }
}
