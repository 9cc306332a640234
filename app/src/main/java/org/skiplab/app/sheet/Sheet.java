package org.skiplab.app.sheet;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.theme.AppStyles;

/// A titled panel over the whole window. While it is open the focus stays on it.
public class Sheet extends StackPane {

    private final BorderPane panel = new BorderPane();
    private final HBox head = new HBox(12);
    private Subscription focus = Subscription.EMPTY;
    private @Nullable Node before;
    private @Nullable Node inside;

    /// @param width most the panel takes, in pixels
    /// @param height most the panel takes, in pixels
    protected Sheet(String id, String title, double width, double height) {
        setId(id);
        getStyleClass().addAll("scrim", "sheet-scrim");
        setVisible(false);
        setManaged(false);
        setAlignment(Pos.CENTER);
        Label name = new Label(title);
        name.getStyleClass().add("sheet-title");
        name.setMinWidth(Region.USE_PREF_SIZE);
        Button close = new Button("", new FontIcon("mdal-close"));
        close.getStyleClass().addAll("flat", AppStyles.ICON_BUTTON);
        close.setAccessibleText("Close " + title);
        close.setOnAction(_ -> close());
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        head.getChildren().addAll(name, spacer, close);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("sheet-head");
        panel.getStyleClass().add("sheet");
        panel.setTop(head);
        panel.setMaxSize(width, height);
        panel.setAccessibleRole(AccessibleRole.DIALOG);
        panel.setAccessibleText(title);
        getChildren().add(panel);
        setOnMousePressed(e -> {
            if (e.getTarget() == this) {
                close();
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, this::escape);
        addEventHandler(KeyEvent.KEY_PRESSED, Sheet::swallow);
    }

    /// Puts controls beside the title.
    protected final void tools(Node... tools) {
        head.getChildren().addAll(1, List.of(tools));
    }

    protected final void content(Node node) {
        panel.setCenter(node);
    }

    public final boolean isOpen() {
        return isVisible();
    }

    /// Shows the sheet with the keyboard on `first`.
    protected final void open(Node first) {
        Scene scene = getScene();
        if (!isVisible()) {
            before = scene.getFocusOwner();
        }
        setManaged(true);
        setVisible(true);
        inside = first;
        first.requestFocus();
        focus.unsubscribe();
        focus = scene.focusOwnerProperty().subscribe(this::keepFocus);
    }

    public final void close() {
        if (!isVisible()) {
            return;
        }
        focus.unsubscribe();
        setVisible(false);
        setManaged(false);
        closed();
        if (before != null) {
            before.requestFocus();
        }
    }

    /// Called when the sheet has been closed.
    protected void closed() {}

    /// Before any list or field on the sheet makes something else of the key.
    private void escape(KeyEvent e) {
        if (e.getCode() == KeyCode.ESCAPE) {
            close();
            e.consume();
        }
    }

    /// Keys mean nothing to the window below, but for combinations such as Ctrl+K.
    private static void swallow(KeyEvent e) {
        if (!e.isShortcutDown() && !e.isAltDown()) {
            e.consume();
        }
    }

    /// Tab must not lead below the sheet.
    private void keepFocus(@Nullable Node owner) {
        if (owner == null) {
            return;
        }
        for (Node at = owner; at != null; at = at.getParent()) {
            if (at == this) {
                inside = owner;
                return;
            }
            if (at instanceof Sheet || at.getStyleClass().contains("scrim")) {
                return;
            }
        }
        if (inside != null) {
            inside.requestFocus();
        }
    }
}
