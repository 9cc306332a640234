package org.skiplab.app.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.app.theme.Glyphs;
import org.skiplab.engine.graph.BlockKind;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Published;
import org.skiplab.engine.graph.Setting;

/// The panel at the right. Rows are kept while the same settings of the same blocks are shown, so
/// that a slider can be dragged while everything around it follows.
public final class InspectorView extends ScrollPane {

    private final InspectorViewModel model;
    private final Consumer<String> browse;
    private final Node redesign;
    private final Consumer<Preset> compare;
    private final VBox body = new VBox();
    private final VBox facts = new VBox();
    private final VBox problem = new VBox();
    private final VBox changed = new VBox();
    private final RepeatRow repeats;
    private final VBox claim = new VBox();
    private List<Fact> shownFacts = List.of();
    private Optional<Content.Claim> shownClaim = Optional.empty();
    private final List<SettingRow> rows = new ArrayList<>();
    private String shown = "";

    /// @param redesign the knobs of the whole network
    /// @param browse opens a web address
    /// @param compare sets a preset beside the network
    public InspectorView(
            InspectorViewModel model,
            Node redesign,
            Consumer<String> browse,
            Consumer<Preset> compare) {
        this.model = model;
        repeats = new RepeatRow(model::repeat);
        this.redesign = redesign;
        this.browse = browse;
        this.compare = compare;
        setId("inspector");
        getStyleClass().addAll(AppStyles.PANEL, "panel-scroll", "inspector");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        body.getStyleClass().add("inspector-body");
        setContent(body);
        model.contentProperty().subscribe(this::show);
    }

    private void show(Content content) {
        switch (content) {
            case Content.Blocks blocks -> showBlocks(blocks);
            case Content.Whole whole -> showWhole(whole);
        }
    }

    private void showBlocks(Content.Blocks blocks) {
        String key = "blocks " + blocks.ids() + blocks.kind();
        if (!key.equals(shown) || !SettingRow.sameRows(rows, blocks.settings())) {
            shown = key;
            body.getChildren().setAll(blockTitle(blocks));
            blocks.kind().ifPresent(this::lesson);
            body.getChildren().addAll(problem, changed);
            body.getChildren().add(repeats);
            addRows(blocks.settings(), new BlockSink());
            body.getChildren().addAll(section("Figures"), facts);
        } else {
            update(blocks.settings());
        }
        repeats.show(blocks.repeats());
        showProblem(blocks.problem());
        showChanged(blocks.changed());
        showFacts(blocks.facts());
    }

    private void showWhole(Content.Whole whole) {
        List<Setting> settings = whole.survival().map(SurvivalControl::settings).orElse(List.of());
        String key = "whole " + whole.name();
        if (!key.equals(shown) || !SettingRow.sameRows(rows, settings)) {
            shown = key;
            TextField title = name(whole.name(), "The network's name", model::renameNetwork);
            title.getStyleClass().add("inspector-title");
            Label what = new Label("The whole network");
            what.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
            body.getChildren()
                    .setAll(
                            new VBox(title, what),
                            facts,
                            section("Redesign"),
                            redesign,
                            section("Stochastic depth"));
            if (settings.isEmpty()) {
                rows.clear();
                body.getChildren()
                        .add(
                                paragraph(
                                        "No block has a drop path. Drop one from the palette onto a"
                                                + " residual block, or select blocks and press G."));
            } else {
                addRows(settings, new SurvivalSink());
            }
            body.getChildren().add(claim);
        } else {
            update(settings);
        }
        showFacts(whole.facts());
        showClaim(whole.claim());
    }

