package org.skiplab.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.fx.Background;
import org.skiplab.app.training.DataChoice;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.graph.Seeds;

class InputViewModelTest {

    @TempDir private Path folder;

    private final Sets sets = new Sets();
    private DataViewModel data;
    private InputViewModel model;

    @BeforeEach
    void open() {
        data = sets.viewModel(folder);
        model = new InputViewModel(data.shownProperty(), sets.plan.knobs(), Background.INLINE);
        data.show(DataChoice.BUILT_IN.get(1).withLimit(100));
    }

    private Surveyed shown() {
        return data.shownProperty().get().orElseThrow();
    }

    private List<String> titles() {
        return model.stepsProperty().get().stream().map(InputViewModel.Step::title).toList();
    }

    @Test
    void nothingIsMadeUntilSomebodyLooks() {
        assertThat(model.stepsProperty().get()).isEmpty();
        assertThat(model.batchProperty().get()).isEmpty();
        model.watch(true);
        assertThat(titles()).containsExactly("The image", "Normalised");
        assertThat(model.batchProperty().get()).isPresent();
        model.watch(false);
        assertThat(model.batchProperty().get()).isEmpty();
    }

    @Test
    void theBatchIsTheOneThatTrainingTakes() throws InterruptedException {
        model.augmentationProperty().set(new Augmentation(4, true, 8));
        model.watch(true);
        int size = sets.plan.knobs().settingsProperty().get().batch();
        try (Feed feed =
                Feed.training(
                        shown().data().train(),
                        shown().data().normalisation(),
                        new Augmentation(4, true, 8),
                        size,
                        new Seeds(sets.plan.knobs().settingsProperty().get().seed()),
                        Feed.Position.START)) {
            // Three batches of 32 in an epoch of 100 images.
            for (int number = 0; number < 5; number++) {
                model.numberProperty().set(number);
                NetworkBatch batch = model.batchProperty().get().orElseThrow();
                var real = feed.take();
                assertThat(batch.images()).isEqualTo(real.images().toArray(ValueLayout.JAVA_FLOAT));
                assertThat(batch.labels()).isEqualTo(real.labels());
                assertThat(batch.indices()).isEqualTo(real.indices());
                assertThat(batch.epoch()).isEqualTo(number / 3);
            }
        }
    }

    @Test
    void theLastStepIsWhatTheNetworkGets() {
        model.augmentationProperty().set(new Augmentation(3, true, 6));
        model.watch(true);
        assertThat(titles())
                .containsExactly(
                        "The image", "Normalised", "Padded, cropped", "Flipped", "Cut out");
        NetworkBatch batch = model.batchProperty().get().orElseThrow();
        for (int i = 0; i < batch.size(); i++) {
            model.indexProperty().set(OptionalInt.of(batch.indices()[i]));
            assertThat(model.stepsProperty().get().getLast().picture())
                    .isEqualTo(model.picture(batch, i, false));
            assertThat(model.stepsProperty().get().getFirst().picture())
                    .isEqualTo(shown().image(Part.TRAIN, batch.indices()[i]));
        }
    }

    @Test
    void drawingAgainShowsAnotherEpoch() {
        model.augmentationProperty().set(new Augmentation(8, false, 0));
        model.watch(true);
        List<InputViewModel.Step> first = model.stepsProperty().get();
        model.epochProperty().set(1);
        assertThat(model.stepsProperty().get().getLast().detail())
                .isNotEqualTo(first.getLast().detail());
        model.epochProperty().set(0);
        assertThat(
                        Arrays.equals(
                                model.stepsProperty().get().getLast().picture(),
                                first.getLast().picture()))
                .isTrue();
    }

    @Test
    void whatIsTriedOutIsTrainedWithWhenAsked() {
        assertThat(model.differs()).isFalse();
        model.augmentationProperty().set(Augmentation.CIFAR);
        assertThat(model.differs()).isTrue();
        assertThat(sets.plan.knobs().settingsProperty().get().augmentation())
                .isEqualTo(Augmentation.NONE);
        model.use();
        assertThat(sets.plan.knobs().settingsProperty().get().augmentation())
                .isEqualTo(Augmentation.CIFAR);
        assertThat(model.differs()).isFalse();
    }
}
