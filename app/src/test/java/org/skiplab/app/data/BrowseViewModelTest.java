package org.skiplab.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.training.DataChoice;

class BrowseViewModelTest {

    @TempDir private Path folder;

    private DataViewModel data;
    private BrowseViewModel model;

    @BeforeEach
    void open() {
        data = new Sets().viewModel(folder);
        model = new BrowseViewModel(data.shownProperty());
    }

    private List<String> titles() {
        return model.rowsProperty().get().stream().map(BrowseViewModel.Row::title).toList();
    }

    private Surveyed shown() {
        return data.shownProperty().get().orElseThrow();
    }

    @Test
    void everyClassHasARowOfItsImages() {
        assertThat(model.rowsProperty().get()).isEmpty();
        data.show(DataChoice.BUILT_IN.get(1).withLimit(100));
        assertThat(titles()).isEqualTo(shown().data().classNames());
        for (BrowseViewModel.Row row : model.rowsProperty().get()) {
            assertThat(row.detail()).isEqualTo("10 images");
            assertThat(row.indices()).hasSize(10);
            assertThat(row.indices())
                    .allSatisfy(i ->
                            assertThat(shown().data().train().label(i)).isEqualTo(row.label()));
        }
        assertThat(model.selectedProperty().get()).isPresent();
    }

    @Test
    void oneClassShowsAllItsImagesInRows() {
        data.show(DataChoice.BUILT_IN.get(1));
        model.partProperty().set(Part.TEST);
        model.labelProperty().set(OptionalInt.of(4));
        assertThat(titles()).hasSize(9).startsWith("1 – 24", "25 – 48");
        assertThat(model.rowsProperty().get().getLast().indices()).hasSize(200 - 8 * 24);
        assertThat(model.rowsProperty().get())
                .flatExtracting(BrowseViewModel.Row::indices)
                .doesNotHaveDuplicates()
                .allSatisfy(i -> assertThat(shown().data().test().label((int) i)).isEqualTo(4));
        data.show(DataChoice.BUILT_IN.get(0));
        assertThat(model.labelProperty().get()).isEmpty();
        assertThat(titles()).hasSize(10);
    }

    @Test
    void arrowsMoveFromImageToImageAndStopAtTheEdges() {
        data.show(DataChoice.BUILT_IN.get(1).withLimit(100));
        var rows = model.rowsProperty().get();
        model.move(2, 0);
        model.move(0, 1);
        assertThat(model.selectedProperty().get()).hasValue(rows.get(2).indices().get(1));
        assertThat(model.place().orElseThrow()).containsExactly(2, 1);
        model.move(0, 100);
        assertThat(model.place().orElseThrow()).containsExactly(2, 9);
        model.move(100, 0);
        assertThat(model.place().orElseThrow()).containsExactly(9, 9);
        model.move(-100, -100);
        assertThat(model.place().orElseThrow()).containsExactly(0, 0);
    }
}
