package org.skiplab.app.message;

import java.util.Locale;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.theme.AppStyles;

/// The newest message at the foot of the canvas. It goes by itself unless something went wrong.
public final class MessageBar extends HBox {

    private static final Duration SHORT = Duration.seconds(5);
    private static final Duration LONG = Duration.seconds(12);

    private final FontIcon icon = new FontIcon();
    private final Label text = new Label();
    private final Button close = new Button("", new FontIcon("mdal-close"));
    private final Messages messages;
    private final PauseTransition pause = new PauseTransition();

    public MessageBar(Messages messages) {
        this.messages = messages;
        setId("message-bar");
        getStyleClass().add("message-bar");
        setAlignment(Pos.CENTER_LEFT);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setAccessibleRole(AccessibleRole.TEXT);
        text.setWrapText(true);
        text.setMaxWidth(560);
        text.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(text, Priority.ALWAYS);
        close.getStyleClass().addAll("flat", AppStyles.ICON_BUTTON);
        close.setAccessibleText("Dismiss the message");
        close.setOnAction(_ -> messages.dismiss());
        pause.setOnFinished(_ -> messages.dismiss());
        messages.newestProperty().subscribe(this::show);
    }

    private void show(Optional<Message> newest) {
        pause.stop();
        setVisible(newest.isPresent());
        if (newest.isEmpty()) {
            return;
        }
        Message message = newest.get();
        getStyleClass().removeAll("info", "offer", "refusal", "error");
        getStyleClass().add(message.kind().name().toLowerCase(Locale.ROOT));
        icon.setIconLiteral(
                switch (message.kind()) {
                    case INFO -> "mdal-check_circle";
                    case OFFER -> "mdal-help";
                    case REFUSAL -> "mdal-info";
                    case ERROR -> "mdal-error";
                });
        text.setText(message.text());
        getChildren().setAll(icon, text);
        message.remedy()
                .ifPresent(action -> {
                    Button button = new Button(action.title().get());
                    button.getStyleClass().add("small");
                    button.setMinWidth(Region.USE_PREF_SIZE);
                    button.setOnAction(_ -> {
                        messages.dismiss();
                        action.run();
                    });
                    getChildren().add(button);
                });
        getChildren().add(close);
        setAccessibleText(message.text());
        notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        switch (message.kind()) {
            case INFO -> hideAfter(SHORT);
            case REFUSAL -> hideAfter(LONG);
            case OFFER, ERROR -> {}
        }
    }

    private void hideAfter(Duration duration) {
        pause.setDuration(duration);
        pause.playFromStart();
    }
}
