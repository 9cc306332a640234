package org.skiplab.app.insight;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.skiplab.app.plot.ColourScale;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.app.plot.Range;
import org.skiplab.app.plot.TilesFigure;
import org.skiplab.app.plot.TilesFigure.Tile;
import org.skiplab.app.plot.Tone;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.probe.FeatureMaps;
import org.skiplab.engine.probe.Filters;
import org.skiplab.engine.probe.Prediction;
import org.skiplab.engine.train.Evaluation;

/// What the network makes of images: on the left its answers to some of the test images, on the
/// right what one block makes of the chosen one, or the first layer's kernels.
public final class SeesView implements InsightView {

    private static final InsightHead HEAD =
            new InsightHead(
                    "What it sees",
                    "mdmz-visibility",
                    "Answers to test images; click one to see what a block makes of it.",
                    "p = softmax(z), below the highest one",
                    "1311.2901 §4");

    private static final String WAITING =
            "Nothing to look with yet\nPress Space: the running network is shown test images.";

    private final Experiment experiment;
    private final SeesViewModel model;
    private final TilesFigure grid;
    private final TilesFigure maps;
    private final TilesFigure filters;
    private final PlotPane gridPane;
    private final PlotPane mapsPane;
    private final PlotPane filtersPane;
    private final HBox node;
    private final Controls controls = new Controls(6);
    private final ComboBox<String> block = new ComboBox<>();
    private final ComboBox<String> layer = new ComboBox<>();
    private final Button before = IconButton.of("mdal-chevron_left", "Earlier test images");
    private final Button after = IconButton.of("mdal-chevron_right", "Later test images");
    private final Scrubber earlier = new Scrubber("At which test", this::scrub);
    private boolean showing;
    private long shown = -1;

    public SeesView(Experiment experiment, Function<Figure, PlotPane> panes) {
        this.experiment = experiment;
        model = new SeesViewModel(experiment);
        grid =
                new TilesFigure(
                        "Predictions",
                        WAITING,
                        (tile, _, _) -> model.lines(model.predictions().get(tile)),
                        this::predictionsCsv,
                        tile -> model.image(model.predictions().get(tile).image()));
        maps = new TilesFigure("Feature maps", WAITING, this::mapAt, this::mapsCsv, _ -> {});
        filters =
                new TilesFigure(
                        "First kernels", WAITING, this::kernelAt, this::filtersCsv, _ -> {});
        gridPane = panes.apply(grid);
        mapsPane = panes.apply(maps);
        filtersPane = panes.apply(filters);
        gridPane.setId("predictions");
        mapsPane.setId("feature-maps");
        StackPane right = new StackPane(mapsPane, filtersPane);
        right.setMinWidth(0);
        gridPane.setMinWidth(0);
        node = new HBox(gridPane, right);
        gridPane.prefWidthProperty().bind(node.widthProperty().multiply(0.45));
        right.prefWidthProperty().bind(node.widthProperty().multiply(0.55));
        arrangeControls();
        experiment.selectedProperty().subscribe(this::follow);
    }

    private void arrangeControls() {
        ToggleGroup group = new ToggleGroup();
        ToggleButton showMaps = new ToggleButton("Maps");
        ToggleButton showKernels = new ToggleButton("Kernels");
        showMaps.getStyleClass().addAll("small", "left-pill");
        showKernels.getStyleClass().addAll("small", "right-pill");
        showMaps.setTooltip(new Tooltip("What the chosen layer makes of the image"));
        showKernels.setTooltip(new Tooltip("The first convolution's kernels"));
        showMaps.setToggleGroup(group);
        showKernels.setToggleGroup(group);
        showMaps.setSelected(true);
        group.selectedToggleProperty()
                .subscribe((was, now) -> {
                    if (now == null) {
                        group.selectToggle(was);
                    }
                });
        mapsPane.visibleProperty().bind(showMaps.selectedProperty());
        filtersPane.visibleProperty().bind(showKernels.selectedProperty());
        block.setId("sees-block");
        block.setAccessibleText("Block");
        block.setTooltip(new Tooltip("Follows the block that is selected on the canvas"));
        layer.setAccessibleText("Layer of the block");
        layer.managedProperty().bind(layer.visibleProperty());
        layer.setVisible(false);
        block.setOnAction(_ -> {
            if (!showing && block.getValue() != null) {
                model.block(block.getValue());
            }
        });
        layer.setOnAction(_ -> {
            if (!showing && layer.getValue() != null) {
                model.layer(layer.getValue());
            }
        });
        before.setOnAction(_ -> model.page(-1));
        after.setOnAction(_ -> model.page(1));
        HBox switches = new HBox(showMaps, showKernels);
        controls.getChildren().setAll(earlier, before, after, block, layer, switches);
    }

