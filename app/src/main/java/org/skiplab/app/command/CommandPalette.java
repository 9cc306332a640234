package org.skiplab.app.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.theme.AppStyles;

/// A field in which one types what one wants, over the window: finds every enabled action by parts
/// of its name.
public final class CommandPalette extends StackPane {

    private static final int ROWS = 9;

    private final Supplier<List<Action>> actions;
    private final TextField field = new TextField();
    private final ObservableList<Action> found = FXCollections.observableArrayList();
    private final ListView<Action> list = new ListView<>(found);
    private @Nullable Node before;

    /// @param actions asked each time the palette opens
    public CommandPalette(Supplier<List<Action>> actions) {
        this.actions = actions;
        setId("command-palette");
        getStyleClass().add("scrim");
        setVisible(false);
        setAlignment(Pos.TOP_CENTER);
        field.setPromptText("Type a command, a block or a preset");
        field.getStyleClass().add("command-field");
        field.setAccessibleText("Find a command");
        list.setFixedCellSize(-1);
        list.getStyleClass().add("command-list");
        list.setCellFactory(_ -> new Row());
        list.setFocusTraversable(false);
        Label nothing = new Label("No command has these letters");
        nothing.getStyleClass().add(AppStyles.MUTED);
        list.setPlaceholder(nothing);
        VBox box = new VBox(field, list);
        box.getStyleClass().add("command-box");
        box.setMaxSize(560, Region.USE_PREF_SIZE);
        getChildren().add(box);
        setOnMousePressed(e -> {
            if (e.getTarget() == this) {
                close();
            }
        });
        field.textProperty().subscribe(_ -> filter());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, _ -> runSelected());
    }

    /// Opens with an empty field, or with `text` in it.
    public void open(String text) {
        before = getScene().getFocusOwner();
        setVisible(true);
        field.setText(text);
        filter();
        field.requestFocus();
        field.end();
    }

    public void close() {
        setVisible(false);
        if (before != null) {
            before.requestFocus();
        }
    }

    private void key(KeyEvent e) {
        KeyCode code = e.getCode();
        switch (code) {
            case ESCAPE -> close();
            case ENTER -> runSelected();
            case DOWN -> move(1);
            case UP -> move(-1);
            case PAGE_DOWN -> move(ROWS);
            case PAGE_UP -> move(-ROWS);
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void move(int by) {
        if (!found.isEmpty()) {
            int at =
                    Math.clamp(
                            list.getSelectionModel().getSelectedIndex() + by, 0, found.size() - 1);
            list.getSelectionModel().select(at);
            list.scrollTo(Math.max(0, at - ROWS / 2));
        }
    }

    private void runSelected() {
        Optional<Action> action = Optional.ofNullable(list.getSelectionModel().getSelectedItem());
        if (action.isPresent()) {
            close();
            action.get().run();
        }
    }

    private void filter() {
        found.setAll(CommandSearch.find(actions.get(), field.getText()));
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
    }

    /// A row of the list: icon, title, key.
    private static final class Row extends ListCell<Action> {
        private final Label title = new Label();
        private final Label key = new Label();
        private final FontIcon icon = new FontIcon();
        private final HBox box = new HBox(10, icon, title, key);

        Row() {
            box.setAlignment(Pos.CENTER_LEFT);
            HBox.setHgrow(title, Priority.ALWAYS);
            title.setMaxWidth(Double.MAX_VALUE);
            key.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
            key.setMinWidth(Region.USE_PREF_SIZE);
            setAccessibleRole(AccessibleRole.LIST_ITEM);
        }

        @Override
        protected void updateItem(@Nullable Action action, boolean empty) {
            super.updateItem(action, empty);
            if (action == null || empty) {
                setGraphic(null);
                return;
            }
            title.setText(action.title().get());
            key.setText(Actions.keyText(action));
            String literal = action.icon();
            icon.setIconLiteral(literal == null ? "mdal-chevron_right" : literal);
            setGraphic(box);
            setAccessibleText(action.title().get().toLowerCase(Locale.ROOT));
        }
    }
}
