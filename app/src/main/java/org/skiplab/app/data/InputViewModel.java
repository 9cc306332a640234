package org.skiplab.app.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.fx.Background;
import org.skiplab.app.training.LiveKnobs;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.data.Augmentation.Draw;
import org.skiplab.engine.data.look.Preview;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.TrainingSettings;

/// What happens to images on their way into the network: step by step for one image, and as the
/// whole mini-batch that comes out.
public final class InputViewModel {

    /// An image after a step.
    ///
    /// @param detail what the step did to this image
    /// @param picture for people's eyes: unsigned bytes, HWC
    public record Step(String title, String detail, byte[] picture) {}

    /// Numbers beyond so many standard deviations are shown as black and white.
    private static final double BRIGHTEST = 2.5;

    private final ObservableValue<Optional<Surveyed>> shown;
    private final LiveKnobs knobs;
    private final Background background;
    private final ObjectProperty<Augmentation> augmentation;
    private final IntegerProperty epoch = new SimpleIntegerProperty(0);
    private final IntegerProperty number = new SimpleIntegerProperty(0);
    private final ObjectProperty<OptionalInt> index =
            new SimpleObjectProperty<>(OptionalInt.empty());
    private final ReadOnlyObjectWrapper<List<Step>> steps = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<NetworkBatch>> batch =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private boolean watched;
    private @Nullable Errand errand;

    /// @param shown the data set
    /// @param background where batches are made
    public InputViewModel(
            ObservableValue<Optional<Surveyed>> shown, LiveKnobs knobs, Background background) {
        this.shown = shown;
        this.knobs = knobs;
        this.background = background;
        augmentation = new SimpleObjectProperty<>(settings().augmentation());
        shown.subscribe((_, _) -> {
            index.set(shown.getValue().isPresent() ? OptionalInt.of(0) : OptionalInt.empty());
            number.set(0);
            update();
        });
        knobs.settingsProperty()
                .subscribe((before, now) -> {
                    if (!before.augmentation().equals(now.augmentation())) {
                        augmentation.set(now.augmentation());
                    }
                    update();
                });
        augmentation.subscribe((_, _) -> update());
        epoch.subscribe((_, _) -> updateSteps());
        index.subscribe((_, _) -> updateSteps());
        number.subscribe((_, _) -> updateBatch());
    }

    /// The augmentation that is tried out; training's own to begin with.
    public ObjectProperty<Augmentation> augmentationProperty() {
        return augmentation;
    }

    /// Whether training uses another augmentation than the one tried out.
    public boolean differs() {
        return !augmentation.get().equals(settings().augmentation());
    }

    /// Trains with the augmentation that is tried out, from the next step on.
    public void use() {
        knobs.turn(new Knob.Augment(augmentation.get()));
    }

    /// The pass in which the image is shown; other passes draw other changes.
    public IntegerProperty epochProperty() {
        return epoch;
    }

    /// The training image that is shown step by step.
    public ObjectProperty<OptionalInt> indexProperty() {
        return index;
    }

    /// The mini-batch that is shown, counted from the run's start.
    public IntegerProperty numberProperty() {
        return number;
    }

    public ReadOnlyObjectProperty<List<Step>> stepsProperty() {
        return steps.getReadOnlyProperty();
    }

    /// Empty until it is made.
    public ReadOnlyObjectProperty<Optional<NetworkBatch>> batchProperty() {
        return batch.getReadOnlyProperty();
    }

    /// Whether anybody looks; nothing is made before.
    public void watch(boolean now) {
        if (now != watched) {
            watched = now;
            update();
        }
    }

    /// What the seed of the run is, for those who want to see the same batch.
    public long seed() {
        return settings().seed();
    }

    /// An image of the shown batch for people's eyes.
    ///
    /// @param asNumbers grey is 0, white and black are 2.5 standard deviations away from it; else
    ///   normalisation is undone
    public byte[] picture(NetworkBatch of, int i, boolean asNumbers) {
        int size = of.images().length / of.size();
        float[] input = Arrays.copyOfRange(of.images(), i * size, (i + 1) * size);
        return asNumbers
                ? numbers(input)
                : shown.getValue()
                        .map(s -> preview(s, Augmentation.NONE).shown(input))
                        .orElseGet(() -> new byte[size]);
    }

