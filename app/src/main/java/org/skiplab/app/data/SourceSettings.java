package org.skiplab.app.data;

import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.fx.TypedNumbers;
import org.skiplab.app.training.DataChoice;
import org.skiplab.engine.data.source.Cifar;
import org.skiplab.engine.data.source.Digits;
import org.skiplab.engine.data.source.Idx;
import org.skiplab.engine.data.source.ImageFolder;
import org.skiplab.engine.data.source.PixelTable;
import org.skiplab.engine.data.source.Shapes;
import org.skiplab.engine.data.source.Svhn;

/// What can be set about the data that are shown: the settings of their source, and how many images
/// of them to take.
final class SourceSettings extends FlowPane {

    private static final int MOST_IMAGES = 10_000_000;

    private final DataViewModel data;

    SourceSettings(DataViewModel data) {
        this.data = data;
        getStyleClass().add("data-settings");
        setRowValignment(VPos.CENTER);
        data.shownProperty().subscribe(this::show);
    }

    private void show(Optional<Surveyed> shown) {
        // The control that was turned stays where the hand is.
        String focused =
                getScene() != null
                                && getScene().getFocusOwner() != null
                                && getScene().getFocusOwner().getId() != null
                        ? getScene().getFocusOwner().getId()
                        : "";
        getChildren().clear();
        shown.ifPresent(s -> {
            switch (s.source()) {
                case Shapes shapes -> shapes(shapes);
                case Cifar cifar -> cifar(cifar);
                case Idx idx -> idx(idx);
                case ImageFolder folder -> folder(folder);
                case Digits _, Svhn _, PixelTable _ -> {}
            }
            limit(s.choice());
        });
        if (!focused.isEmpty()) {
            Node same = lookup("#" + focused);
            if (same != null) {
                same.requestFocus();
            }
        }
    }

    private void add(String name, Node control) {
        Label label = new Label(name);
        label.setLabelFor(control);
        HBox box = new HBox(6, label, control);
        box.setAlignment(Pos.CENTER_LEFT);
        getChildren().add(box);
    }

    private void shapes(Shapes shapes) {
        Slider difficulty = new Slider(0, Shapes.HARDEST, shapes.difficulty());
        difficulty.setId("data-difficulty");
        difficulty.setBlockIncrement(1);
        difficulty.setMajorTickUnit(1);
        difficulty.setMinorTickCount(0);
        difficulty.setSnapToTicks(true);
        difficulty.setPrefWidth(130);
        difficulty.setTooltip(
                new Tooltip(
                        "0: large, upright, centred, clean; 10: small, turned, off centre, faint,"
                                + " noisy, cluttered"));
        difficulty.setAccessibleText("Difficulty of the shapes, 0 to 10");
        difficulty
                .valueProperty()
                .addListener((_, _, now) -> {
                    int value = (int) Math.round(now.doubleValue());
                    if (!difficulty.isValueChanging() && value != shapes.difficulty()) {
                        data.show(shapes.withDifficulty(value));
                    }
                });
        difficulty
                .valueChangingProperty()
                .addListener((_, _, changing) -> {
                    int value = (int) Math.round(difficulty.getValue());
                    if (!changing && value != shapes.difficulty()) {
                        data.show(shapes.withDifficulty(value));
                    }
                });
        add("Difficulty " + shapes.difficulty(), difficulty);
        add(
                "Seed",
                number(
                        "data-shapes-seed",
                        "Other images for every seed",
                        0,
                        1_000_000,
                        Math.clamp(shapes.seed(), 0, 1_000_000),
                        seed -> data.show(shapes.withSeed(seed))));
    }

    private void cifar(Cifar cifar) {
        if (cifar.kind() != Cifar.Kind.CIFAR_10) {
            ComboBox<Cifar.Kind> labels = new ComboBox<>();
            labels.setId("data-labels");
            labels.getItems().setAll(Cifar.Kind.CIFAR_100, Cifar.Kind.CIFAR_100_COARSE);
            labels.setValue(cifar.kind());
            labels.setConverter(
                    words(kind -> kind == Cifar.Kind.CIFAR_100 ? "fine (100)" : "coarse (20)"));
            labels.setOnAction(_ -> data.show(new Cifar(labels.getValue(), cifar.path())));
            add("Labels", labels);
        }
    }

    private void idx(Idx idx) {
        if (idx.kind() != Idx.Kind.MNIST && idx.kind() != Idx.Kind.FASHION) {
            ComboBox<Idx.Kind> split = new ComboBox<>();
            split.setId("data-split");
            split.getItems()
                    .setAll(
                            Stream.of(Idx.Kind.values())
                                    .filter(k -> k != Idx.Kind.MNIST && k != Idx.Kind.FASHION)
                                    .toList());
            split.setValue(idx.kind());
            split.setConverter(words(kind -> kind.title().replace("EMNIST ", "")));
            split.setOnAction(_ -> data.show(new Idx(split.getValue(), idx.path())));
            add("Split", split);
        }
    }

    private void folder(ImageFolder folder) {
        add(
                "Size",
                number(
                        "data-size",
                        "Side that pictures are brought to, in pixels",
                        ImageFolder.SMALLEST,
                        ImageFolder.LARGEST,
                        folder.size(),
                        size -> data.show(folder.withSize(size))));
        ComboBox<Boolean> fit = new ComboBox<>();
        fit.setId("data-fit");
        fit.getItems().setAll(false, true);
        fit.setValue(folder.stretch());
        fit.setConverter(words(stretch -> stretch ? "stretched" : "cropped"));
        fit.setOnAction(_ -> data.show(folder.withStretch(fit.getValue())));
        add("Pictures are", fit);
        CheckBox grey = new CheckBox("grey");
        grey.setId("data-grey");
        grey.setSelected(folder.grey());
        grey.setOnAction(_ -> data.show(folder.withGrey(grey.isSelected())));
        getChildren().add(grey);
    }

    private void limit(DataChoice choice) {
        add(
                "At most (0: all)",
                number(
                        "data-limit",
                        "At most so many of each part, every class in its share; 0 takes all",
                        0,
                        MOST_IMAGES,
                        choice.limit(),
                        limit -> data.show(choice.withLimit(limit))));
    }

    private static Spinner<Integer> number(
            String id, String what, int least, int most, int now, IntConsumer set) {
        Spinner<Integer> spinner = TypedNumbers.whole(least, most, now);
        spinner.setId(id);
        spinner.setPrefWidth(96);
        spinner.setTooltip(new Tooltip(what));
        spinner.setAccessibleText(what);
        spinner.getEditor().setId(id + "-text");
        spinner.valueProperty()
                .addListener((_, _, value) -> {
                    if (value != null && value != now) {
                        set.accept(value);
                    }
                });
        return spinner;
    }

    private interface Words<T> {
        String of(T value);
    }

    private static <T> StringConverter<T> words(Words<T> words) {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : words.of(value);
            }

            @Override
            public @Nullable T fromString(String text) {
                return null;
            }
        };
    }
}
