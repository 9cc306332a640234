package org.skiplab.app.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.command.Action;
import org.skiplab.app.fx.Background;
import org.skiplab.app.fx.Rhythm;
import org.skiplab.app.training.DataShelf;
import org.skiplab.app.training.PlanViewModel;
import org.skiplab.app.training.Plots;
import org.skiplab.app.training.Surroundings;

/// Puts the data's part of the window together and drives it.
public final class DataStudio implements DataPanel, AutoCloseable {

    private final DataViewModel model;
    private final DataDialogs dialogs;
    private final Surroundings surroundings;
    private final StackPane overlay = new StackPane();
    private final Supplier<DataPage> pages;
    private @Nullable DataPage page;
    private final Subscription beats;

    /// @param rhythm of the window
    /// @param shelf where the sessions of the plan get their data as well
    /// @param folder where fetched sets are kept
    /// @param reader where data are read and counted
    /// @param fetcher where sets are fetched, one after the other
    public DataStudio(
            PlanViewModel plan,
            Rhythm rhythm,
            DataShelf shelf,
            Path folder,
            Fetching fetching,
            Background reader,
            Background fetcher,
            DataDialogs dialogs,
            Surroundings surroundings) {
        this.dialogs = dialogs;
        this.surroundings = surroundings;
        model = new DataViewModel(plan, shelf, folder, fetching, reader, fetcher);
        overlay.setPickOnBounds(false);
        pages =
                () ->
                        new DataPage(
                                model,
                                new BrowseViewModel(model.shownProperty()),
                                new InputViewModel(model.shownProperty(), plan.knobs(), reader),
                                dialogs,
                                new Plots(surroundings)::pane,
                                surroundings::browse);
        beats = rhythm.add((_, _) -> frame());
        model.lookForFetched();
        model.recall();
    }

    public DataViewModel model() {
        return model;
    }

    /// What a beat does.
    void frame() {
        model.pulse();
        DataPage now = page;
        if (now != null && now.isVisible()) {
            now.refresh();
        }
    }

    /// Made when it is first wanted: a start of the program need not wait for it.
    private DataPage opened() {
        DataPage now = page;
        if (now == null) {
            now = pages.get();
            page = now;
            overlay.getChildren().add(now);
        }
        now.open();
        return now;
    }

    /// Shows the page.
    public void show() {
        opened();
    }

    /// Shows the page and its n-th tab, from 0.
    public void show(int tab) {
        opened().select(tab);
    }

    public void hide() {
        if (page != null) {
            page.close();
        }
    }

    @Override
    public Node overlay() {
        return overlay;
    }

    @Override
    public List<Action> actions() {
        return List.of(
                Action.of(
                        "data.browse",
                        "Browse data…",
                        "Shortcut+Shift+D",
                        "mdmz-photo_library",
                        this::show),
                Action.of(
                        "data.open-file",
                        "Open data file…",
                        null,
                        "mdal-insert_drive_file",
                        () -> dialogs.chooseFile().ifPresent(this::open)),
                Action.of(
                        "data.open-folder",
                        "Open data folder…",
                        null,
                        "mdal-folder_open",
                        () -> dialogs.chooseFolder().ifPresent(this::open)),
                Action.of(
                        "data.fetch",
                        "Fetch published data…",
                        null,
                        "mdal-cloud_download",
                        this::show),
                Action.of(
                        "data.batch",
                        "Show the mini-batch as the network gets it",
                        null,
                        "mdal-input",
                        () -> show(3)));
    }

    @Override
    public void open(Path path) {
        show();
        model.open(path);
    }

    @Override
    public void close() {
        beats.unsubscribe();
        model.close();
    }
}
