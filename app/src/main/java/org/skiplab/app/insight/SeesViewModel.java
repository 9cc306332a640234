package org.skiplab.app.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.probe.FeatureMaps;
import org.skiplab.engine.probe.Filters;
import org.skiplab.engine.probe.Prediction;
import org.skiplab.engine.probe.Probe;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Telemetry;

/// What the network in training makes of test images: the maps of one block, the first kernels, and
/// its answers. Asks again when something else is chosen, and now and then while training goes on.
public final class SeesViewModel {

    /// Images in the grid of predictions.
    public static final int GRID = 24;

    /// Nanoseconds between two looks at a network that trains.
    private static final long BETWEEN_LOOKS = 1_000_000_000L;

    private static final long BETWEEN_PREDICTIONS = 4_000_000_000L;

    private final Experiment experiment;
    private final Inquiry<FeatureMaps> mapsInquiry;
    private final Inquiry<Filters> filtersInquiry;
    private final Inquiry<List<Prediction>> predictionsInquiry;
    private final Inquiry<ImageSet> imagesInquiry;
    private @Nullable Network network;
    private @Nullable ImageSet images;
    private @Nullable FeatureMaps maps;
    private @Nullable Filters filters;
    private @Nullable Evaluation then;
    private List<Prediction> predictions = List.of();
    private String block = "";
    private String layer = "";
    private int image;
    private int first;
    private boolean mapsWanted = true;
    private boolean predictionsWanted = true;
    private int mapsStep = -1;
    private int predictionsStep = -1;
    private long lastMaps;
    private long lastPredictions;
    private long revision;

    public SeesViewModel(Experiment experiment) {
        this.experiment = experiment;
        mapsInquiry = new Inquiry<>(experiment);
        filtersInquiry = new Inquiry<>(experiment);
        predictionsInquiry = new Inquiry<>(experiment);
        imagesInquiry = new Inquiry<>(experiment);
    }

    /// Grows with every change.
    public long revision() {
        return revision;
    }

    public Optional<ImageSet> images() {
        return Optional.ofNullable(images);
    }

    public Optional<FeatureMaps> maps() {
        return Optional.ofNullable(maps);
    }

    public Optional<Filters> filters() {
        return Optional.ofNullable(filters);
    }

    /// Of [#GRID] images from [#first] on.
    public List<Prediction> predictions() {
        return predictions;
    }

    /// Tests on the test set whose answers were kept, oldest first.
    public List<Evaluation> tests() {
        return experiment.telemetryProperty().getValue().stream()
                .flatMap(t -> t.evaluations().stream())
                .filter(e -> e.answers().length > 0)
                .toList();
    }

    /// Shows the network as it was at one of [#tests], −1 for that of now: with the newest weights
    /// that were kept by then.
    public void scrub(int test) {
        List<Evaluation> kept = tests();
        Evaluation next = test >= 0 && test < kept.size() ? kept.get(test) : null;
        if (next != then) {
            then = next;
            mapsWanted = true;
            predictionsWanted = true;
            revision++;
        }
    }

    /// The newest weights that were kept by the test whose answers show.
    private Optional<Milestone> kept() {
        return then().flatMap(test ->
                experiment.telemetryProperty().getValue().stream()
                        .flatMap(t -> t.milestones().stream())
                        .filter(m -> m.state().place().step() <= test.step())
                        .reduce((_, later) -> later));
    }

    private <T> Probe<T> ofThen(Probe<T> probe) {
        return kept().map(then -> then.seenBy(probe)).orElse(probe);
    }

    /// What to say of weights of a step where others were asked for; empty where they are the ones.
    public String whence(int step) {
        if (then().isEmpty() || then().get().step() == step) {
            return "";
        }
        String wanted = "step " + Numbers.count(then().get().step());
        return kept().filter(m -> m.state().place().step() == step).isPresent()
                ? " (the newest weights kept before " + wanted + ")"
                : kept().isEmpty() ? " (no weights of " + wanted + " were kept)" : " (looking …)";
    }

    /// The test whose answers show; empty for those of now.
    public Optional<Evaluation> then() {
        return Optional.ofNullable(then);
    }

    /// Whether a prediction is of the moment that was asked for.
    public boolean ofThen(Prediction p) {
        return then().filter(test -> test.step() != p.step()).isEmpty();
    }

    /// What an image was taken for at that moment.
    public int answer(Prediction p) {
        return then().filter(test -> !ofThen(p) && p.image() < test.answers().length)
                .map(test -> (int) test.answers()[p.image()])
                .orElse(p.answer());
    }

    /// The test image under the lens.
    public int image() {
        return image;
    }

    public int first() {
        return first;
    }

    public String block() {
        return block;
    }

    /// Blocks of the network in training, input first.
    public List<String> blocks() {
        return experiment.opened().topological().stream().map(Node::id).toList();
    }

