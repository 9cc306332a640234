package org.skiplab.app.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.graph.Shape;

/// The images by class, and one of them closely. Arrow keys move from image to image.
final class BrowseView extends BorderPane {

    private static final double CELL = 40;
    private static final double GAP = 4;
    private static final double LARGE = 168;
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final DataViewModel data;
    private final BrowseViewModel model;
    private final ListView<BrowseViewModel.Row> list = new ListView<>();
    private final ComboBox<OptionalInt> classes = new ComboBox<>();
    private final ImageView large = new ImageView();
    private final Label name = new Label();
    private final Label place = new Label();

    /// @param follow shows what happens to a training image on its way into the network
    BrowseView(DataViewModel data, BrowseViewModel model, IntConsumer follow) {
        this.data = data;
        this.model = model;
        list.setId("data-images");
        list.getStyleClass().add("data-rows");
        list.setCellFactory(_ -> new RowCell());
        list.setFixedCellSize(CELL + 12);
        list.setAccessibleText("Images by class; arrow keys move from image to image");
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        Label none = new Label("No images");
        none.getStyleClass().add(AppStyles.MUTED);
        list.setPlaceholder(none);
        setTop(tools());
        setCenter(list);
        setRight(closeUp(follow));
        model.rowsProperty().subscribe(this::showRows);
        model.selectedProperty().subscribe(this::showSelected);
    }

    private HBox tools() {
        ToggleGroup parts = new ToggleGroup();
        HBox toggles = new HBox();
        for (Part part : Part.values()) {
            ToggleButton button =
                    new ToggleButton(part == Part.TRAIN ? "Training images" : "Test images");
            button.setId("data-part-" + part.title());
            button.getStyleClass().addAll("small", part == Part.TRAIN ? "left-pill" : "right-pill");
            button.setToggleGroup(parts);
            button.setSelected(part == model.partProperty().get());
            button.setOnAction(_ -> {
                button.setSelected(true);
                model.partProperty().set(part);
            });
            toggles.getChildren().add(button);
        }
        classes.setAccessibleText("Class to show");
        classes.setTooltip(new Tooltip("Some of every class, or all of one"));
        classes.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable OptionalInt label) {
                        return label == null || label.isEmpty()
                                ? "Every class"
                                : className(label.getAsInt());
                    }

