package org.skiplab.app.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.data.look.Survey;

/// The images of a data set in rows: a row per class, or all images of one class.
public final class BrowseViewModel {

    /// Images per row.
    static final int COLUMNS = 24;

    /// A row of images.
    ///
    /// @param title class, or the first image's place in it
    /// @param detail how many images the class has
    /// @param indices of the images in their part of the set
    public record Row(String title, String detail, int label, List<Integer> indices) {}

    private final ObservableValue<Optional<Surveyed>> shown;
    private final ObjectProperty<Part> part = new SimpleObjectProperty<>(Part.TRAIN);
    private final ObjectProperty<OptionalInt> label =
            new SimpleObjectProperty<>(OptionalInt.empty());
    private final ReadOnlyObjectWrapper<List<Row>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<OptionalInt> selected =
            new ReadOnlyObjectWrapper<>(OptionalInt.empty());

    /// @param shown the data set whose images are shown
    public BrowseViewModel(ObservableValue<Optional<Surveyed>> shown) {
        this.shown = shown;
        shown.subscribe((_, _) -> {
            label.set(OptionalInt.empty());
            update();
        });
        part.subscribe((_, _) -> update());
        label.subscribe((_, _) -> update());
        update();
    }

    public ObjectProperty<Part> partProperty() {
        return part;
    }

    /// The only class to show; empty shows some of each.
    public ObjectProperty<OptionalInt> labelProperty() {
        return label;
    }

    public ReadOnlyObjectProperty<List<Row>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /// The image that is looked at closely: its index in its part.
    public ReadOnlyObjectProperty<OptionalInt> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    public void select(int index) {
        selected.set(OptionalInt.of(index));
    }

    /// Where the selected image is: row and column.
    public Optional<int[]> place() {
        for (int row = 0; row < rows.get().size(); row++) {
            int column =
                    selected.get().isPresent()
                            ? rows.get().get(row).indices().indexOf(selected.get().getAsInt())
                            : -1;
            if (column >= 0) {
                return Optional.of(new int[] {row, column});
            }
        }
        return Optional.empty();
    }

    /// Selects another image, some rows and columns from the selected one.
    public void move(int down, int right) {
        List<Row> all = rows.get();
        if (all.isEmpty()) {
            return;
        }
        int[] from = place().orElse(new int[] {0, 0});
        int row = Math.clamp(from[0] + (long) down, 0, all.size() - 1);
        // A class may have no images.
        while (all.get(row).indices().isEmpty() && down != 0) {
            int next = row + Integer.signum(down);
            if (next < 0 || next >= all.size()) {
                return;
            }
            row = next;
        }
        List<Integer> indices = all.get(row).indices();
        if (!indices.isEmpty()) {
            select(indices.get(Math.clamp(from[1] + (long) right, 0, indices.size() - 1)));
        }
    }

    private void update() {
        rows.set(shown.getValue().map(this::rows).orElse(List.of()));
        selected.set(
                rows.get().stream()
                        .flatMap(row -> row.indices().stream())
                        .findFirst()
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()));
    }

    private List<Row> rows(Surveyed surveyed) {
        Survey survey = surveyed.survey(part.get());
        List<String> names = surveyed.data().classNames();
        List<Row> all = new ArrayList<>();
        if (label.get().isPresent() && label.get().getAsInt() < names.size()) {
            int only = label.get().getAsInt();
            int count = survey.count(only);
            for (int first = 0; first < count; first += COLUMNS) {
                int last = Math.min(count, first + COLUMNS);
                all.add(
                        new Row(
                                first + 1 + " – " + last,
                                "of " + Numbers.count(count),
                                only,
                                members(survey, only, first, last)));
            }
            return all;
        }
        for (int each = 0; each < names.size(); each++) {
            int count = survey.count(each);
            all.add(
                    new Row(
                            names.get(each),
                            Numbers.count(count) + (count == 1 ? " image" : " images"),
                            each,
                            members(survey, each, 0, Math.min(count, COLUMNS))));
        }
        return all;
    }

    private static List<Integer> members(Survey survey, int label, int from, int to) {
        List<Integer> members = new ArrayList<>();
        for (int n = from; n < to; n++) {
            members.add(survey.member(label, n));
        }
        return members;
    }
}
