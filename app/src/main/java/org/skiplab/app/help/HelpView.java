package org.skiplab.app.help;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.command.Action;
import org.skiplab.app.command.Actions;
import org.skiplab.app.sheet.Sheet;
import org.skiplab.app.theme.AppStyles;

/// The help over the window: pages at the left, the chosen one beside them.
public final class HelpView extends Sheet {

    private final Supplier<List<Action>> actions;
    private final Consumer<String> browse;
    private final ListView<HelpPage> pages = new ListView<>();
    private final ScrollPane page = new ScrollPane();

    /// @param actions every command, for the page of keys
    /// @param browse opens a web address
    public HelpView(Supplier<List<Action>> actions, Consumer<String> browse) {
        super("help", "Help", 980, 760);
        this.actions = actions;
        this.browse = browse;
        pages.setId("help-pages");
        pages.getItems().setAll(HelpPage.values());
        pages.setCellFactory(_ -> new PageCell());
        pages.setAccessibleText("Pages");
        pages.getStyleClass().add("help-pages");
        pages.getSelectionModel()
                .selectedItemProperty()
                .subscribe(p -> {
                    if (p != null) {
                        show(p);
                    }
                });
        page.setFitToWidth(true);
        page.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        page.getStyleClass().add("panel-scroll");
        BorderPane body = new BorderPane(page);
        body.setLeft(pages);
        content(body);
    }

    public void open(HelpPage which) {
        pages.getSelectionModel().clearSelection();
        pages.getSelectionModel().select(which);
        open(pages);
    }

    private void show(HelpPage which) {
        VBox body = new VBox(new MarkdownView(which.text(), browse));
        body.getStyleClass().add("help-page");
        if (which == HelpPage.KEYS) {
            body.getChildren().add(keys());
        }
        page.setContent(body);
        page.setVvalue(0);
    }

    private GridPane keys() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("facts");
        grid.setId("help-keys");
        for (Action action : actions.get()) {
            if (!Actions.keyText(action).isEmpty()) {
                Label key = new Label(Actions.keyText(action));
                key.getStyleClass().add(AppStyles.NUMBER);
                key.setMinWidth(Region.USE_PREF_SIZE);
                grid.addRow(grid.getRowCount(), key, new Label(action.title().get()));
            }
        }
        return grid;
    }

    private static final class PageCell extends ListCell<HelpPage> {
        @Override
        protected void updateItem(@Nullable HelpPage item, boolean empty) {
            super.updateItem(item, empty);
            setText(item == null || empty ? "" : item.title());
        }
    }
}
