package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.fx.Enclosure;

/// Play, pause, step and rewind; the data; what the session is doing; the numbers of the run.
final class TransportBar extends VBox {

    private static final PseudoClass PLAYING = PseudoClass.getPseudoClass("playing");

    /// In less than this trouble needs all the room that there is.
    private static final double ROOMY = 1200;

    /// In less than this many ems the less important figures stay away.
    private static final double TIGHT = 60;

    private static final int TIME_LEFT = 2;
    private static final int SPEED = 3;

    /// Steps of the progress bar from its one end to the other.
    private static final double FINE = 1000;

    private final PlanViewModel plan;
    private final ProgressBar progress = new ProgressBar(0);
    private final Button rewind = button("mdmz-replay", "Back to the initial weights (Home)");
    private final Button play = button("mdmz-play_arrow", "Train (Space)");
    private final Button step = button("mdmz-skip_next", "One mini-batch (.)");
    private final Label state = new Label();
    private final Label advice = new Label();
    private final Tooltip adviceInFull = new Tooltip();
    private final Button remedy = new Button();
    private final List<Label> values = new ArrayList<>();
    private final List<Tooltip> explanations = new ArrayList<>();
    private final HBox figures = new HBox();
    private final Button browse = button("mdmz-photo_library", "Look at the data, or get others");
    private boolean showsPause;

    TransportBar(PlanViewModel plan, TransportViewModel transport) {
        this.plan = plan;
        getStyleClass().add("transport");
        progress.getStyleClass().add("transport-progress");
        progress.setMaxWidth(Double.MAX_VALUE);
        rewind.setOnAction(_ -> transport.rewind());
        play.setOnAction(_ -> transport.togglePlay());
        play.getStyleClass().add("play");
        step.setOnAction(_ -> transport.step());
        HBox buttons = new HBox(4, rewind, play, step);
        buttons.setAlignment(Pos.CENTER);
        state.setId("transport-state");
        state.getStyleClass().add("transport-state");
        advice.getStyleClass().add("transport-advice");
        advice.setTooltip(adviceInFull);
        advice.setWrapText(true);
        adviceInFull.setWrapText(true);
        adviceInFull.setMaxWidth(420);
        VBox words = new VBox(state, advice);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(60);
        words.setPrefWidth(130);
        HBox.setHgrow(words, Priority.ALWAYS);
        remedy.getStyleClass().addAll("accent", "small");
        remedy.setMinWidth(Region.USE_PREF_SIZE);
        remedy.setOnAction(_ -> transport.remedy());
        figures.getStyleClass().add("transport-figures");
        figures.setAlignment(Pos.CENTER_RIGHT);
        browse.setId("browse-data");
        browse.setVisible(false);
        browse.setManaged(false);
        HBox chosen = new HBox(2, data(), browse);
        chosen.setAlignment(Pos.CENTER_LEFT);
        HBox row = new HBox(buttons, chosen, words, remedy, figures);
        row.getStyleClass().add("transport-row");
        row.setAlignment(Pos.CENTER_LEFT);
        VBox.setVgrow(row, Priority.ALWAYS);
        getChildren().addAll(progress, row);
        transport.readoutProperty().subscribe(this::show);
    }

    /// Offers to look at the data.
    void onBrowseData(Runnable open) {
        browse.setOnAction(_ -> open.run());
        browse.setVisible(true);
        browse.setManaged(true);
    }

    private ComboBox<DataChoice> data() {
        ComboBox<DataChoice> data = new ComboBox<>();
        data.setItems(plan.choices());
        plan.dataProperty().subscribe(data::setValue);
        data.setOnAction(_ -> {
            DataChoice chosen = data.getValue();
            // Nothing is chosen while the list changes under the box.
            if (chosen != null && !chosen.equals(plan.dataProperty().get())) {
                plan.choose(chosen);
            }
        });
        data.setCellFactory(_ -> dataCell());
        data.setButtonCell(dataCell());
        data.setTooltip(new Tooltip("Data to train on"));
        data.setAccessibleText("Data to train on");
        data.setMinWidth(90);
        data.setPrefWidth(136);
        return data;
    }

    private static ListCell<DataChoice> dataCell() {
        return new ListCell<>() {
            @Override
            protected void updateItem(@Nullable DataChoice item, boolean empty) {
                super.updateItem(item, empty);
                setText(item == null || empty ? null : item.title());
            }
        };
    }

    private void show(Readout r) {
        // A bar lays out everything around it, so it moves only where that can be seen.
        progress.setProgress(Math.floor(r.progress() * FINE) / FINE);
        play.setDisable(!r.playable());
        step.setDisable(!r.steppable());
        rewind.setDisable(!r.rewindable());
        if (r.playing() != showsPause) {
            showsPause = r.playing();
            play.setGraphic(new FontIcon(showsPause ? "mdmz-pause" : "mdmz-play_arrow"));
            play.setTooltip(new Tooltip(showsPause ? "Pause (Space)" : "Train (Space)"));
            play.setAccessibleText(showsPause ? "Pause" : "Train");
        }
        play.pseudoClassStateChanged(PLAYING, r.playing());
        state.setText(r.state());
        advice.setText(r.advice());
        adviceInFull.setText(r.advice());
        for (Readout.Mood mood : Readout.Mood.values()) {
            pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(mood.name().toLowerCase(Locale.ROOT)),
                    mood == r.mood());
        }
        boolean trouble = r.mood() == Readout.Mood.TROUBLE;
        // In a narrow window trouble needs all the room there is.
        int shown = !trouble ? figures.getChildren().size() : getWidth() < ROOMY ? 0 : 2;
        // Large text in a small window would cut off the state otherwise.
        boolean tight = getWidth() < TIGHT * state.getFont().getSize();
        for (int i = 0; i < figures.getChildren().size(); i++) {
            boolean room = i < shown && !(tight && (i == TIME_LEFT || i == SPEED));
            figures.getChildren().get(i).setVisible(room);
            figures.getChildren().get(i).setManaged(room);
        }
        remedy.setVisible(r.remedy().isPresent());
        remedy.setManaged(r.remedy().isPresent());
        r.remedy().ifPresent(x -> remedy.setText(x.title()));
        if (values.isEmpty()) {
            r.figures().forEach(this::tile);
        }
        for (int i = 0; i < values.size(); i++) {
            values.get(i).setText(r.figures().get(i).value());
            explanations.get(i).setText(r.figures().get(i).explanation());
        }
    }

    private void tile(Readout.Figure figure) {
        Label name = new Label(figure.name());
        name.getStyleClass().add("figure-name");
        Label value = new Label();
        value.setId("figure-" + figure.name());
        value.getStyleClass().add("figure-value");
        Tooltip explanation = new Tooltip();
        value.setTooltip(explanation);
        name.setTooltip(explanation);
        VBox tile = new VBox(name, value);
        tile.getStyleClass().add("figure");
        tile.setAlignment(Pos.CENTER_RIGHT);
        tile.setMinWidth(Region.USE_PREF_SIZE);
        values.add(value);
        explanations.add(explanation);
        figures.getChildren().add(new Enclosure(tile));
    }

    private static Button button(String icon, String tip) {
        Button button = new Button(null, new FontIcon(icon));
        button.getStyleClass().add("button-icon");
        button.setTooltip(new Tooltip(tip));
        button.setAccessibleText(tip);
        button.setFocusTraversable(true);
        return button;
    }

    @Override
    public String getUserAgentStylesheet() {
        return Objects.requireNonNull(TransportBar.class.getResource("training.css"))
                .toExternalForm();
    }
}
