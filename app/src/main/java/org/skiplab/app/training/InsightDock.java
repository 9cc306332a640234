package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.insight.CutView;
import org.skiplab.app.insight.HeadBar;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.insight.SeesView;
import org.skiplab.app.insight.TimingView;
import org.skiplab.app.plot.PlotPane;

/// The insights as tabs, with the knobs at their side. Only the tab that shows is kept up to date,
/// and only its content is in the scene: JavaFX walks every node there is on each frame, those of
/// closed tabs too.
final class InsightDock extends BorderPane {

    private final TabPane tabs = new InsightTabs();
    private final List<Page> pages = new ArrayList<>();
    private final Surroundings surroundings;
    private final KnobPanel knobs;

    /// An insight and what its tab shows of it.
    private record Page(InsightView view, Tab tab, HeadBar head, Node content) {}

    InsightDock(TrainingViewModel model, Surroundings surroundings) {
        getStyleClass().add("insight");
        Plots plots = new Plots(surroundings);
        this.surroundings = surroundings;
        List<InsightView> own =
                List.of(
                        new LossView(model, plots),
                        new SurvivalView(model, plots),
                        new GradientView(model, plots),
                        new ReuseView(model, plots),
                        new CutView(model, plots::pane),
                        new SeesView(model, plots::pane),
                        new ConfusionView(model, plots),
                        new TimingView(model, plots::pane));
        own.forEach(this::add);
        knobs = new KnobPanel(model, surroundings::refuse);
        ScrollPane scroll = new ScrollPane(knobs);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("knobs-scroll");
        scroll.setMinHeight(0);
        setCenter(tabs);
        setRight(scroll);
        setMinHeight(0);
        tabs.getSelectionModel().selectedItemProperty().subscribe(_ -> turn());
    }

    /// Brings the content of the chosen tab, and only that, into the scene.
    private void turn() {
        Page open = open();
        pages.forEach(page -> page.tab().setContent(page == open ? page.content() : null));
        update();
    }

    private Page open() {
        return pages.get(Math.max(0, tabs.getSelectionModel().getSelectedIndex()));
    }

    /// Hears when another tab shows.
    void onShown(Runnable heard) {
        tabs.getSelectionModel().selectedIndexProperty().subscribe(_ -> heard.run());
    }

    /// Puts one more tab behind the others.
    void add(InsightView view) {
        Page page = page(view, surroundings);
        pages.add(page);
        tabs.getTabs().add(page.tab());
    }

    /// Shows the n-th tab, from 0.
    void select(int tab) {
        tabs.getSelectionModel().select(tab);
    }

    List<String> titles() {
        return pages.stream().map(p -> p.view().head().title()).toList();
    }

    List<String> icons() {
        return pages.stream().map(p -> p.view().head().icon()).toList();
    }

    /// Takes over new telemetry.
    void update() {
        Page open = open();
        open.view().update();
        open.head().show(open.view().head());
        knobs.refresh();
    }

    /// Redraws what changed; at every beat.
    void refresh() {
        open().view().refresh();
    }

    private static Page page(InsightView view, Surroundings surroundings) {
        view.controls().getStyleClass().add("view-controls");
        List<Node> atEnd = new ArrayList<>(List.of(view.controls()));
        if (hasFigures(view.node())) {
            atEnd.add(saveButton(view));
        }
        HeadBar head = new HeadBar(view.head(), atEnd, surroundings::browse);
        // The keyboard goes from child to child: what stands above comes first.
        BorderPane content = new BorderPane();
        content.setTop(head);
        content.setCenter(view.node());
        content.setMinWidth(0);
        content.getStyleClass().add("insight-page");
        // Where large text leaves too little height, a view keeps its own and scrolls.
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        scroll.setMinSize(0, 0);
        scroll.getStyleClass().add("insight-scroll");
        Tab tab = new Tab(view.head().title());
        tab.setGraphic(new FontIcon(view.head().icon()));
        tab.setTooltip(new Tooltip(view.head().title()));
        return new Page(view, tab, head, scroll);
    }

    /// Saves the figures that show in a view.
    private static MenuButton saveButton(InsightView view) {
        MenuButton button = new MenuButton(null, new FontIcon("mdal-get_app"));
        button.getStyleClass().addAll("button-icon", "flat", "small");
        button.setTooltip(new Tooltip("Save a figure as a picture or its numbers as a table"));
        button.setAccessibleText("Save a figure");
        button.getItems().setAll(new MenuItem("nothing shows"));
        button.setOnShowing(_ -> {
            List<MenuItem> items = new ArrayList<>();
            panes(view.node(), items);
            button.getItems().setAll(items);
        });
        return button;
    }

    private static boolean hasFigures(Node node) {
        return node instanceof PlotPane
                || (node instanceof Parent parent
                        && parent.getChildrenUnmodifiable().stream()
                                .anyMatch(InsightDock::hasFigures));
    }

    private static void panes(Node node, List<MenuItem> items) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof PlotPane pane) {
            items.addAll(pane.saves());
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> panes(child, items));
        }
    }

    @Override
    public String getUserAgentStylesheet() {
        return Objects.requireNonNull(InsightDock.class.getResource("training.css"))
                .toExternalForm();
    }
}
