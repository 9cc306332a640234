package org.skiplab.app.canvas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.skiplab.app.diagram.DiagramPicture;
import org.skiplab.app.diagram.Ink;
import org.skiplab.app.document.Dialogs;
import org.skiplab.app.fx.Pictures;
import org.skiplab.app.message.Message;
import org.skiplab.app.message.Messages;

/// Takes the picture on the canvas along: into a file, or to the clipboard.
public final class PictureExport {

    private static final double COPY_SCALE = 2;

    private final CanvasViewModel canvas;
    private final Dialogs dialogs;
    private final Messages messages;

    public PictureExport(CanvasViewModel canvas, Dialogs dialogs, Messages messages) {
        this.canvas = canvas;
        this.dialogs = dialogs;
        this.messages = messages;
    }

    /// Asks for a file and writes a drawing of shapes and texts.
    public void svg(boolean dark) {
        dialogs.chooseToExport(name() + ".svg", "SVG drawing")
                .ifPresent(file -> write(file, () -> Files.writeString(file, picture(dark).svg())));
    }

    /// Asks for a file and writes pixels.
    ///
    /// @param scale pixels for one pixel of the canvas at 100 %
    public void png(boolean dark, double scale) {
        DiagramPicture picture = picture(dark);
        if (picture.tooLarge(scale)) {
            messages.show(Message.error(tooLarge(picture, scale)));
            return;
        }
        dialogs.chooseToExport(name() + ".png", "PNG picture")
                .ifPresent(
                        file -> write(file, () -> Pictures.writePng(picture.image(scale), file)));
    }

    /// Asks how large, and for a file, and writes pixels.
    public void png(boolean dark) {
        dialogs.askScale().ifPresent(scale -> png(dark, scale));
    }

    /// Puts the picture on the clipboard.
    public void copy(boolean dark) {
        DiagramPicture picture = picture(dark);
        double scale = picture.tooLarge(COPY_SCALE) ? 1 : COPY_SCALE;
        if (picture.tooLarge(scale)) {
            messages.show(Message.error(tooLarge(picture, scale)));
            return;
        }
        ClipboardContent content = new ClipboardContent();
        content.putImage(picture.image(scale));
        Clipboard.getSystemClipboard().setContent(content);
        messages.show(Message.info("Copied the picture"));
    }

    private DiagramPicture picture(boolean dark) {
        return new DiagramPicture(canvas.scenery(), Ink.of(dark), canvas.heat());
    }

    private String name() {
        return canvas.scenery().analysis().network().name();
    }

    /// Something that writes a file.
    private interface Writing {
        void run() throws IOException;
    }

    private void write(Path file, Writing writing) {
        try {
            writing.run();
            messages.show(Message.info("Saved " + file));
        } catch (IOException | UncheckedIOException e) {
            messages.show(
                    Message.error(
                            "The picture was not saved: "
                                    + Objects.requireNonNullElse(e.getMessage(), "unknown reason")
                                    + "; choose another folder"));
        }
    }

    private static String tooLarge(DiagramPicture picture, double scale) {
        return String.format(
                Locale.ROOT,
                "A picture of %.0f × %.0f pixels is too large; fold identical blocks, choose a"
                        + " smaller scale, or export an SVG drawing",
                picture.width() * scale,
                picture.height() * scale);
    }
}