    private TrainingSettings settings() {
        return knobs.settingsProperty().get();
    }

    private void update() {
        updateSteps();
        updateBatch();
    }

    private Preview preview(Surveyed surveyed, Augmentation with) {
        return new Preview(surveyed.data(), with, new Seeds(settings().seed()));
    }

    private void updateSteps() {
        Surveyed surveyed = shown.getValue().orElse(null);
        if (!watched || surveyed == null || index.get().isEmpty()) {
            steps.set(List.of());
            return;
        }
        int at = Math.min(index.get().getAsInt(), surveyed.data().train().size() - 1);
        steps.set(steps(surveyed, at));
    }

    private List<Step> steps(Surveyed surveyed, int at) {
        Augmentation all = augmentation.get();
        Draw draw = preview(surveyed, all).draw(at, epoch.get());
        Preview plain = preview(surveyed, Augmentation.NONE.with(all.border()));
        List<Step> made = new ArrayList<>();
        made.add(new Step("The image", "bytes from 0 to 255", surveyed.image(Part.TRAIN, at)));
        float[] normalised = plain.input(at, Draw.NONE);
        made.add(new Step("Normalised", range(normalised), numbers(normalised)));
        if (all.padAndCrop() > 0) {
            Draw crop = new Draw(draw.dy(), draw.dx(), false, 0, 0);
            made.add(new Step("Padded, cropped", moved(draw), plain.shown(plain.input(at, crop))));
        }
        if (all.flip()) {
            Draw flip = new Draw(draw.dy(), draw.dx(), draw.flip(), 0, 0);
            made.add(
                    new Step(
                            "Flipped",
                            draw.flip() ? "this time: yes" : "this time: no",
                            plain.shown(plain.input(at, flip))));
        }
        if (all.cutout() > 0) {
            Preview cut = preview(surveyed, all);
            made.add(
                    new Step(
                            "Cut out",
                            "around row " + (draw.cutY() + 1) + ", column " + (draw.cutX() + 1),
                            cut.shown(cut.input(at, draw))));
        }
        return List.copyOf(made);
    }

    private static String moved(Draw draw) {
        String vertical =
                draw.dy() == 0 ? "" : Math.abs(draw.dy()) + (draw.dy() > 0 ? " up" : " down");
        String horizontal =
                draw.dx() == 0 ? "" : Math.abs(draw.dx()) + (draw.dx() > 0 ? " left" : " right");
        return vertical.isEmpty() && horizontal.isEmpty()
                ? "not moved this time"
                : "moved "
                        + vertical
                        + (vertical.isEmpty() || horizontal.isEmpty() ? "" : ", ")
                        + horizontal;
    }

    private static String range(float[] input) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : input) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return String.format(Locale.ROOT, "numbers from %.2f to %.2f", least, most)
                .replace('-', '−');
    }

    private static byte[] numbers(float[] input) {
        byte[] picture = new byte[input.length];
        for (int p = 0; p < picture.length; p++) {
            long grey = Math.round((input[p] / BRIGHTEST + 1) * 127.5);
            picture[p] = (byte) Math.clamp(grey, 0, 255);
        }
        return picture;
    }

    private void updateBatch() {
        Surveyed surveyed = shown.getValue().orElse(null);
        Errand before = errand;
        if (before != null) {
            before.callOff();
            errand = null;
        }
        if (!watched || surveyed == null) {
            batch.set(Optional.empty());
            return;
        }
        Errand own = new Errand();
        errand = own;
        Augmentation with = augmentation.get();
        TrainingSettings run = settings();
        int which = number.get();
        background.run(
                own.of(() ->
                        NetworkBatch.of(surveyed.data(), with, run.batch(), run.seed(), which)),
                made -> {
                    if (errand == own) {
                        batch.set(made);
                    }
                },
                _ -> {
                    if (errand == own) {
                        batch.set(Optional.empty());
                    }
                });
    }
}
