package org.skiplab.app.gallery;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.sketch.Sketch;
import org.skiplab.app.text.Quantity;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.graph.Paper;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Published;

/// Everything about the chosen exhibit, beside the tiles.
final class DetailView extends BorderPane {

    /// What a person can do with an exhibit.
    interface Acts {
        void open(Entry entry);

        void compare(Entry entry);

        void browse(String address);

        void rename(Entry.Own preset, String name);

        void delete(Entry.Own preset);
    }

    private final GalleryViewModel model;
    private final Acts acts;
    private final VBox body = new VBox();
    private final FlowPane buttons = new FlowPane(8, 8);

    DetailView(GalleryViewModel model, Acts acts) {
        this.model = model;
        this.acts = acts;
        getStyleClass().add("gallery-detail");
        body.getStyleClass().add("gallery-detail-body");
        buttons.getStyleClass().add("gallery-buttons");
        ScrollPane scroll = new ScrollPane(body);
        scroll.getStyleClass().add("panel-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        setCenter(scroll);
        setBottom(buttons);
    }

    void show(Optional<Entry> chosen) {
        body.getChildren().clear();
        buttons.getChildren().clear();
        if (chosen.isEmpty()) {
            body.getChildren().add(paragraph("Nothing here has these words."));
            return;
        }
        Entry entry = chosen.get();
        Optional<Exhibit> exhibit = Optional.ofNullable(model.exhibits().get(entry.id()));
        exhibit.ifPresent(e -> body.getChildren().add(picture(e)));
        switch (entry) {
            case Entry.Published(Preset preset) -> published(preset, exhibit);
            case Entry.Own own -> own(own, exhibit);
            case Entry.Recent recent -> recent(recent, exhibit);
        }
        Button open = new Button("Open");
        open.setId("gallery-open");
        open.getStyleClass().add("accent");
        open.setOnAction(_ -> acts.open(entry));
        Button compare = new Button("Compare …");
        compare.setId("gallery-compare");
        compare.setOnAction(_ -> acts.compare(entry));
        buttons.getChildren().addAll(open, compare);
    }

    private static Node picture(Exhibit exhibit) {
        Sketch sketch = new Sketch(exhibit.scenery(), 0.6);
        sketch.setMinHeight(84);
        sketch.setPrefHeight(96);
        sketch.getStyleClass().add("gallery-picture");
        return sketch;
    }

    private void published(Preset preset, Optional<Exhibit> exhibit) {
        title(preset.title());
        body.getChildren().add(paragraph(preset.family().summary()));
        body.getChildren().add(link(preset.paper(), preset.paper().authors()));
        figures(
                exhibit,
                preset.published().stream()
                        .map(Published::parameters)
                        .filter(p -> !p.isEmpty())
                        .findFirst());
        for (Published row : preset.published()) {
            table(row);
        }
        if (preset.published().isEmpty()) {
            body.getChildren().add(paragraph("No paper reports figures for this size."));
        }
        if (!preset.note().isEmpty()) {
            body.getChildren().add(paragraph(preset.note()));
        }
    }

    private void own(Entry.Own own, Optional<Exhibit> exhibit) {
        TextField name = new TextField(own.name());
        name.setId("preset-name");
        name.setAccessibleText("The preset's name");
        HBox.setHgrow(name, Priority.ALWAYS);
        Button rename = new Button("Rename");
        rename.setMinWidth(Region.USE_PREF_SIZE);
        Runnable commit = () -> acts.rename(own, name.getText());
        name.setOnAction(_ -> commit.run());
        rename.setOnAction(_ -> commit.run());
        rename.disableProperty()
                .bind(
                        name.textProperty()
                                .map(t ->
                                        t.strip().equals(own.name())
                                                || OwnPresets.problem(t.strip()).isPresent()));
        body.getChildren().add(new HBox(8, name, rename));
        figures(exhibit, Optional.empty());
        Button delete = new Button("Delete", new FontIcon("mdal-delete_outline"));
        delete.setId("preset-delete");
        delete.getStyleClass().add("flat");
        delete.setOnAction(_ -> acts.delete(own));
        body.getChildren().add(delete);
    }

    private void recent(Entry.Recent recent, Optional<Exhibit> exhibit) {
        title(recent.name());
        body.getChildren().add(paragraph(String.valueOf(recent.file().getParent())));
        model.problem(recent).ifPresent(p -> body.getChildren().add(paragraph(p)));
        figures(exhibit, Optional.empty());
    }

    private void title(String text) {
        Label title = new Label(text);
        title.getStyleClass().add("inspector-title");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        body.getChildren().add(title);
    }

    private void figures(Optional<Exhibit> known, Optional<String> printed) {
        if (known.isEmpty()) {
            return;
        }
        Exhibit exhibit = known.get();
        GridPane grid = grid();
        var analysis = exhibit.analysis();
        row(
                grid,
                "Parameters",
                Numbers.count(analysis.parameters())
                        + printed.map(p -> "  (paper " + p + ")").orElse(""));
        row(grid, "MACs", Quantity.brief(analysis.macs()));
        row(
                grid,
                "Images",
                exhibit.network().input()
                        + analysis.classes().map(c -> ", " + c + " classes").orElse(""));
        row(grid, "Blocks", Numbers.count(exhibit.network().nodes().size()));
        body.getChildren().add(grid);
        Label cost = paragraph(capital(Cost.epoch(exhibit, model.paceProperty().get())));
        cost.setGraphic(new FontIcon("mdmz-timer"));
        body.getChildren().add(cost);
    }

    private void table(Published row) {
        if (row.figures().isEmpty()) {
            return;
        }
        Label section = new Label("Test error, " + row.table());
        section.getStyleClass().add(AppStyles.SECTION_TITLE);
        section.setWrapText(true);
        section.setMinHeight(Region.USE_PREF_SIZE);
        GridPane grid = grid();
        for (Published.Figure figure : row.figures()) {
            row(grid, figure.data(), String.format(Locale.ROOT, "%.2f %%", figure.percent()));
        }
        body.getChildren().addAll(List.of(section, link(row.paper(), row.row()), grid));
    }

    private Hyperlink link(Paper paper, String text) {
        Hyperlink link = new Hyperlink(text + ", arXiv " + paper.arxiv());
        link.getStyleClass().add(AppStyles.SMALL);
        link.setWrapText(true);
        link.setMinHeight(Region.USE_PREF_SIZE);
        link.setOnAction(_ -> acts.browse(paper.url()));
        return link;
    }

    private static GridPane grid() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("facts");
        ColumnConstraints name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        ColumnConstraints value = new ColumnConstraints();
        value.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().addAll(name, value);
        return grid;
    }

    private static void row(GridPane grid, String name, String value) {
        Label label = new Label(name);
        label.getStyleClass().add(AppStyles.MUTED);
        label.setMinWidth(Region.USE_PREF_SIZE);
        Label number = new Label(value);
        number.getStyleClass().add(AppStyles.NUMBER);
        grid.addRow(grid.getRowCount(), label, number);
    }

    private static Label paragraph(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add("paragraph");
        return label;
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
