package org.skiplab.app.run;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.paint.Color;
import org.skiplab.app.insight.Controls;
import org.skiplab.app.insight.IconButton;
import org.skiplab.app.insight.InsightHead;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.training.ComparedCurves;
import org.skiplab.app.training.Plots;

/// The kept runs as a table, the chosen ones over one another in a chart, and what can be done with
/// the selected one.
public final class RunsView implements InsightView {

    private static final InsightHead HEAD =
            new InsightHead(
                    "Runs",
                    "mdal-history",
                    "Every run is kept. Tick runs to compare them; open or branch one to go on from it.",
                    ComparedCurves.FORMULA,
                    ComparedCurves.SOURCE);

    private static final String WAITING =
            "Nothing to compare yet\nTick runs in the table: their curves lie over one another here.";

    private final ComparedCurves curves;
    private final RunTable table;
    private final BorderPane node = new BorderPane();
    private final Controls controls = new Controls(6);
    private Color tinted = Color.TRANSPARENT;

    public RunsView(RunsViewModel model, Plots plots) {
        curves = new ComparedCurves(plots, WAITING);
        table = new RunTable(model, curves::colour);
        HBox both = new HBox(table.node(), curves.node());
        both.setMinHeight(0);
        table.node().prefWidthProperty().bind(both.widthProperty().multiply(0.58));
        curves.node().prefWidthProperty().bind(both.widthProperty().multiply(0.42));
        node.setCenter(both);
        node.setMinHeight(0);
        BranchForm branch = new BranchForm(model, table::selected);
        branch.node().disableProperty().bind(nothingSelected());
        controls.getChildren()
                .setAll(
                        button(
                                "open",
                                "mdal-folder_open",
                                "Put its network on the canvas with the weights it learned",
                                model::open),
                        button(
                                "rename",
                                "mdal-border_color",
                                "Give it another name (or double-click the name)",
                                _ -> table.rename()),
                        button(
                                "export",
                                "mdal-get_app",
                                "Write metrics.csv, weights.npz, run.json and the design into a folder",
                                model::export),
                        button(
                                "delete",
                                "mdal-delete_outline",
                                "Delete it; it can be brought back",
                                model::delete),
                        branch.node(),
                        curves.choice());
        model.runsProperty().subscribe(table::list);
        model.curvesProperty().subscribe(this::draw);
    }

    private BooleanBinding nothingSelected() {
        return table.node().getSelectionModel().selectedItemProperty().isNull();
    }

    private Button button(String title, String icon, String tip, Consumer<KeptRun> action) {
        Button button = IconButton.of(icon, tip);
        button.setId("run-" + title);
        button.disableProperty().bind(nothingSelected());
        button.setOnAction(_ -> {
            KeptRun run = table.selected();
            if (run != null) {
                action.accept(run);
            }
        });
        return button;
    }

    private void draw(List<RunsViewModel.Curve> chosen) {
        curves.show(
                chosen.stream()
                        .map(c -> new ComparedCurves.Curve(c.run().name(), c.colour(), c.history()))
                        .toList());
        table.node().refresh();
    }

    @Override
    public InsightHead head() {
        return HEAD;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Node controls() {
        return controls;
    }

    @Override
    public void update() {}

    @Override
    public void refresh() {
        curves.refresh();
        if (!curves.colour(0).equals(tinted)) {
            tinted = curves.colour(0);
            table.node().refresh();
        }
    }
}
