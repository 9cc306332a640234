package org.skiplab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.ButtonType;
import javafx.scene.control.DialogPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.skiplab.app.document.FileDialogs;

/// Pictures of the network at a scale that a person types.
class PictureJourneyTest extends WindowJourney {

    PictureJourneyTest() {
        super(700);
    }

    @Test
    void aPictureHasTheScaleThatIsTyped() throws IOException {
        Path plain = export("plain.png");
        hand.fx(() -> {
            window.run("file.picture.png1");
            return true;
        });
        Path scaled = export("scaled.png");
        DialogPane dialog = ask();
        hand.write("25");
        assertThat(dialog.lookupButton(ButtonType.OK).isDisabled()).as("too large").isTrue();
        hand.keys(KeyCode.CONTROL, KeyCode.A);
        hand.write("2");
        assertThat(dialog.lookupButton(ButtonType.OK).isDisabled()).isFalse();
        hand.click(hand.middle(dialog.lookupButton(ButtonType.OK)));
        closed(dialog);

        BufferedImage one = ImageIO.read(plain.toFile());
        BufferedImage two = ImageIO.read(scaled.toFile());
        assertThat(two.getWidth()).isCloseTo(2 * one.getWidth(), within(2));
        assertThat(two.getHeight()).isCloseTo(2 * one.getHeight(), within(2));
    }

    @Test
    void withoutAScaleThereIsNoPicture() {
        Path none = export("none.png");
        DialogPane dialog = ask();
        hand.keys(KeyCode.ESCAPE);
        closed(dialog);

        assertThat(Files.exists(none)).isFalse();
    }

    private Path export(String name) {
        Path file = folder.resolve(name);
        fixture.toExport = Optional.of(file);
        return file;
    }

    /// Opens the question for the scale. The command waits for its answer.
    private DialogPane ask() {
        fixture.scale = () -> new FileDialogs(scene.getWindow()).askScale();
        Platform.runLater(() -> window.run("file.picture.png"));
        Optional<DialogPane> dialog = Optional.empty();
        while (dialog.isEmpty()) {
            hand.pulse();
            dialog = hand.fx(PictureJourneyTest::dialog);
        }
        TextField field = Objects.requireNonNull((TextField) dialog.get().lookup(".text-field"));
        hand.fx(() -> {
            field.requestFocus();
            field.selectAll();
            return true;
        });
        return dialog.get();
    }

    private static Optional<DialogPane> dialog() {
        return Window.getWindows().stream()
                .map(Window::getScene)
                .map(Scene::getRoot)
                .filter(DialogPane.class::isInstance)
                .map(DialogPane.class::cast)
                .findFirst();
    }

    private void closed(DialogPane dialog) {
        while (hand.fx(() -> dialog().filter(d -> d == dialog).isPresent())) {
            hand.pulse();
        }
    }
}
