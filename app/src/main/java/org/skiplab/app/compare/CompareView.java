package org.skiplab.app.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.fx.Background;
import org.skiplab.app.gallery.Entry;
import org.skiplab.app.gallery.GalleryViewModel;
import org.skiplab.app.sheet.Sheet;
import org.skiplab.app.sketch.Sketch;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.file.Design;

/// Sets a network beside the open one, and says what distinguishes them. Long networks are scrolled
/// together.
public final class CompareView extends Sheet {

    /// What the summary says until the networks have been compared.
    public static final String COMPARING = "Comparing …";

    /// Something to compare with.
    ///
    /// @param load hands over the network, perhaps later
    private record Choice(String title, Consumer<Consumer<Network>> load) {
        @Override
        public String toString() {
            return title;
        }
    }

    private final DocumentViewModel document;
    private final GalleryViewModel gallery;
    private final Background background;
    private final Supplier<Optional<Path>> chooseFile;
    private final ComboBox<Choice> choice = new ComboBox<>();
    private final Label summary = new Label();
    private final Figure first = new Figure();
    private final Figure second = new Figure();
    private final ListView<Comparison.Line> lines = new ListView<>();
    private final GridPane costs = new GridPane();

    /// @param chooseFile asks for a file to compare with
    public CompareView(
            DocumentViewModel document,
            GalleryViewModel gallery,
            Background background,
            Supplier<Optional<Path>> chooseFile) {
        super("compare", "Compare", 1400, 900);
        this.document = document;
        this.gallery = gallery;
        this.background = background;
        this.chooseFile = chooseFile;
        choice.setId("compare-with");
        choice.setAccessibleText("Compare with");
        choice.setCellFactory(_ -> new ChoiceCell());
        choice.setButtonCell(new ChoiceCell());
        choice.setPrefWidth(300);
        choice.valueProperty()
                .subscribe(c -> {
                    if (c != null && isOpen()) {
                        c.load().accept(this::compare);
                    }
                });
        Button file = new Button("File …", new FontIcon("mdal-folder_open"));
        file.setId("compare-file");
        file.setOnAction(_ -> this.chooseFile.get().ifPresent(p -> with(new Entry.Recent(p))));
        summary.setId("compare-summary");
        summary.getStyleClass().add(AppStyles.STRONG);
        tools(choice, file, summary);
        lines.setId("differences");
        lines.setPrefHeight(160);
        lines.setCellFactory(_ -> new LineCell());
        lines.setAccessibleText("Differences");
        lines.setPlaceholder(new Label("The networks are the same."));
        lines.getSelectionModel().selectedItemProperty().subscribe(this::emphasise);
        costs.getStyleClass().addAll("facts", "compare-costs");
        HBox.setHgrow(lines, Priority.ALWAYS);
        HBox below = new HBox(lines, costs);
        below.getStyleClass().add("compare-below");
        VBox.setVgrow(below, Priority.ALWAYS);
        GridPane sides = new GridPane();
        sides.getStyleClass().add("compare-sides");
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        half.setHgrow(Priority.ALWAYS);
        sides.getColumnConstraints().setAll(half, half);
        sides.addRow(0, first, second);
        first.scrollWith(second);
        VBox body = new VBox(sides, below);
        body.getStyleClass().add("compare-body");
        content(body);
    }

    /// Opens with what is most likely of interest: the preset of the network's name, or else the
    /// document as it was saved or opened.
    public void open() {
        List<Choice> choices = choices();
        choice.getItems().setAll(choices);
        open(choice);
        choice.setValue(null);
        choice.setValue(choices.getFirst());
    }

    /// Compares with an entry of the gallery.
    public void with(Entry entry) {
        List<Choice> choices = choices();
        Choice wanted =
                choices.stream()
                        .filter(c -> c.title().equals(entry.name()))
                        .findFirst()
                        .orElseGet(() -> choice(entry));
        if (!choices.contains(wanted)) {
            choices.addFirst(wanted);
        }
        choice.getItems().setAll(choices);
        open(choice);
        choice.setValue(null);
        choice.setValue(wanted);
    }

