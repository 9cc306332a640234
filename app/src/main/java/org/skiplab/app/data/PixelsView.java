package org.skiplab.app.data;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.app.training.DataChoice;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.look.Survey;

/// What the images are on average: the mean image of all and of each class, how often each pixel
/// value occurs, and what the pixels are normalised with.
final class PixelsView extends VBox {

    private static final double LARGE = 96;
    private static final double SMALL = 56;
    private static final double LEAST_MEANS = 130;
    private static final double MOST_MEANS = 230;

    private final DataViewModel data;
    private final HistogramFigure histogram = new HistogramFigure();
    private final PlotPane plot;
    private final FlowPane means = new FlowPane();
    private final GridPane table = new GridPane();
    private final ComboBox<DataChoice.Scaling> scaling = new ComboBox<>();
    private boolean showing;

    PixelsView(DataViewModel data, Function<Figure, PlotPane> plots) {
        this.data = data;
        plot = plots.apply(histogram);
        plot.setId("data-histogram");
        plot.setMinHeight(120);
        plot.setPrefHeight(170);
        VBox.setVgrow(plot, Priority.ALWAYS);
        means.getStyleClass().add("data-means");
        ScrollPane scroll = new ScrollPane(means);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("panel-scroll");
        scroll.prefHeightProperty().bind(means.heightProperty().add(4));
        scroll.setMaxHeight(MOST_MEANS);
        scroll.setMinHeight(LEAST_MEANS);
        scroll.setAccessibleText("Mean images");
        scaling.setId("data-scaling");
        scaling.setAccessibleText("What pixels are normalised with");
        scaling.setCellFactory(_ -> scalingCell());
        scaling.setButtonCell(scalingCell());
        scaling.setOnAction(_ -> rescale());
        table.getStyleClass().add("facts");
        Label word = new Label("Normalised with");
        HBox choice = new HBox(8, word, scaling);
        choice.setAlignment(Pos.CENTER_LEFT);
        FlowPane row = new FlowPane(12, 6, choice, table);
        row.setRowValignment(VPos.CENTER);
        row.getStyleClass().add("data-tools");
        getChildren().addAll(heading("Mean images of the training set"), scroll, plot, row);
        getStyleClass().add("data-pixels");
        data.shownProperty().subscribe(this::show);
    }

    private static Label heading(String text) {
        Label heading = new Label(text);
        heading.getStyleClass().add(AppStyles.SECTION_TITLE);
        return heading;
    }

    private static ListCell<DataChoice.Scaling> scalingCell() {
        return new ListCell<>() {
            @Override
            protected void updateItem(DataChoice.@Nullable Scaling item, boolean empty) {
                super.updateItem(item, empty);
                setText(item == null || empty ? null : item.title());
            }
        };
    }

    private void rescale() {
        DataChoice.Scaling chosen = scaling.getValue();
        if (!showing && chosen != null) {
            data.shownProperty()
                    .get()
                    .map(Surveyed::choice)
                    .filter(choice -> choice.scaling() != chosen)
                    .ifPresent(choice -> data.show(choice.withScaling(chosen)));
        }
    }

    /// Redraws what changed; once a frame.
    void refresh() {
        plot.refresh();
    }

    private void show(Optional<Surveyed> shown) {
        showing = true;
        means.getChildren().clear();
        table.getChildren().clear();
        scaling.getItems().clear();
        histogram.show(shown.map(Surveyed::histogram).orElse(null));
        plot.setAccessibleHelp(histogram.summary());
        shown.ifPresent(s -> {
            Survey survey = s.train();
            means.getChildren().add(mean("all images", survey.mean(), s, LARGE));
            for (int c = 0; survey.hasClassMeans() && c < survey.classes(); c++) {
                if (survey.count(c) > 0) {
                    means.getChildren()
                            .add(mean(s.data().classNames().get(c), survey.mean(c), s, SMALL));
                }
            }
            for (DataChoice.Scaling each : DataChoice.Scaling.values()) {
                if (each != DataChoice.Scaling.PUBLISHED
                        || s.source().publishedNormalisation().isPresent()) {
                    scaling.getItems().add(each);
                }
            }
            scaling.setValue(s.choice().scaling());
            fill(s.data().normalisation());
        });
        showing = false;
    }

    private static VBox mean(String name, byte[] image, Surveyed of, double side) {
        ImageView view = new ImageView(Swatches.enlarged(image, of.data().shape(), side));
        view.setFitHeight(side);
        view.setPreserveRatio(true);
        view.setSmooth(false);
        view.setAccessibleText("Mean of " + name);
        Label label = new Label(name);
        label.getStyleClass().addAll(AppStyles.SMALL, AppStyles.MUTED);
        label.setMaxWidth(Math.max(side, 72));
        VBox box = new VBox(view, label);
        box.setAlignment(Pos.BOTTOM_CENTER);
        box.getStyleClass().add("data-mean");
        return box;
    }

    private void fill(Normalisation normalisation) {
        String[] names =
                normalisation.channels() == 3
                        ? new String[] {"red", "green", "blue"}
                        : new String[] {"grey"};
        for (int c = 0; c < normalisation.channels(); c++) {
            Label name = new Label(names[c]);
            name.getStyleClass().add(AppStyles.MUTED);
            Label value =
                    new Label(
                            String.format(
                                    Locale.ROOT,
                                    "%.4f ± %.4f",
                                    normalisation.mean()[c],
                                    normalisation.std()[c]));
            value.getStyleClass().add(AppStyles.NUMBER);
            table.add(name, 2 * c, 0);
            table.add(value, 2 * c + 1, 0);
        }
    }
}
