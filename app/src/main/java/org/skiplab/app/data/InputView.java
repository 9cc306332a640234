package org.skiplab.app.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.fx.TypedNumbers;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.graph.Shape;

/// One image step by step, and a whole mini-batch, exactly as the network gets them.
final class InputView extends VBox {

    private static final double SIDE = 96;
    private static final double SMALL = 34;
    private static final int MOST = 256;

    private final DataViewModel data;
    private final InputViewModel model;
    private final FlowPane steps = new FlowPane();
    private final ImageView sheet = new ImageView();
    private final Pane sheetPane = new Pane(sheet);
    private final Label caption = new Label();
    private final Label pointed = new Label();
    private final ToggleButton asNumbers = new ToggleButton("As numbers");
    private final Spinner<Integer> crop = spinner("data-crop", 0, 16, "Border for pad-and-crop");
    private final CheckBox flip = new CheckBox("Flip");
    private final Spinner<Integer> cutout = spinner("data-cutout", 0, 32, "Side of the cut-out");
    private final Button use = new Button("Train with these");
    private final Label which = new Label();
    private int columns = 1;
    private double pitch = SMALL;
    private boolean showing;

    InputView(DataViewModel data, InputViewModel model) {
        this.data = data;
        this.model = model;
        getStyleClass().add("data-pixels");
        steps.getStyleClass().add("data-steps");
        sheet.setSmooth(false);
        sheet.setPreserveRatio(true);
        sheet.setId("data-batch");
        caption.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
        pointed.getStyleClass().add(AppStyles.SMALL);
        pointed.setMinWidth(0);
        asNumbers.getStyleClass().add("small");
        asNumbers.setTooltip(
                new Tooltip("Grey is 0, white and black are 2.5 standard deviations away"));
        asNumbers.selectedProperty().subscribe(_ -> showBatch(model.batchProperty().get()));
        sheetPane.setMinWidth(0);
        sheetPane.setPrefWidth(0);
        sheetPane.widthProperty().subscribe(_ -> showBatch(model.batchProperty().get()));
        sheetPane.setOnMouseMoved(e -> point(e.getX(), e.getY()));
        sheetPane.setOnMouseExited(_ -> pointed.setText(""));
        ScrollPane scroll = new ScrollPane(sheetPane);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("panel-scroll");
        scroll.setAccessibleText("The images of the mini-batch");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(augmentation(), imageTools(), steps, batchTools(), scroll);
        model.stepsProperty().subscribe(this::showSteps);
        model.batchProperty().subscribe(this::showBatch);
        model.augmentationProperty().subscribe(this::showAugmentation);
    }

    private HBox augmentation() {
        crop.valueProperty().subscribe(_ -> change());
        flip.setId("data-flip");
        flip.setOnAction(_ -> change());
        cutout.valueProperty().subscribe(_ -> change());
        use.setId("data-augment");
        use.getStyleClass().add("small");
        use.setMinWidth(Region.USE_PREF_SIZE);
        use.setOnAction(_ -> {
            model.use();
            showAugmentation(model.augmentationProperty().get());
        });
        return row(
                new Label("Pad and crop"), crop, flip, new Label("Cut out"), cutout, spacer(), use);
    }

    private HBox imageTools() {
        which.getStyleClass().add(AppStyles.STRONG);
        Button before = arrow("mdal-chevron_left", "The training image before");
        before.setOnAction(_ -> step(-1));
        Button after = arrow("mdal-chevron_right", "The next training image");
        after.setOnAction(_ -> step(1));
        Button again = new Button("Draw again", new FontIcon("mdal-casino"));
        again.setId("data-draw-again");
        again.getStyleClass().add("small");
        again.setTooltip(new Tooltip("The same image in the next epoch, with other changes"));
        again.setOnAction(_ -> model.epochProperty().set(model.epochProperty().get() + 1));
        HBox row = row(which, before, after, spacer(), again);
        row.getStyleClass().add("data-divided");
        return row;
    }

    private HBox batchTools() {
        Label title = new Label("Mini-batch");
        title.getStyleClass().add(AppStyles.STRONG);
        Button before = arrow("mdal-chevron_left", "The mini-batch before");
        before.disableProperty().bind(model.numberProperty().lessThan(1));
        before.setOnAction(_ -> model.numberProperty().set(model.numberProperty().get() - 1));
        Button after = arrow("mdal-chevron_right", "The next mini-batch");
        after.setId("data-next-batch");
        after.setOnAction(_ -> model.numberProperty().set(model.numberProperty().get() + 1));
        HBox row = row(title, before, after, caption, spacer(), pointed, asNumbers);
        row.getStyleClass().add("data-divided");
        return row;
    }

    private static HBox row(javafx.scene.Node... nodes) {
        HBox row = new HBox(nodes);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("data-tools");
        return row;
    }

    private static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    private static Button arrow(String icon, String tip) {
        Button button = new Button("", new FontIcon(icon));
        button.getStyleClass().addAll("flat", AppStyles.ICON_BUTTON);
        button.setTooltip(new Tooltip(tip));
        button.setAccessibleText(tip);
        return button;
    }