    private List<Choice> choices() {
        List<Choice> choices = new ArrayList<>();
        Network now = document.network();
        if (Presets.find(now.name()) instanceof Presets.Lookup.Found(Preset preset)) {
            choices.add(choice(new Entry.Published(preset)));
        }
        document.saved()
                .map(Design::network)
                .ifPresent(n ->
                        choices.add(
                                new Choice(
                                        "This design as saved or opened", then -> then.accept(n))));
        document.beforeLastChange()
                .map(Design::network)
                .ifPresent(n ->
                        choices.add(
                                new Choice(
                                        "This design before the last change",
                                        then -> then.accept(n))));
        Presets.all().stream()
                .filter(p -> !p.name().equals(now.name()))
                .forEach(p -> choices.add(choice(new Entry.Published(p))));
        return choices;
    }

    /// Presets are made for the same images as the open network.
    private Choice choice(Entry entry) {
        if (entry instanceof Entry.Published(Preset preset)) {
            Network now = document.network();
            int classes = document.analysis().classes().orElse(preset.classes());
            return new Choice(
                    preset.name(), then -> then.accept(preset.network(now.input(), classes)));
        }
        return new Choice(entry.name(), then -> gallery.network(entry, then));
    }

    private void compare(Network other) {
        Network mine = document.network();
        summary.setText(COMPARING);
        lines.getItems().clear();
        lines.setPlaceholder(new Label(COMPARING));
        background.run(
                () -> Comparison.of(other, mine),
                this::show,
                e -> summary.setText("Not compared: " + e.getMessage()));
    }

    private void show(Comparison comparison) {
        summary.setText(comparison.summary());
        lines.setPlaceholder(new Label("The networks are the same."));
        String with = choice.getValue() == null ? "" : choice.getValue().title();
        first.show(with, comparison.first(), comparison.second(), this::selectFirst);
        second.show("Open now", comparison.second(), comparison.first(), this::selectSecond);
        lines.getItems().setAll(comparison.lines());
        comparison.lines().stream()
                .filter(l -> l.firstCard().isPresent() || l.secondCard().isPresent())
                .findFirst()
                .ifPresent(lines.getSelectionModel()::select);
        costs.getChildren().clear();
        costs.getColumnConstraints().setAll(column(HPos.LEFT), column(HPos.RIGHT));
        costs.getColumnConstraints().addAll(column(HPos.RIGHT), column(HPos.RIGHT));
        costs.addRow(0, muted(""), muted("Left"), muted("Right"), muted("Change"));
        int row = 1;
        for (Comparison.Cost cost : comparison.costs()) {
            costs.addRow(
                    row++,
                    muted(cost.name()),
                    number(cost.first()),
                    number(cost.second()),
                    muted(cost.change()));
        }
    }

    private void emphasise(Comparison.@Nullable Line line) {
        first.choose(Optional.ofNullable(line).flatMap(Comparison.Line::firstCard));
        second.choose(Optional.ofNullable(line).flatMap(Comparison.Line::secondCard));
    }

    private void selectFirst(String card) {
        select(l -> l.firstCard().filter(card::equals).isPresent());
    }

    private void selectSecond(String card) {
        select(l -> l.secondCard().filter(card::equals).isPresent());
    }

    private void select(Predicate<Comparison.Line> which) {
        lines.getItems().stream()
                .filter(which)
                .findFirst()
                .ifPresent(line -> {
                    lines.getSelectionModel().select(line);
                    lines.scrollTo(line);
                });
    }

    private static ColumnConstraints column(HPos alignment) {
        ColumnConstraints column = new ColumnConstraints();
        column.setHalignment(alignment);
        return column;
    }