    /// Puts a test image under the lens.
    public void image(int index) {
        int most = images == null ? Integer.MAX_VALUE : images.size() - 1;
        int next = Math.clamp(index, 0, most);
        if (next != image) {
            image = next;
            mapsWanted = true;
            revision++;
        }
    }

    /// Shows other images in the grid.
    public void page(int by) {
        int most = images == null ? 0 : Math.max(0, images.size() - 1) / GRID * GRID;
        int next = Math.clamp(first + (long) by * GRID, 0, most);
        if (next != first) {
            first = next;
            predictionsWanted = true;
        }
    }

    /// Looks at a block's output.
    public void block(String id) {
        if (!id.equals(block)) {
            block = id;
            layer = "";
            mapsWanted = true;
        }
    }

    /// Looks at one layer of the block.
    public void layer(String name) {
        if (!name.equals(layer)) {
            layer = name;
            mapsWanted = true;
        }
    }

    /// Once a frame while it can be seen.
    ///
    /// @param now nanoseconds
    public void pulse(long now) {
        follow();
        Optional<Telemetry> telemetry = experiment.telemetryProperty().getValue();
        if (telemetry.isEmpty()) {
            return;
        }
        imagesInquiry
                .poll()
                .ifPresent(set -> {
                    images = set;
                    revision++;
                });
        if (images == null && !imagesInquiry.busy()) {
            imagesInquiry.ask(subject -> subject.data().test());
        }
        mapsInquiry
                .poll()
                .ifPresent(m -> {
                    maps = m;
                    revision++;
                });
        filtersInquiry
                .poll()
                .ifPresent(f -> {
                    filters = f;
                    revision++;
                });
        predictionsInquiry
                .poll()
                .ifPresent(p -> {
                    predictions = p;
                    revision++;
                });
        int step = telemetry.get().step();
        look(now, step);
        predict(now, step);
    }

    private void look(long now, int step) {
        boolean later = kept().isEmpty() && step != mapsStep && now - lastMaps >= BETWEEN_LOOKS;
        if ((mapsWanted || later) && !mapsInquiry.busy() && !block.isEmpty()) {
            mapsWanted = false;
            mapsStep = step;
            lastMaps = now;
            mapsInquiry.ask(ofThen(FeatureMaps.of(block, layer, image)));
            filtersInquiry.ask(ofThen(Filters.first()));
        }
    }

    private void predict(long now, int step) {
        boolean later =
                kept().isEmpty()
                        && step != predictionsStep
                        && now - lastPredictions >= BETWEEN_PREDICTIONS;
        if ((predictionsWanted || later) && !predictionsInquiry.busy()) {
            predictionsWanted = false;
            predictionsStep = step;
            lastPredictions = now;
            predictionsInquiry.ask(
                    ofThen(Prediction.of(IntStream.range(first, first + GRID).boxed().toList())));
        }
    }

    /// Another network or data set: everything anew.
    private void follow() {
        Network now = experiment.opened();
        boolean gone = experiment.telemetryProperty().getValue().isEmpty();
        if (!now.equals(network) || (gone && images != null)) {
            network = now;
            images = null;
            then = null;
            maps = null;
            filters = null;
            predictions = List.of();
            imagesInquiry.forget();
            mapsInquiry.forget();
            filtersInquiry.forget();
            predictionsInquiry.forget();
            image = 0;
            first = 0;
            mapsWanted = true;
            predictionsWanted = true;
            if (!blocks().contains(block)) {
                block = blocks().isEmpty() ? "" : blocks().getFirst();
                layer = "";
            }
            revision++;
        }
    }

    /// What a person sees of a prediction: `7 98.1 %`.
    public String said(Prediction p) {
        return experiment.className(p.answer())
                + " "
                + Numbers.percent(p.probabilities()[p.answer()]);
    }

    /// The same where space is short: `7 98 %`.
    public String brief(Prediction p) {
        return experiment.className(p.answer())
                + " "
                + Math.round(100 * p.probabilities()[p.answer()])
                + " %";
    }

    /// A prediction in lines: the truth and the most probable classes.
    public List<String> lines(Prediction p) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "test image "
                        + Numbers.count(p.image() + 1)
                        + ": "
                        + experiment.className(p.label())
                        + ", after step "
                        + Numbers.count(p.step()));
        IntStream.range(0, p.probabilities().length)
                .boxed()
                .sorted((a, b) -> Float.compare(p.probabilities()[b], p.probabilities()[a]))
                .limit(4)
                .forEach(c ->
                        lines.add(
                                experiment.className(c)
                                        + " "
                                        + Numbers.percent(p.probabilities()[c])));
        return lines;
    }

    /// Why there is nothing to see, in one line; empty when nothing is wrong.
    public String trouble() {
        return mapsInquiry.trouble();
    }
}
