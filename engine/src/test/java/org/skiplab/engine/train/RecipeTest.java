package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skiplab.engine.data.Augmentation;

class RecipeTest {

    /// Learning rates in the middle of epochs, counted from 0, as the papers print them.
    @ParameterizedTest
    @CsvSource({
        "resnet, 128, 182, 1e-4, false, true, 0:0.1 90:0.1 91:0.01 135:0.01 137:0.001 181:0.001",
        "resnet-110, 128, 182, 1e-4, false, true, 0:0.01 2:0.1 91:0.01 137:0.001",
        "preact, 128, 182, 1e-4, false, true, 0:0.01 2:0.1 91:0.01 137:0.001",
        "stochastic-depth, 128, 500, 1e-4, true, true, 0:0.1 249:0.1 250:0.01 374:0.01 375:0.001",
        "stochastic-depth-1202, 128, 300, 1e-4, true, true, 0:0.01 9:0.01 10:0.1 150:0.01 225:0.001",
        "stochastic-depth-svhn, 128, 50, 1e-4, true, false, 0:0.1 29:0.1 30:0.01 34:0.01 35:0.001",
        "wrn, 128, 200, 5e-4, true, true, 0:0.1 59:0.1 60:0.02 119:0.02 120:0.004 160:0.0008",
        "wrn-svhn, 128, 160, 5e-4, true, false, 0:0.01 79:0.01 80:0.001 119:0.001 120:0.0001",
        "densenet, 64, 300, 1e-4, true, true, 0:0.1 149:0.1 150:0.01 224:0.01 225:0.001",
        "densenet-svhn, 64, 40, 1e-4, true, false, 0:0.1 19:0.1 20:0.01 29:0.01 30:0.001"
    })
    void areThePapers(
            String name,
            int batch,
            int epochs,
            double decay,
            boolean nesterov,
            boolean augmented,
            String rates) {
        TrainingSettings s = Recipe.parse(name).settings();
        assertThat(s.batch()).isEqualTo(batch);
        assertThat(s.epochs()).isEqualTo(epochs);
        Optimiser.Sgd sgd = (Optimiser.Sgd) s.optimiser();
        assertThat(sgd.momentum()).isEqualTo(0.9);
        assertThat(sgd.nesterov()).isEqualTo(nesterov);
        assertThat(sgd.weightDecay()).isEqualTo(decay);
        assertThat(sgd.decayAll()).isTrue();
        assertThat(s.augmentation().text())
                .isEqualTo(
                        !augmented
                                ? "none"
                                : name.equals("wrn") ? "crop:4:reflect,flip" : "crop:4,flip");
        for (String point : rates.split(" ")) {
            double epoch = Double.parseDouble(point.split(":")[0]);
            double rate = sgd.learningRate() * s.schedule().factor(epoch + 0.5, epochs);
            assertThat(rate)
                    .as(point)
                    .isCloseTo(Double.parseDouble(point.split(":")[1]), within(1e-12));
        }
    }

    @Test
    void haveNamesThatCanBeReadBackAndAReasonForOthers() {
        for (Recipe recipe : Recipe.values()) {
            assertThat(Recipe.parse(recipe.text())).isEqualTo(recipe);
            Schedule schedule = recipe.settings().schedule();
            assertThat(Schedule.parse(schedule.text())).isEqualTo(schedule);
            Augmentation augmentation = recipe.settings().augmentation();
            assertThat(Augmentation.parse(augmentation.text())).isEqualTo(augmentation);
        }
        assertThatThrownBy(() -> Recipe.parse("vgg"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vgg")
                .hasMessageContaining("stochastic-depth");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "linear",
                "cosine:x",
                "cosine:2",
                "cosine:0.1:0.2",
                "steps:0.1",
                "steps:0.1@1.5",
                "steps:0.1@0.5,0.2",
                "steps:-1@0.5",
                "one-cycle:0.1",
                "one-cycle:0.1,0.2,1",
                "warmup:5",
                "warmup:5:0+cosine",
                "warmup:-1+cosine",
                "warmup:5:0.1:steep+cosine",
                "warmup:5+warmup:5+cosine",
                "constant:1"
            })
    void schedulesThatMakeNoSenseAreRefusedInOneLine(String text) {
        assertThatThrownBy(() -> Schedule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .doesNotContain("\n");
    }

    @Test
    void oneCycleRisesAndFalls() {
        Schedule cycle = Schedule.parse("one-cycle");
        assertThat(cycle.factor(0, 10)).isCloseTo(0.04, within(1e-12));
        assertThat(cycle.factor(1.5, 10)).isCloseTo(0.52, within(1e-12));
        assertThat(cycle.factor(3, 10)).isCloseTo(1, within(1e-12));
        assertThat(cycle.factor(10, 10)).isCloseTo(4e-6, within(1e-12));
    }

    @Test
    void anotherRuleKeepsTheConstantsThatBothHave() {
        Optimiser mine = new Optimiser.Sgd(0.03, 0.8, true, 2e-4, false);
        assertThat(OptimiserRule.SGD.insteadOf(mine))
                .isEqualTo(new Optimiser.Sgd(0.03, 0.8, false, 2e-4, false));
        assertThat(OptimiserRule.NESTEROV.insteadOf(mine)).isEqualTo(mine);
        assertThat(OptimiserRule.ADAMW.insteadOf(mine))
                .isEqualTo(OptimiserRule.ADAMW.standard().withDecayAll(false));
        assertThat(Arrays.stream(OptimiserRule.values()).map(r -> OptimiserRule.of(r.standard())))
                .containsExactly(OptimiserRule.values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "crop",
                "crop:-1",
                "flip,",
                "rotate",
                "cutout:x",
                "crop:4:wrap",
                "crop:reflect"
            })
    void augmentationsThatMakeNoSenseAreRefused(String text) {
        assertThatThrownBy(() -> Augmentation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("crop:PIXELS");
    }
}
