package org.skiplab.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.skiplab.app.command.Action;
import org.skiplab.app.command.Actions;
import org.skiplab.app.compare.CompareView;
import org.skiplab.app.gallery.Entry;
import org.skiplab.app.gallery.GalleryView;
import org.skiplab.app.help.HelpPage;
import org.skiplab.app.help.HelpView;
import org.skiplab.app.inspector.InspectorView;
import org.skiplab.app.redesign.RedesignView;
import org.skiplab.app.training.TrainingPanel;

/// What lies over the window when it is asked for: gallery, comparison, help; and the inspector,
/// which leads to them.
final class Sheets {

    private final Workbench bench;
    private final Desktop desktop;
    private final GalleryView gallery;
    private final CompareView compare;
    private final HelpView help;

    /// @param everything all commands, for the page of keys
    Sheets(
            Workbench bench,
            Desktop desktop,
            Optional<TrainingPanel> training,
            Supplier<List<Action>> everything) {
        this.bench = bench;
        this.desktop = desktop;
        compare =
                new CompareView(
                        bench.document(),
                        bench.gallery(),
                        bench.studies(),
                        bench.document()::chooseFile);
        gallery =
                new GalleryView(
                        bench.gallery(),
                        () -> training.filter(TrainingPanel::running).isPresent(),
                        compare::with,
                        desktop::browse);
        help = new HelpView(everything, desktop::browse);
    }

    GalleryView gallery() {
        return gallery;
    }

    CompareView compare() {
        return compare;
    }

    HelpView help() {
        return help;
    }

    /// Lays the sheets over the window, below what is last in it: the command palette.
    void over(StackPane root) {
        List<Node> nodes = root.getChildren();
        nodes.addAll(nodes.size() - 1, List.of(gallery, compare, help));
    }

    InspectorView inspector() {
        return new InspectorView(
                bench.inspector(),
                new RedesignView(bench.redesign()),
                desktop::browse,
                preset -> compare.with(new Entry.Published(preset)));
    }

    /// A button on the empty canvas.
    Button start() {
        Button start = Actions.labelledButton(openGallery());
        start.setId("empty-gallery");
        start.visibleProperty()
                .bind(
                        bench.canvas()
                                .sceneryProperty()
                                .map(s -> s.analysis().network().nodes().isEmpty()));
        start.managedProperty().bind(start.visibleProperty());
        start.setTranslateY(-90);
        return start;
    }

    Action openGallery() {
        return Action.of(
                "file.gallery",
                "Gallery of networks…",
                "Shortcut+Shift+N",
                "mdmz-view_module",
                gallery::open);
    }

    Action keep() {
        return Action.of(
                "file.keep", "Keep as preset…", null, "mdal-bookmark_border", gallery::openToKeep);
    }

    Action openCompare() {
        return Action.of(
                "view.compare",
                "Compare with another network…",
                "Shortcut+Shift+D",
                "mdal-compare_arrows",
                compare::open);
    }

    List<Action> pages() {
        List<Action> pages = new ArrayList<>();
        for (HelpPage page : HelpPage.values()) {
            pages.add(
                    Action.of(
                            "help.page." + page.name().toLowerCase(Locale.ROOT),
                            "Help: " + page.title(),
                            page == HelpPage.KEYS ? "F1" : null,
                            "mdal-help_outline",
                            () -> help.open(page)));
        }
        return pages;
    }
}
