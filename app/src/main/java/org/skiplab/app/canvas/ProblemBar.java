package org.skiplab.app.canvas;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Problem;

/// Says which block keeps the network from running, why, and what would fix it. Invisible while it
/// can run.
public final class ProblemBar extends HBox {

    private final CanvasViewModel model;
    private final Label why = new Label();
    private final Label fix = new Label();
    private final Button show = new Button("Show block");
    private List<Problem> problems = List.of();
    private int at;

    public ProblemBar(CanvasViewModel model) {
        this.model = model;
        setId("problem-bar");
        getStyleClass().add("problem-bar");
        setAlignment(Pos.CENTER_LEFT);
        why.getStyleClass().add(AppStyles.STRONG);
        why.setWrapText(true);
        fix.setWrapText(true);
        VBox words = new VBox(why, fix);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        show.getStyleClass().add("small");
        show.setMinWidth(Region.USE_PREF_SIZE);
        show.setOnAction(_ -> next());
        getChildren().addAll(new FontIcon("mdal-error_outline"), words, show);
        model.document().analysisProperty().subscribe(this::show);
    }

    private void show(Analysis analysis) {
        // An empty canvas is a beginning, not a fault; the canvas itself says how to go on.
        problems = analysis.network().nodes().isEmpty() ? List.of() : analysis.problems();
        at = 0;
        setVisible(!problems.isEmpty());
        setManaged(!problems.isEmpty());
        if (!problems.isEmpty()) {
            Problem problem = problems.getFirst();
            boolean whole = analysis.network().find(problem.node()).isEmpty();
            why.setText(
                    "Cannot run yet: "
                            + (whole ? "" : problem.node() + ": ")
                            + problem.why()
                            + (problems.size() > 1
                                    ? " (and " + (problems.size() - 1) + " more)"
                                    : ""));
            fix.setText("To fix it: " + problem.fix());
            show.setVisible(!whole);
            show.setText(problems.size() > 1 ? "Show next block" : "Show block");
        }
    }

    private void next() {
        model.showProblem(problems.get(at % problems.size()));
        at++;
    }
}