    private static Label muted(String text) {
        Label label = new Label(text);
        label.getStyleClass().add(AppStyles.MUTED);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static Label number(String text) {
        Label label = new Label(text);
        label.getStyleClass().add(AppStyles.NUMBER);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    /// One network's name and diagram.
    private static final class Figure extends VBox {

        /// No network is drawn smaller than this; 1 is the canvas's size.
        private static final double LEGIBLE = 0.5;

        private final Label name = new Label();
        private final ScrollPane room = new ScrollPane();
        private @Nullable Sketch sketch;

        Figure() {
            getStyleClass().add("compare-figure");
            name.getStyleClass().add(AppStyles.STRONG);
            room.getStyleClass().add("compare-room");
            room.setFitToWidth(true);
            room.setFitToHeight(true);
            room.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
            room.setMinHeight(150);
            getChildren().addAll(name, room);
        }

        /// Brings a place between the left end, 0, and the right end, 1, to the middle.
        private void bring(double along) {
            double all = sketch == null ? 0 : sketch.widthAt(LEGIBLE);
            double seen = room.getViewportBounds().getWidth();
            if (all > seen && seen > 0) {
                room.setHvalue(Math.clamp((along * all - seen / 2) / (all - seen), 0, 1));
            }
        }

        void scrollWith(Figure other) {
            room.hvalueProperty().bindBidirectional(other.room.hvalueProperty());
        }

        /// @param role what the network is in this comparison
        /// @param other the other network, whose size decides the common scale
        void show(
                String role, Comparison.Side side, Comparison.Side other, Consumer<String> chosen) {
            String title = side.scenery().analysis().network().name();
            name.setText(role.isEmpty() || role.equals(title) ? title : role + ": " + title);
            Sketch drawing = new Sketch(side.scenery(), 0.8);
            drawing.alike(other.scenery());
            for (Map.Entry<String, Comparison.Marked> mark : side.marks().entrySet()) {
                side.scenery()
                        .diagram()
                        .card(mark.getKey())
                        .ifPresent(card ->
                                drawing.mark(
                                        card, mark.getValue().mark(), mark.getValue().blocks()));
            }
            drawing.onCard(chosen);
            drawing.setMinHeight(84);
            drawing.setMinWidth(drawing.widthAt(LEGIBLE));
            sketch = drawing;
            room.setContent(drawing);
        }

        void choose(Optional<String> card) {
            Sketch drawing = sketch;
            if (drawing != null) {
                drawing.choose(card);
                card.flatMap(drawing::along).ifPresent(this::bring);
            }
        }
    }

    private static final class ChoiceCell extends ListCell<Choice> {
        @Override
        protected void updateItem(@Nullable Choice item, boolean empty) {
            super.updateItem(item, empty);
            setText(item == null || empty ? "" : item.title());
        }
    }

    /// Sign, block, what happened.
    private static final class LineCell extends ListCell<Comparison.Line> {
        private final Label sign = new Label();
        private final Label block = new Label();
        private final Label text = new Label();
        private final HBox box = new HBox(10, sign, block, text);

        LineCell() {
            box.setAlignment(Pos.CENTER_LEFT);
            sign.getStyleClass().add("compare-sign");
            sign.setMinWidth(Region.USE_PREF_SIZE);
            block.getStyleClass().add(AppStyles.STRONG);
            block.setMinWidth(Region.USE_PREF_SIZE);
            text.setWrapText(true);
            listViewProperty()
                    .subscribe(list -> {
                        if (list != null) {
                            text.prefWidthProperty()
                                    .bind(
                                            list.widthProperty()
                                                    .subtract(sign.widthProperty())
                                                    .subtract(block.widthProperty())
                                                    .subtract(70));
                        }
                    });
            setAccessibleRole(AccessibleRole.LIST_ITEM);
        }

        @Override
        protected void updateItem(Comparison.@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            if (line == null || empty) {
                setGraphic(null);
                return;
            }
            sign.setText(line.mark().sign());
            sign.getStyleClass().removeIf(s -> s.startsWith("mark-"));
            sign.getStyleClass().add(line.mark().style());
            block.setText(line.block());
            text.setText(line.text());
            setGraphic(box);
            setAccessibleText(line.block() + " " + line.mark().word() + ": " + line.text());
        }
    }
}