                    @Override
                    public OptionalInt fromString(String text) {
                        return OptionalInt.empty();
                    }
                });
        classes.setOnAction(_ -> {
            OptionalInt chosen = classes.getValue();
            if (chosen != null) {
                model.labelProperty().set(chosen);
            }
        });
        model.labelProperty().subscribe(label -> classes.setValue(label));
        data.shownProperty()
                .subscribe(shown -> {
                    int count = shown.map(s -> s.data().classNames().size()).orElse(0);
                    classes.getItems().setAll(OptionalInt.empty());
                    IntStream.range(0, count)
                            .forEach(i -> classes.getItems().add(OptionalInt.of(i)));
                    classes.setValue(model.labelProperty().get());
                });
        HBox tools = new HBox(toggles, classes);
        tools.setAlignment(Pos.CENTER_LEFT);
        tools.getStyleClass().add("data-tools");
        return tools;
    }

    private VBox closeUp(IntConsumer follow) {
        large.setFitWidth(LARGE);
        large.setFitHeight(LARGE);
        large.setPreserveRatio(true);
        large.setSmooth(false);
        name.getStyleClass().add(AppStyles.STRONG);
        name.setWrapText(true);
        place.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
        place.setWrapText(true);
        Button way = new Button("Its way into the network");
        way.setId("data-follow");
        way.getStyleClass().add("small");
        way.setTooltip(new Tooltip("Normalised, cropped, flipped and cut out, step by step"));
        way.disableProperty()
                .bind(model.partProperty().map(part -> part != Part.TRAIN).orElse(true));
        way.setOnAction(_ -> model.selectedProperty().get().ifPresent(follow));
        VBox closeUp = new VBox(large, name, place, way);
        closeUp.getStyleClass().add("data-close-up");
        closeUp.setMinWidth(Region.USE_PREF_SIZE);
        return closeUp;
    }

    private String className(int label) {
        return data.shownProperty().get().map(s -> s.data().classNames().get(label)).orElse("");
    }

    private void showRows(List<BrowseViewModel.Row> rows) {
        list.getItems().setAll(rows);
        list.scrollTo(0);
    }

    private void showSelected(OptionalInt selected) {
        Optional<Surveyed> shown = data.shownProperty().get();
        if (selected.isEmpty() || shown.isEmpty()) {
            large.setImage(null);
            name.setText("");
            place.setText("");
        } else {
            int index = selected.getAsInt();
            Part part = model.partProperty().get();
            Shape shape = shown.get().data().shape();
            large.setImage(Swatches.enlarged(shown.get().image(part, index), shape, LARGE));
            name.setText(className(shown.get().set(part).label(index)));
            place.setText(
                    part.title()
                            + " image "
                            + Numbers.count(index + 1L)
                            + " of "
                            + Numbers.count(shown.get().set(part).size()));
            model.place()
                    .ifPresent(at -> {
                        list.getSelectionModel().clearAndSelect(at[0]);
                        if (list.isFocused()) {
                            list.scrollTo(Math.max(0, at[0] - 2));
                        }
                    });
        }
        list.refresh();
    }

    private void key(KeyEvent e) {
        switch (e.getCode()) {
            case LEFT -> model.move(0, -1);
            case RIGHT -> model.move(0, 1);
            case UP -> model.move(-1, 0);
            case DOWN -> model.move(1, 0);
            case HOME -> model.move(Integer.MIN_VALUE / 2, Integer.MIN_VALUE / 2);
            default -> {
                return;
            }
        }
        e.consume();
    }

    /// A class and some of its images.
    private final class RowCell extends ListCell<BrowseViewModel.Row> {
        private final Label title = new Label();
        private final Label detail = new Label();
        private final ImageView strip = new ImageView();
        private final Rectangle frame = new Rectangle();
        private final Pane images = new Pane(strip, frame);
        private final Rectangle clip = new Rectangle(0, CELL + 8);
        private final HBox box;
        private BrowseViewModel.@Nullable Row drawn;
        private double step = 1;
        private double gap;

        RowCell() {
            title.getStyleClass().add(AppStyles.STRONG);
            detail.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
            VBox words = new VBox(title, detail);
            words.setAlignment(Pos.CENTER_LEFT);
            words.getStyleClass().add("data-row-words");
            strip.setSmooth(false);
            frame.getStyleClass().add("data-frame");
            frame.setMouseTransparent(true);
            frame.setManaged(false);
            images.setMinWidth(0);
            images.setPrefSize(0, CELL);
            images.setMaxHeight(CELL);
            clip.setX(-3);
            clip.setY(-4);
            images.setClip(clip);
            // Only whole images.
            images.widthProperty()
                    .addListener((_, _, now) -> clip.setWidth(whole(now.doubleValue())));
            images.setOnMousePressed(e -> {
                BrowseViewModel.Row row = getItem();
                int column = (int) Math.floor(e.getX() / step);
                if (row != null && column >= 0 && column < row.indices().size()) {
                    model.select(row.indices().get(column));
                    list.requestFocus();
                }
            });
            HBox.setHgrow(images, Priority.ALWAYS);
            box = new HBox(words, images);
            box.setAlignment(Pos.CENTER_LEFT);
            box.setMinWidth(0);
            box.setPrefWidth(0);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(BrowseViewModel.@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            Surveyed shown = data.shownProperty().get().orElse(null);
            if (row == null || empty || shown == null) {
                setGraphic(null);
                setAccessibleText("");
                drawn = null;
                pseudoClassStateChanged(CHOSEN, false);
                return;
            }
            setGraphic(box);
            if (drawn != row) {
                drawn = row;
                draw(row, shown);
            }
            int at =
                    model.selectedProperty().get().isPresent()
                            ? row.indices().indexOf(model.selectedProperty().get().getAsInt())
                            : -1;
            frame.setVisible(at >= 0);
            frame.setX(at * step);
            frame.setWidth(step - gap);
            frame.setHeight(CELL);
            pseudoClassStateChanged(CHOSEN, at >= 0);
            setAccessibleText(
                    row.title()
                            + ", "
                            + row.detail()
                            + (at < 0 ? "" : ", image " + (row.indices().get(at) + 1)));
        }

        /// Width of the frame around the images that fit into a width.
        private double whole(double width) {
            return Math.floor((width + gap) / step) * step - gap + 6;
        }

        private void draw(BrowseViewModel.Row row, Surveyed shown) {
            title.setText(row.title());
            detail.setText(row.detail());
            Shape shape = shown.data().shape();
            double scale = CELL / shape.height();
            int between = Math.max(1, (int) Math.round(GAP / scale));
            gap = between * scale;
            step = shape.width() * scale + gap;
            clip.setWidth(whole(images.getWidth()));
            strip.setVisible(!row.indices().isEmpty());
            if (!row.indices().isEmpty()) {
                Part part = model.partProperty().get();
                strip.setImage(
                        Swatches.sheet(
                                row.indices().stream().map(i -> shown.image(part, i)).toList(),
                                shape,
                                row.indices().size(),
                                between));
                strip.setFitHeight(CELL);
                strip.setPreserveRatio(true);
            }
        }
    }
}