    private static Spinner<Integer> spinner(String id, int least, int most, String what) {
        Spinner<Integer> spinner = TypedNumbers.whole(least, most, least);
        spinner.setId(id);
        spinner.setPrefWidth(76);
        spinner.setMinWidth(76);
        spinner.setTooltip(new Tooltip(what + " in pixels; 0 is off"));
        spinner.setAccessibleText(what + " in pixels");
        return spinner;
    }

    private void change() {
        if (!showing) {
            model.augmentationProperty()
                    .set(
                            new Augmentation(
                                    crop.getValue(),
                                    flip.isSelected(),
                                    cutout.getValue(),
                                    model.augmentationProperty().get().border()));
        }
    }

    private void step(int by) {
        data.shownProperty()
                .get()
                .ifPresent(s -> {
                    int now = model.indexProperty().get().orElse(0) + by;
                    int last = s.data().train().size() - 1;
                    model.indexProperty().set(OptionalInt.of(Math.clamp(now, 0, last)));
                });
    }

    private void showAugmentation(Augmentation now) {
        showing = true;
        crop.getValueFactory().setValue(now.padAndCrop());
        flip.setSelected(now.flip());
        cutout.getValueFactory().setValue(now.cutout());
        use.setDisable(!model.differs());
        use.setText(model.differs() ? "Train with these" : "Training uses these");
        showing = false;
    }

    private void showSteps(List<InputViewModel.Step> all) {
        steps.getChildren().clear();
        Optional<Surveyed> shown = data.shownProperty().get();
        if (shown.isEmpty() || all.isEmpty()) {
            return;
        }
        int index = model.indexProperty().get().orElse(0);
        which.setText(
                "Training image "
                        + Numbers.count(index + 1L)
                        + ", "
                        + shown.get()
                                .data()
                                .classNames()
                                .get(shown.get().data().train().label(index))
                        + ", in epoch "
                        + (model.epochProperty().get() + 1));
        Shape shape = shown.get().data().shape();
        for (InputViewModel.Step step : all) {
            ImageView image = new ImageView(Swatches.enlarged(step.picture(), shape, SIDE));
            image.setFitHeight(SIDE);
            image.setPreserveRatio(true);
            image.setSmooth(false);
            image.setAccessibleText(step.title() + ", " + step.detail());
            Label title = new Label(step.title());
            title.getStyleClass().add(AppStyles.SMALL);
            Label detail = new Label(step.detail());
            detail.getStyleClass().addAll(AppStyles.SMALL, AppStyles.MUTED);
            detail.setWrapText(true);
            VBox box = new VBox(image, title, detail);
            box.getStyleClass().addAll("data-mean", "data-step");
            steps.getChildren().add(box);
        }
    }

    private void showBatch(Optional<NetworkBatch> made) {
        Optional<Surveyed> shown = data.shownProperty().get();
        if (made.isEmpty() || shown.isEmpty() || sheetPane.getWidth() < SMALL) {
            sheet.setImage(null);
            caption.setText("");
            return;
        }
        NetworkBatch batch = made.get();
        Shape shape = shown.get().data().shape();
        if (batch.images().length != batch.size() * shape.size()) {
            return;
        }
        double scale = SMALL / shape.height();
        int gap = Math.max(1, (int) Math.round(3 / scale));
        pitch = (shape.width() + gap) * scale;
        columns = Math.max(1, (int) ((sheetPane.getWidth() + gap * scale) / pitch));
        int count = Math.min(MOST, batch.size());
        sheet.setImage(
                Swatches.sheet(
                        IntStream.range(0, count)
                                .mapToObj(i -> model.picture(batch, i, asNumbers.isSelected()))
                                .toList(),
                        shape,
                        columns,
                        gap));
        sheet.setFitWidth(sheet.getImage().getWidth() * scale);
        sheetPane.setPrefHeight(Math.ceilDiv(count, columns) * pitch);
        caption.setText(
                (batch.number() + 1)
                        + " of "
                        + batch.batches()
                        + " in epoch "
                        + (batch.epoch() + 1)
                        + ": "
                        + batch.size()
                        + " images, seed "
                        + model.seed()
                        + (count < batch.size() ? "; the first " + count + " shown" : ""));
        sheet.setAccessibleText("Mini-batch " + caption.getText());
    }

    private void point(double x, double y) {
        int column = (int) (x / pitch);
        int at = (int) (y / pitch) * columns + column;
        Optional<NetworkBatch> made = model.batchProperty().get();
        Optional<Surveyed> shown = data.shownProperty().get();
        pointed.setText(
                made.isEmpty() || shown.isEmpty() || column >= columns || at >= made.get().size()
                        ? ""
                        : shown.get().data().classNames().get(made.get().labels()[at])
                                + ", training image "
                                + Numbers.count(made.get().indices()[at] + 1L));
    }
}