    private void scrub() {
        model.scrub(earlier.chosen());
    }

    private void follow(List<String> selected) {
        if (!selected.isEmpty() && model.blocks().contains(selected.getFirst())) {
            model.block(selected.getFirst());
        }
    }

    @Override
    public InsightHead head() {
        return HEAD;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Node controls() {
        return controls;
    }

    @Override
    public void update() {}

    @Override
    public void refresh() {
        model.pulse(System.nanoTime());
        if (model.revision() != shown) {
            shown = model.revision();
            show();
        }
        gridPane.refresh();
        mapsPane.refresh();
        filtersPane.refresh();
    }

    private void show() {
        showing = true;
        if (!block.getItems().equals(model.blocks())) {
            block.getItems().setAll(model.blocks());
        }
        block.setValue(model.block());
        List<String> layers = model.maps().map(FeatureMaps::layers).orElse(List.of());
        if (!layer.getItems().equals(layers)) {
            layer.getItems().setAll(layers);
        }
        model.maps().ifPresent(m -> layer.setValue(m.layer()));
        layer.setVisible(!layers.isEmpty());
        showing = false;
        List<Evaluation> tests = model.tests();
        earlier.offer(tests.size(), i -> "after epoch " + Numbers.count(tests.get(i).epoch()));
        before.setDisable(model.first() == 0);
        showGrid();
        showMaps();
        showFilters();
    }

    private void showGrid() {
        Optional<ImageSet> images = model.images();
        if (images.isEmpty() || model.predictions().isEmpty()) {
            grid.update(List.of(), "");
            return;
        }
        List<Tile> tiles = new ArrayList<>();
        int right = 0;
        int chosen = -1;
        for (Prediction p : model.predictions()) {
            int answer = model.answer(p);
            boolean hit = answer == p.label();
            right += hit ? 1 : 0;
            chosen = p.image() == model.image() ? tiles.size() : chosen;
            tiles.add(
                    new Tile(
                            PixelRaster.image(images.get(), p.image()),
                            model.ofThen(p) ? model.brief(p) : experiment.className(answer),
                            hit ? null : Tone.ALARM));
        }
        grid.chosen(chosen);
        Prediction any = model.predictions().getFirst();
        int step = model.then().map(Evaluation::step).orElse(any.step());
        grid.update(
                tiles,
                right
                        + " of "
                        + tiles.size()
                        + " right after step "
                        + Numbers.count(step)
                        + (model.ofThen(any) ? "" : "; no probabilities of then"));
    }

    private void showMaps() {
        Optional<FeatureMaps> newest = model.maps();
        if (newest.isEmpty()) {
            maps.empty(
                    model.trouble().isEmpty()
                            ? WAITING
                            : "Nothing to see here\n" + model.trouble());
            maps.update(List.of(), "");
            return;
        }
        FeatureMaps m = newest.get();
        Range range = PixelRaster.range(m.maps());
        List<Tile> tiles = new ArrayList<>();
        for (float[] map : m.maps()) {
            tiles.add(
                    new Tile(
                            PixelRaster.map(map, m.width(), ColourScale.VIRIDIS, range), "", null));
        }
        maps.update(
                tiles,
                m.layer()
                        + " · "
                        + m.maps().length
                        + " × "
                        + m.height()
                        + "×"
                        + m.width()
                        + " · "
                        + experiment.className(m.prediction().label())
                        + " taken for "
                        + model.said(m.prediction())
                        + " · step "
                        + Numbers.count(m.prediction().step())
                        + model.whence(m.prediction().step()));
        maps.scale(range.low(), range.high());
    }

    private void showFilters() {
        Optional<Filters> newest = model.filters();
        if (newest.isEmpty()) {
            filters.update(List.of(), "");
            return;
        }
        Filters f = newest.get();
        Range range = PixelRaster.range(f.weights());
        double most = Math.max(1e-12, Math.max(-range.low(), range.high()));
        List<Tile> tiles = new ArrayList<>();
        int places = f.width() * f.height();
        for (float[] kernel : f.weights()) {
            tiles.add(
                    new Tile(
                            f.channels() == 3
                                    ? PixelRaster.colours(kernel, f.width(), f.height(), most)
                                    : PixelRaster.map(
                                            Arrays.copyOf(kernel, places),
                                            f.width(),
                                            ColourScale.VIRIDIS,
                                            new Range(-most, most)),
                            "",
                            null));
        }
        String colours = f.channels() == 3 ? ", in colour around grey" : "";
        filters.update(
                tiles,
                f.layer()
                        + ": "
                        + f.weights().length
                        + " kernels of "
                        + f.height()
                        + "×"
                        + f.width()
                        + " after step "
                        + Numbers.count(f.step())
                        + model.whence(f.step())
                        + colours);
        if (f.channels() != 3) {
            filters.scale(-most, most);
        }
    }

    private List<String> mapAt(int tile, int column, int row) {
        return model.maps()
                .map(m ->
                        List.of(
                                "channel " + tile + " at " + column + ", " + row,
                                Numbers.plain(m.maps()[tile][row * m.width() + column])))
                .orElse(List.of());
    }

    private List<String> kernelAt(int tile, int column, int row) {
        return model.filters()
                .map(f -> {
                    List<String> lines = new ArrayList<>();
                    lines.add("kernel " + tile + " at " + column + ", " + row);
                    int places = f.width() * f.height();
                    for (int c = 0; c < Math.min(3, f.channels()); c++) {
                        String name =
                                f.channels() == 3 ? List.of("red", "green", "blue").get(c) : "w";
                        lines.add(
                                name
                                        + " "
                                        + Numbers.plain(
                                                f.weights()[tile][
                                                        c * places + row * f.width() + column]));
                    }
                    return lines;
                })
                .orElse(List.of());
    }

    private void predictionsCsv(Appendable out) throws IOException {
        out.append("image,label,answer,probability\n");
        for (Prediction p : model.predictions()) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "%d,%d,%d,%s%n",
                            p.image(),
                            p.label(),
                            model.answer(p),
                            model.ofThen(p) ? p.probabilities()[p.answer()] : ""));
        }
    }

    private void mapsCsv(Appendable out) throws IOException {
        out.append("channel,y,x,value\n");
        if (model.maps().isPresent()) {
            FeatureMaps m = model.maps().get();
            for (int c = 0; c < m.maps().length; c++) {
                table(out, c, m.maps()[c], m.width());
            }
        }
    }

    private void filtersCsv(Appendable out) throws IOException {
        out.append("kernel,y,x,value\n");
        if (model.filters().isPresent()) {
            Filters f = model.filters().get();
            for (int k = 0; k < f.weights().length; k++) {
                table(out, k, f.weights()[k], f.width());
            }
        }
    }

    private static void table(Appendable out, int which, float[] values, int width)
            throws IOException {
        for (int i = 0; i < values.length; i++) {
            out.append(
                    String.format(
                            Locale.ROOT, "%d,%d,%d,%s%n", which, i / width, i % width, values[i]));
        }
    }
}
