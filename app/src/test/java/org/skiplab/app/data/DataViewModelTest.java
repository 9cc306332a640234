package org.skiplab.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.fx.Background;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.DataShelf;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.source.DataSource;
import org.skiplab.engine.data.source.Progress;
import org.skiplab.engine.data.source.Shapes;
import org.skiplab.engine.graph.Shape;

class DataViewModelTest {

    @TempDir private Path folder;

    private final Sets sets = new Sets();
    private final List<Runnable> waiting = new ArrayList<>();

    private final Background later =
            new Background() {
                @Override
                public <T> void run(
                        Callable<T> work, Consumer<T> done, Consumer<Exception> failed) {
                    waiting.add(() -> Background.INLINE.run(work, done, failed));
                }
            };

    private DataViewModel model(Background reader) {
        return model(sets, reader);
    }

    private DataViewModel model(Sets of, Background reader) {
        return new DataViewModel(
                of.plan,
                new DataShelf(),
                folder.resolve("fetched"),
                (_, _, _) -> {
                    throw new AssertionError("nobody asked to fetch");
                },
                reader,
                Background.INLINE);
    }

    private static Surveyed shown(DataViewModel model) {
        return model.shownProperty().get().orElseThrow();
    }

    @Test
    void openingShowsWhatTrainingUses() {
        DataViewModel model = model(Background.INLINE);
        model.refresh();
        Surveyed digits = shown(model);
        assertThat(digits.choice()).isEqualTo(DataChoice.BUILT_IN.getFirst());
        assertThat(digits.data().train().size()).isEqualTo(9000);
        assertThat(digits.train().count(3)).isBetween(700, 1100);
        assertThat(digits.warnings()).isEmpty();
        assertThat(model.busyProperty().get()).isEmpty();
    }

    @Test
    void aFileOfOnesOwnIsOnOfferAndTrainedOnWithOneFittingEdit() {
        DataViewModel model = model(Background.INLINE);
        model.open(Sets.csv(folder));
        DataChoice own = shown(model).choice();
        assertThat(own.shape()).isEqualTo(new Shape(2, 2, 1));
        assertThat(own.classNames()).containsExactly("ant", "cat", "dog");
        assertThat(model.choices()).hasSize(3).contains(own);
        assertThat(sets.fitted).isEmpty();
        model.use();
        assertThat(sets.plan.dataProperty().get()).isEqualTo(own);
        assertThat(sets.fitted).containsExactly(own);
        model.open(folder.resolve("pixels.csv"));
        assertThat(model.choices()).hasSize(3);
    }

    @Test
    void onesOwnDataAreOnOfferAfterTheNextStart() throws IOException {
        DataViewModel before = model(Background.INLINE);
        before.open(Sets.csv(folder));
        DataChoice own = shown(before).choice();
        var next = new Sets();
        DataViewModel after = model(next, Background.INLINE);
        after.recall();
        assertThat(after.choices()).hasSize(3).contains(own);
        after.show(own);
        assertThat(shown(after).data().train().size()).isEqualTo(5);
        assertThat(after.canForget(own)).isTrue();
        assertThat(after.canForget(DataChoice.BUILT_IN.get(1))).isFalse();
        after.use();
        assertThat(after.canForget(own)).isFalse();
        next.plan.choose(DataChoice.BUILT_IN.getFirst());
        after.forget(own);
        assertThat(after.choices()).isEqualTo(DataChoice.BUILT_IN);
        DataViewModel last = model(new Sets(), Background.INLINE);
        last.recall();
        assertThat(last.choices()).isEqualTo(DataChoice.BUILT_IN);
        for (String damaged :
                List.of("", "nonsense", "{}", "null", "[null, {}]", "[{\"spec\":\"x:y\"}]")) {
            Files.writeString(folder.resolve("fetched/own.json"), damaged);
            last.recall();
            assertThat(last.choices()).isEqualTo(DataChoice.BUILT_IN);
            assertThat(last.problemProperty().get()).isEmpty();
        }
    }

