package org.skiplab.app.palette;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.skiplab.app.canvas.BlockDrag;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.graph.edit.Catalogue;

/// The list of blocks at the left, with a field that filters it. Narrow, it shows the glyphs only.
public final class PaletteView extends VBox {

    private static final PseudoClass NARROW = PseudoClass.getPseudoClass("narrow");

    /// Narrower than this, titles would be cut off.
    private static final double TITLES_FROM = 150;

    /// In less room than this, in lines of text, the blocks' sentences give way to more blocks.
    private static final double SENTENCES_FROM = 48;

    private final TextField search = new TextField();
    private final Label blocksTitle = title("Blocks");
    private final Label layersTitle = title("Layers");
    private final Label nothing = new Label("No block has these letters");
    private final List<PaletteItem> items = new ArrayList<>();
    private final VBox list = new VBox();

    /// @param append puts an entry behind what is selected on the canvas
    public PaletteView(Consumer<Catalogue> append, BlockDrag drag) {
        setId("palette");
        getStyleClass().addAll(AppStyles.PANEL, "palette");
        search.setPromptText("Find a block");
        search.setAccessibleText("Find a block");
        search.getStyleClass().add("palette-search");
        VBox.setMargin(search, new Insets(0, 10, 0, 10));
        for (Catalogue entry : Catalogue.values()) {
            items.add(new PaletteItem(entry, append, drag));
        }
        list.getStyleClass().add("palette-list");
        list.getChildren().add(blocksTitle);
        items.stream().filter(i -> i.entry().isBlock()).forEach(list.getChildren()::add);
        list.getChildren().add(layersTitle);
        items.stream().filter(i -> !i.entry().isBlock()).forEach(list.getChildren()::add);
        list.getChildren().add(nothing);
        nothing.getStyleClass().addAll(AppStyles.MUTED, "palette-nothing");
        nothing.setWrapText(true);
        ScrollPane scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("panel-scroll");
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(search, scroll);
        search.textProperty().subscribe(this::filter);
        search.setOnAction(_ -> shown().findFirst().ifPresent(i -> append.accept(i.entry())));
        search.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.DOWN) {
                shown().findFirst().ifPresent(PaletteItem::requestFocus);
                e.consume();
            } else if (e.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
                search.clear();
                e.consume();
            }
        });
        list.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.DOWN || e.getCode() == KeyCode.UP) {
                step(e.getCode() == KeyCode.DOWN ? 1 : -1);
                e.consume();
            }
        });
        widthProperty()
                .subscribe(w -> narrow(w.doubleValue() > 0 && w.doubleValue() < TITLES_FROM));
        heightProperty().subscribe(_ -> sentences());
        search.fontProperty().subscribe(_ -> sentences());
    }

    /// The row of an entry.
    public PaletteItem item(Catalogue entry) {
        return items.get(entry.ordinal());
    }

    private Stream<PaletteItem> shown() {
        return items.stream().filter(PaletteItem::isVisible);
    }

    private void step(int by) {
        List<PaletteItem> shown = shown().toList();
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).isFocused()) {
                int next = i + by;
                if (next < 0) {
                    search.requestFocus();
                } else if (next < shown.size()) {
                    shown.get(next).requestFocus();
                }
                return;
            }
        }
    }

    private void filter(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        for (PaletteItem item : items) {
            String content = item.entry().title() + " " + item.entry().summary();
            show(item, content.toLowerCase(Locale.ROOT).contains(wanted));
        }
        show(blocksTitle, shown().anyMatch(i -> i.entry().isBlock()));
        show(layersTitle, shown().anyMatch(i -> !i.entry().isBlock()));
        show(nothing, shown().findAny().isEmpty());
    }

    private void narrow(boolean narrow) {
        pseudoClassStateChanged(NARROW, narrow);
        show(search, !narrow);
        show(blocksTitle, !narrow);
        layersTitle.setText(narrow ? "" : "Layers");
        items.forEach(i -> i.showText(!narrow));
    }

    private void sentences() {
        boolean room = getHeight() >= SENTENCES_FROM * search.getFont().getSize();
        items.forEach(i -> i.showSummary(room));
    }

    private static void show(Node node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }

    private static Label title(String text) {
        Label label = new Label(text);
        label.getStyleClass().add(AppStyles.SECTION_TITLE);
        return label;
    }
}
