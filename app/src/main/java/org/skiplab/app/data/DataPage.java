package org.skiplab.app.data;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.app.training.DataChoice;

/// The data sets, over the window's content: on the left what there is and what can be fetched, on
/// the right what is in it. Escape closes it.
final class DataPage extends StackPane {

    private static final double ROW = 46;

    private final DataViewModel model;
    private final BrowseViewModel browsing;
    private final InputViewModel input;
    private final DataDialogs dialogs;
    private final ListView<DataChoice> choices = new ListView<>();
    private final TabPane tabs = new TabPane();
    private final Tab inputTab = new Tab("Way into the network");
    private final PixelsView pixels;
    private final Label name = new Label();
    private final Label facts = new Label();
    private final Label attribution = new Label();
    private final Button use = new Button();
    private boolean selecting;
    private @Nullable Node before;

    DataPage(
            DataViewModel model,
            BrowseViewModel browsing,
            InputViewModel input,
            DataDialogs dialogs,
            Function<Figure, PlotPane> plots,
            Consumer<String> browse) {
        this.model = model;
        this.browsing = browsing;
        this.input = input;
        this.dialogs = dialogs;
        this.pixels = new PixelsView(model, plots);
        setId("data-page");
        getStyleClass().addAll("scrim", "data-scrim");
        setVisible(false);
        BorderPane sheet = new BorderPane();
        sheet.getStyleClass().add("data-sheet");
        sheet.setMaxSize(1500, 1100);
        sheet.setTop(head());
        sheet.setLeft(left(browse));
        sheet.setCenter(right());
        getChildren().add(sheet);
        setOnMousePressed(e -> {
            if (e.getTarget() == this) {
                close();
            }
        });
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.ESCAPE) {
                        close();
                    }
                    // Below lies the canvas, whose keys mean other things.
                    if (!e.isShortcutDown()) {
                        e.consume();
                    }
                });
        model.shownProperty().subscribe(this::show);
        model.usedProperty().subscribe(_ -> showUse());
    }

    void open() {
        if (isVisible()) {
            return;
        }
        before = getScene() == null ? null : getScene().getFocusOwner();
        setVisible(true);
        model.refresh();
        input.watch(tabs.getSelectionModel().getSelectedItem() == inputTab);
        // Before its first style the list is no part of the scene, and takes no focus.
        applyCss();
        choices.requestFocus();
    }

    void close() {
        setVisible(false);
        input.watch(false);
        if (before != null) {
            before.requestFocus();
        }
    }

    /// Redraws what changed; once a frame.
    void refresh() {
        pixels.refresh();
    }

    /// Shows the n-th tab, from 0.
    void select(int tab) {
        tabs.getSelectionModel().select(tab);
    }

    private Node head() {
        Label title = new Label("Data", new FontIcon("mdmz-photo_library"));
        title.getStyleClass().add("data-title");
        Button close = new Button("", new FontIcon("mdal-close"));
        close.getStyleClass().addAll("flat", AppStyles.ICON_BUTTON);
        close.setAccessibleText("Close the data");
        close.setTooltip(new Tooltip("Close (Esc)"));
        close.setOnAction(_ -> close());
        HBox head = new HBox(title, spacer(), close);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("data-head");
        return head;
    }

    private static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    private static Label section(String text) {
        Label label = new Label(text);
        label.getStyleClass().add(AppStyles.SECTION_TITLE);
        return label;
    }

    private Node left(Consumer<String> browse) {
        choices.setId("data-choices");
        choices.setItems(model.choices());
        choices.setAccessibleText("Data sets to look at");
        choices.getStyleClass().add("data-choices");
        choices.setCellFactory(_ -> new ChoiceCell());
        choices.setFixedCellSize(ROW);
        choices.prefHeightProperty().bind(Bindings.size(model.choices()).multiply(ROW).add(4));
        choices.setMinHeight(Region.USE_PREF_SIZE);
        choices.getSelectionModel()
                .selectedItemProperty()
                .addListener((_, _, chosen) -> {
                    if (chosen != null && !selecting) {
                        model.show(chosen);
                    }
                });
        choices.addEventHandler(
                KeyEvent.KEY_PRESSED,
                e -> {
                    DataChoice chosen = choices.getSelectionModel().getSelectedItem();
                    if (e.getCode() == KeyCode.DELETE && chosen != null) {
                        model.forget(chosen);
                    }
                });
        Button file = new Button("File…", new FontIcon("mdal-insert_drive_file"));
        file.setId("data-open-file");
        file.setTooltip(new Tooltip("A CIFAR archive, an SVHN .mat, an IDX or a CSV file"));
        file.setOnAction(_ -> dialogs.chooseFile().ifPresent(model::open));
        Button folder = new Button("Folder…", new FontIcon("mdal-folder_open"));
        folder.setId("data-open-folder");
        folder.setTooltip(
                new Tooltip("A published set, or pictures with a sub-folder for each class"));
        folder.setOnAction(_ -> dialogs.chooseFolder().ifPresent(model::open));
        HBox.setHgrow(file, Priority.ALWAYS);
        HBox.setHgrow(folder, Priority.ALWAYS);
        file.setMaxWidth(Double.MAX_VALUE);
        folder.setMaxWidth(Double.MAX_VALUE);
        TextField written = new TextField();
        written.setId("data-spec");
        written.setPromptText("or folder:/my/photos#size=64");
        written.setAccessibleText("Data as the command line takes them");
        written.setTooltip(
                new Tooltip(
                        "As on the command line: cifar10:PATH, cifar100:PATH#labels=coarse,"
                                + " svhn:PATH, mnist:PATH, fashion:PATH, emnist:PATH#split=letters,"
                                + " folder:PATH#size=64,fit=stretch, csv:PATH, shapes#seed=2"));
        written.setOnAction(_ -> model.open(written.getText()));
        VBox list =
                new VBox(
                        section("On this machine"),
                        choices,
                        section("Your own"),
                        new HBox(6, file, folder),
                        written,
                        section("Published"));
        for (FetchViewModel set : model.published()) {
            list.getChildren().add(new FetchRow(set, () -> model.show(set.set()), browse));
        }
        list.getStyleClass().add("data-list");
        ScrollPane scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("panel-scroll", "data-left");
        return scroll;
    }

    private Node right() {
        name.getStyleClass().add("inspector-title");
        name.setMinWidth(0);
        facts.setMinWidth(0);
        attribution.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
        attribution.setMinWidth(0);
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(attribution.textProperty());
        attribution.setTooltip(whole);
        shownIf(attribution, attribution.textProperty().map(text -> !text.isEmpty()));
        use.setId("data-use");
        use.getStyleClass().add("accent");
        use.setMinWidth(Region.USE_PREF_SIZE);
        use.setOnAction(_ -> {
            model.use();
            close();
        });
        VBox words = new VBox(name, facts, attribution);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox top = new HBox(12, words, use);
        top.setAlignment(Pos.CENTER_LEFT);
        tab("Images", "mdmz-photo", new BrowseView(model, browsing, this::follow));
        tab("Pixels", "mdal-bar_chart", pixels);
        tab("Twins", "mdal-compare", new TwinsView(model));
        inputTab.setContent(new InputView(model, input));
        inputTab.setGraphic(new FontIcon("mdal-input"));
        tabs.getTabs().add(inputTab);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().add("data-tabs");
        tabs.setMinHeight(0);
        tabs.getSelectionModel()
                .selectedItemProperty()
                .subscribe(tab -> input.watch(isVisible() && tab == inputTab));
        VBox.setVgrow(tabs, Priority.ALWAYS);
        VBox right = new VBox(problem(), busy(), top, new SourceSettings(model), tabs);
        right.getStyleClass().add("data-right");
        right.setMinWidth(0);
        return right;
    }

    private void tab(String title, String icon, Node content) {
        Tab tab = new Tab(title, content);
        tab.setGraphic(new FontIcon(icon));
        tabs.getTabs().add(tab);
    }

    private Node problem() {
        Label text = new Label();
        text.setId("data-problem");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.setMaxWidth(Double.MAX_VALUE);
        text.setGraphic(new FontIcon("mdal-error_outline"));
        text.getStyleClass().add("inspector-problem");
        text.textProperty().bind(model.problemProperty());
        shownIf(text, model.problemProperty().map(p -> !p.isEmpty()));
        return text;
    }

    private Node busy() {
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.setPrefSize(18, 18);
        wheel.setMinSize(18, 18);
        Label text = new Label();
        text.setId("data-busy");
        text.textProperty().bind(model.busyProperty());
        Button cancel = new Button("Cancel");
        cancel.getStyleClass().add("small");
        cancel.setOnAction(_ -> model.cancel());
        HBox box = new HBox(10, wheel, text, cancel);
        box.setAlignment(Pos.CENTER_LEFT);
        shownIf(box, model.busyProperty().map(b -> !b.isEmpty()));
        return box;
    }

    private static void shownIf(Region region, ObservableValue<Boolean> shown) {
        region.visibleProperty().bind(shown);
        region.managedProperty().bind(shown);
    }

    private void follow(int index) {
        input.indexProperty().set(OptionalInt.of(index));
        tabs.getSelectionModel().select(inputTab);
    }

    private void show(Optional<Surveyed> shown) {
        name.setText(shown.map(s -> s.data().name()).orElse(""));
        facts.setText(
                shown.map(s ->
                                Numbers.count(s.data().train().size())
                                        + " training and "
                                        + Numbers.count(s.data().test().size())
                                        + " test images of "
                                        + s.data().shape()
                                        + ", "
                                        + s.data().classNames().size()
                                        + " classes")
                        .orElse(""));
        attribution.setText(
                shown.map(s ->
                                s.warnings().isEmpty()
                                        ? s.data().attribution()
                                        : String.join("\n", s.warnings()))
                        .orElse(""));
        selecting = true;
        choices.getSelectionModel().clearSelection();
        shown.ifPresent(s -> {
            for (DataChoice choice : model.choices()) {
                if (choice.address().equals(s.choice().address())) {
                    choices.getSelectionModel().select(choice);
                }
            }
        });
        selecting = false;
        showUse();
    }

    private void showUse() {
        Optional<DataChoice> shown = model.shownProperty().get().map(Surveyed::choice);
        boolean used = shown.filter(model.usedProperty().get()::equals).isPresent();
        use.setText(used ? "Training uses these" : "Train on these");
        use.setDisable(used || shown.isEmpty());
        choices.refresh();
    }

    @Override
    public String getUserAgentStylesheet() {
        return Objects.requireNonNull(DataPage.class.getResource("data.css")).toExternalForm();
    }

    /// A data set on offer: what it is called and what its images are like.
    private final class ChoiceCell extends ListCell<DataChoice> {
        private final Label title = new Label();
        private final Label detail = new Label();
        private final FontIcon used = new FontIcon("mdal-check");
        private final HBox box;

        ChoiceCell() {
            title.getStyleClass().add(AppStyles.STRONG);
            detail.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
            VBox words = new VBox(title, detail);
            words.setAlignment(Pos.CENTER_LEFT);
            HBox.setHgrow(words, Priority.ALWAYS);
            box = new HBox(8, words, used);
            box.setAlignment(Pos.CENTER_LEFT);
            box.setPrefWidth(0);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable DataChoice choice, boolean empty) {
            super.updateItem(choice, empty);
            if (choice == null || empty) {
                setGraphic(null);
                setTooltip(null);
                setContextMenu(null);
                return;
            }
            boolean training = choice.equals(model.usedProperty().get());
            title.setText(choice.title());
            detail.setText(choice.shape() + ", " + choice.classes() + " classes");
            used.setVisible(training);
            setTooltip(new Tooltip(choice.spec()));
            MenuItem forget = new MenuItem("Take off the list (its files stay)");
            forget.setOnAction(_ -> model.forget(choice));
            setContextMenu(model.canForget(choice) ? new ContextMenu(forget) : null);
            setAccessibleText(
                    choice.title() + ", " + detail.getText() + (training ? ", in training" : ""));
            setGraphic(box);
        }
    }
}