    @Test
    void whatCannotBeReadIsSaidAndWhatWasShownStays() {
        DataViewModel model = model(Background.INLINE);
        model.open(Sets.csv(folder));
        Surveyed before = shown(model);
        model.open("cifar10:" + folder.resolve("gone"));
        assertThat(model.problemProperty().get()).contains("gone", "there is no such file");
        model.open(
                Sets.write(
                        folder.resolve("bad.csv"),
                        "label,a\nx,256\ny,1\n".getBytes(StandardCharsets.US_ASCII)));
        assertThat(model.problemProperty().get()).contains("bad.csv", "256").doesNotContain("\n");
        model.open("nonsense");
        assertThat(model.problemProperty().get()).contains("there is no data set 'nonsense'");
        assertThat(shown(model)).isSameAs(before);
        model.show(Shapes.DEFAULT.withDifficulty(0));
        assertThat(model.problemProperty().get()).isEmpty();
    }

    @Test
    void aFileThatChangedIsReadAgain() {
        DataViewModel model = model(Background.INLINE);
        model.open(Sets.csv(folder));
        Sets.write(
                folder.resolve("pixels.csv"),
                "label,a\nx,25\ny,1\n".getBytes(StandardCharsets.US_ASCII));
        model.open(folder.resolve("pixels.csv"));
        assertThat(shown(model).choice().shape()).isEqualTo(new Shape(1, 1, 1));
        assertThat(model.choices()).hasSize(3);
    }

    @Test
    void limitAndScalingReachWhatIsTrainedOn() {
        DataViewModel model = model(Background.INLINE);
        DataChoice digits = DataChoice.BUILT_IN.getFirst();
        model.show(digits.withLimit(50).withScaling(DataChoice.Scaling.PUBLISHED));
        Surveyed shown = shown(model);
        assertThat(shown.data().train().size()).isEqualTo(50);
        assertThat(shown.data().normalisation().mean()[0]).isEqualTo(0.1307f);
        assertThat(shown.train().count(0)).isBetween(3, 7);
        model.use();
        assertThat(model.choices()).hasSize(2).contains(shown.choice());
        DataSet all = ((DataSource.Opened) DataSource.open("mnist")).data();
        DataSet trained = sets.plan.dataProperty().get().applied(all);
        assertThat(trained.train().size()).isEqualTo(50);
        assertThat(trained.normalisation()).isEqualTo(shown.data().normalisation());
        model.show(digits.withScaling(DataChoice.Scaling.NONE));
        assertThat(shown(model).data().normalisation()).isEqualTo(Normalisation.none(1));
    }

    @Test
    void settingsOfASourceKeepTheLimit() {
        DataViewModel model = model(Background.INLINE);
        model.show(DataChoice.BUILT_IN.get(1).withLimit(30));
        model.show(Shapes.DEFAULT.withDifficulty(9));
        assertThat(shown(model).choice().spec()).contains("difficulty=9");
        assertThat(shown(model).choice().limit()).isEqualTo(30);
        // Looking changes nothing; choosing replaces the old settings.
        assertThat(model.choices()).isEqualTo(DataChoice.BUILT_IN);
        model.use();
        assertThat(model.choices()).hasSize(2).contains(shown(model).choice());
    }

    @Test
    void nothingWaitsForReadingAndTheLastWishWins() {
        DataViewModel model = model(later);
        model.show(DataChoice.BUILT_IN.get(0));
        model.show(DataChoice.BUILT_IN.get(1).withLimit(10));
        assertThat(model.busyProperty().get()).isEqualTo("Reading");
        assertThat(model.shownProperty().get()).isEmpty();
        waiting.forEach(Runnable::run);
        assertThat(shown(model).data().name()).isEqualTo("Shapes");
        assertThat(model.busyProperty().get()).isEmpty();
        assertThat(model.problemProperty().get()).isEmpty();
    }

    @Test
    void readingCanBeCancelled() {
        DataViewModel model = model(later);
        model.show(DataChoice.BUILT_IN.get(0));
        model.cancel();
        waiting.forEach(Runnable::run);
        assertThat(model.shownProperty().get()).isEmpty();
        assertThat(model.busyProperty().get()).isEmpty();
    }

    @Test
    void lookingAndTrainingReadASetOnce() {
        var shelf = new DataShelf();
        DataSource.Result first = shelf.open("shapes", Progress.NONE);
        assertThat(shelf.open("shapes", Progress.NONE)).isSameAs(first);
        shelf.forget();
        assertThat(shelf.open("shapes", Progress.NONE)).isNotSameAs(first);
    }
}
