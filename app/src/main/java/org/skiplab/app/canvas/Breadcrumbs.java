package org.skiplab.app.canvas;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.theme.AppStyles;

/// Where one is while inside a block: the network, then the blocks that were gone into. Each leads
/// back to itself.
public final class Breadcrumbs extends HBox {

    private final CanvasViewModel model;

    public Breadcrumbs(CanvasViewModel model) {
        this.model = model;
        setId("breadcrumbs");
        getStyleClass().add("breadcrumbs");
        setAlignment(Pos.CENTER_LEFT);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        model.pathProperty().subscribe(this::show);
        model.document().designProperty().subscribe(_ -> show(model.pathProperty().get()));
    }

    private void show(List<String> path) {
        getChildren().clear();
        setVisible(!path.isEmpty());
        if (path.isEmpty()) {
            return;
        }
        getChildren().add(crumb(model.document().network().name(), 0));
        for (int depth = 1; depth <= path.size(); depth++) {
            getChildren().add(new FontIcon("mdal-chevron_right"));
            if (depth < path.size()) {
                getChildren().add(crumb(path.get(depth - 1), depth));
            } else {
                Label here = new Label(path.get(depth - 1));
                here.getStyleClass().add(AppStyles.STRONG);
                getChildren().add(here);
            }
        }
        Label hint = new Label("made by its settings · Esc leads back");
        hint.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
        getChildren().add(hint);
    }

    private Button crumb(String title, int depth) {
        Button button = new Button(title);
        button.setId("crumb-" + depth);
        button.getStyleClass().addAll("flat", "crumb");
        button.setAccessibleText("Back to " + title);
        button.setOnAction(_ -> model.leaveTo(depth));
        return button;
    }
}