    /// A name that can be changed where it stands.
    private static TextField name(String name, String what, Predicate<String> rename) {
        TextField field = new TextField(name);
        field.setId("inspector-name");
        field.getStyleClass().add("name-field");
        field.setAccessibleText(what);
        field.setTooltip(new Tooltip(what + ": click to change it"));
        Runnable commit =
                () -> {
                    if (!field.getText().equals(name) && !rename.test(field.getText())) {
                        field.setText(name);
                    }
                };
        field.setOnAction(_ -> commit.run());
        field.focusedProperty()
                .addListener((_, _, focused) -> {
                    if (!focused) {
                        commit.run();
                    }
                });
        field.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                field.setText(name);
                e.consume();
            }
        });
        return field;
    }

    private Node blockTitle(Content.Blocks blocks) {
        Label title = new Label(blocks.kind().map(BlockKind::title).orElse("Different blocks"));
        title.getStyleClass().add("inspector-title");
        Node name;
        if (blocks.ids().size() == 1) {
            String id = blocks.ids().getFirst();
            name = name(id, "The block's name", fresh -> model.renameBlock(id, fresh));
        } else {
            name = new Label(blocks.name());
            name.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
        }
        VBox words = new VBox(title, name);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = new HBox(10, words);
        line.setAlignment(Pos.CENTER_LEFT);
        blocks.kind()
                .ifPresent(kind -> {
                    line.getStyleClass().add(AppStyles.kind(kind));
                    line.getChildren().addFirst(Glyphs.of(kind, 30));
                });
        return line;
    }

    private void lesson(BlockKind kind) {
        Label formula = new Label(kind.formula());
        formula.getStyleClass().add(AppStyles.FORMULA);
        formula.setWrapText(true);
        formula.setMaxWidth(Double.MAX_VALUE);
        body.getChildren().addAll(formula, paragraph(kind.summary()), source(kind.source()));
    }

    /// `1512.03385 §3, 1603.05027 §2` as links.
    private Node source(String source) {
        VBox links = new VBox();
        for (String part : source.split(",\\s*")) {
            String number = part.split(" ", 2)[0];
            Hyperlink link = new Hyperlink("arXiv " + part);
            link.getStyleClass().add(AppStyles.SMALL);
            link.setOnAction(_ -> browse.accept("https://arxiv.org/abs/" + number));
            links.getChildren().add(link);
        }
        return links;
    }

    private void addRows(List<Setting> settings, SettingRow.Sink sink) {
        rows.clear();
        for (Setting setting : settings) {
            SettingRow row = new SettingRow(setting, sink);
            rows.add(row);
            body.getChildren().add(row);
        }
    }

    private void update(List<Setting> settings) {
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).update(settings.get(i));
        }
    }

    private void showProblem(Optional<String> text) {
        problem.getChildren().clear();
        text.ifPresent(t -> {
            Label label = new Label(t, new FontIcon("mdal-error_outline"));
            label.setWrapText(true);
            label.getStyleClass().add("inspector-problem");
            problem.getChildren().add(label);
        });
    }

    private void showChanged(Optional<String> text) {
        changed.getChildren().clear();
        text.ifPresent(t -> {
            Label label = new Label("Changed from the preset: " + t, new FontIcon("mdal-edit"));
            label.setId("block-changed");
            label.setWrapText(true);
            label.getStyleClass().add("inspector-changed");
            changed.getChildren().add(label);
        });
    }

    private void showFacts(List<Fact> list) {
        if (list.equals(shownFacts)) {
            return;
        }
        shownFacts = list;
        GridPane grid = grid();
        int row = 0;
        for (Fact fact : list) {
            Label name = new Label(fact.name());
            name.getStyleClass().add(AppStyles.MUTED);
            Label value = new Label(fact.value());
            value.getStyleClass().add(AppStyles.NUMBER);
            value.setMinWidth(Region.USE_PREF_SIZE);
            Tooltip tooltip = new Tooltip(fact.meaning());
            tooltip.setWrapText(true);
            tooltip.setMaxWidth(300);
            name.setTooltip(tooltip);
            value.setTooltip(tooltip);
            grid.addRow(row++, name, value);
        }
        facts.getChildren().setAll(grid);
    }

    private void showClaim(Optional<Content.Claim> present) {
        if (present.equals(shownClaim)) {
            return;
        }
        shownClaim = present;
        claim.getChildren().clear();
        if (present.isEmpty()) {
            return;
        }
        Content.Claim c = present.get();
        claim.getChildren().add(section("Paper says / you have"));
        Label title = new Label(c.preset().title());
        title.getStyleClass().add(AppStyles.STRONG);
        claim.getChildren().add(title);
        changes(c);
        for (Published row : c.published()) {
            claim.getChildren().add(published(row, c.parameters()));
        }
        if (c.published().isEmpty()) {
            claim.getChildren().add(paragraph("No paper reports figures for this size."));
        }
        if (!c.preset().note().isEmpty()) {
            claim.getChildren().add(paragraph(c.preset().note()));
        }
    }

    /// Marks what was changed, a line each; a click selects the block.
    private void changes(Content.Claim c) {
        Label state =
                new Label(
                        c.changes().isEmpty()
                                ? "As in the preset"
                                : "≠ Changed from the preset: " + c.difference(),
                        new FontIcon(
                                c.changes().isEmpty() ? "mdal-check_circle_outline" : "mdal-edit"));
        state.setId("claim-state");
        state.setWrapText(true);
        state.setMinHeight(Region.USE_PREF_SIZE);
        state.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
        claim.getChildren().add(state);
        if (c.changes().isEmpty()) {
            return;
        }
        for (Content.Changed changed : c.changes()) {
            Hyperlink line = new Hyperlink(changed.text());
            line.getStyleClass().addAll(AppStyles.SMALL, "claim-change");
            line.setWrapText(true);
            line.setMinHeight(Region.USE_PREF_SIZE);
            line.setDisable(changed.block().isEmpty());
            line.setOnAction(_ -> changed.block().ifPresent(model::select));
            claim.getChildren().add(line);
        }
        Button beside = new Button("Compare with the preset");
        beside.setId("claim-compare");
        beside.getStyleClass().add("small");
        beside.setOnAction(_ -> compare.accept(c.preset()));
        claim.getChildren().add(beside);
    }

    private Node published(Published row, long parameters) {
        GridPane grid = grid();
        Label paper = new Label("Paper");
        Label yours = new Label("You");
        paper.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
        yours.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
        grid.addRow(0, new Label(""), paper, yours);
        int line = 1;
        if (!row.parameters().isEmpty()) {
            grid.addRow(
                    line++,
                    muted("Parameters"),
                    number(row.parameters()),
                    number(Numbers.count(parameters)));
        }
        if (!row.figures().isEmpty()) {
            Label error = new Label("Test error");
            error.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
            grid.addRow(line++, error);
        }
        for (Published.Figure figure : row.figures()) {
            Label open = muted("–");
            open.setTooltip(new Tooltip("Train it to find out."));
            grid.addRow(line++, muted(figure.data()), number(percent(figure)), open);
        }
        Hyperlink source = new Hyperlink(row.paper().authors() + ", " + row.table());
        source.getStyleClass().add(AppStyles.SMALL);
        source.setWrapText(true);
        source.setOnAction(_ -> browse.accept(row.paper().url()));
        return new VBox(grid, source);
    }

    /// As printed in the papers: two decimals.
    private static String percent(Published.Figure figure) {
        return String.format(Locale.ROOT, "%.2f %%", figure.percent());
    }

    private static GridPane grid() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("facts");
        ColumnConstraints name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        ColumnConstraints value = new ColumnConstraints();
        value.setHalignment(HPos.RIGHT);
        value.setMinWidth(Region.USE_PREF_SIZE);
        grid.getColumnConstraints().addAll(name, value, value);
        return grid;
    }

    private static Label section(String text) {
        Label label = new Label(text);
        label.getStyleClass().add(AppStyles.SECTION_TITLE);
        return label;
    }

    private static Label paragraph(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add("paragraph");
        return label;
    }

    private static Label muted(String text) {
        Label label = new Label(text);
        label.getStyleClass().add(AppStyles.MUTED);
        return label;
    }

    private static Label number(String text) {
        Label label = new Label(text);
        label.getStyleClass().add(AppStyles.NUMBER);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private final class BlockSink implements SettingRow.Sink {
        @Override
        public boolean put(String setting, @Nullable Object value, boolean sliding) {
            return model.set(setting, value, sliding);
        }

        @Override
        public void settled() {
            model.endGesture();
        }
    }

    private final class SurvivalSink implements SettingRow.Sink {
        @Override
        public boolean put(String setting, @Nullable Object value, boolean sliding) {
            return model.setSurvival(setting, value, sliding);
        }

        @Override
        public void settled() {
            model.endGesture();
        }
    }
}
