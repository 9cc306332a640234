package org.skiplab.app.data;

import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.skiplab.app.text.Quantity;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.data.fetch.PublishedSet;

/// A published set: what it is, where it comes from, and a button that fetches it.
final class FetchRow extends VBox {

    private final FetchViewModel model;
    private final Button button = new Button();
    private final ProgressBar progress = new ProgressBar();
    private final Label status = new Label();

    /// @param look shows the set once it is here
    FetchRow(FetchViewModel model, Runnable look, Consumer<String> browse) {
        this.model = model;
        PublishedSet set = model.set();
        setId("fetch-" + set.name().toLowerCase(Locale.ROOT));
        getStyleClass().add("data-fetch");
        Label title = new Label(set.title());
        title.getStyleClass().add(AppStyles.STRONG);
        title.setMinWidth(0);
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        button.getStyleClass().add("small");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> {
            switch (model.stateProperty().get()) {
                case ABSENT, PART, FAILED -> model.fetch();
                case WAITING, FETCHING -> model.cancel();
                case HERE -> look.run();
            }
        });
        HBox head = new HBox(6, title, spacer, button);
        head.setAlignment(Pos.CENTER_LEFT);
        Label content = small(set.content());
        Label terms = small(Quantity.bytes(set.bytes()) + " · licence: " + set.licence());
        Hyperlink origin = new Hyperlink(set.home().getHost());
        origin.setTooltip(new Tooltip(set.home().toString()));
        origin.setAccessibleText("Home page of " + set.title());
        origin.getStyleClass().add(AppStyles.SMALL);
        origin.setOnAction(_ -> browse.accept(set.home().toString()));
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setAccessibleText("Fetched of " + set.title());
        progress.progressProperty().bind(model.shareProperty());
        status.setWrapText(true);
        status.setMinHeight(Region.USE_PREF_SIZE);
        status.getStyleClass().add(AppStyles.SMALL);
        status.textProperty().bind(model.statusProperty());
        shownIf(status, model.statusProperty().map(text -> !text.isEmpty()));
        shownIf(
                progress,
                model.stateProperty()
                        .map(s ->
                                s == FetchViewModel.State.FETCHING
                                        || s == FetchViewModel.State.PART
                                        || s == FetchViewModel.State.WAITING));
        getChildren().addAll(head, content, terms, origin, progress, status);
        model.stateProperty().subscribe(this::show);
    }

    private static void shownIf(Region region, ObservableValue<Boolean> shown) {
        region.visibleProperty().bind(shown);
        region.managedProperty().bind(shown);
    }

    private static Label small(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().addAll(AppStyles.SMALL, AppStyles.MUTED);
        return label;
    }

    private void show(FetchViewModel.State state) {
        String what =
                switch (state) {
                    case ABSENT -> "Fetch";
                    case PART -> "Go on";
                    case WAITING, FETCHING -> "Cancel";
                    case HERE -> "Look";
                    case FAILED -> "Try again";
                };
        button.setText(what);
        button.setAccessibleText(what + ": " + model.set().title());
        button.setTooltip(
                new Tooltip(
                        state == FetchViewModel.State.HERE
                                ? "It is in " + model.folder()
                                : "Into "
                                        + model.folder()
                                        + "; files that are put there by hand are found as well"));
        status.getStyleClass().remove("bad");
        if (state == FetchViewModel.State.FAILED) {
            status.getStyleClass().add("bad");
        }
    }
}
