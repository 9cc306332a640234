package org.skiplab.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skiplab.app.diagram.DiagramPicture;
import org.skiplab.app.diagram.Ink;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.fx.Pictures;
import org.skiplab.app.fx.Toolkit;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.file.WholeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skiplab draw DESIGN --out FILE.svg|png`: the picture that the canvas shows.
@Command(
        name = "draw",
        description = "Draws a network as the canvas shows it, as SVG or PNG.",
        mixinStandardHelpOptions = true)
final class DrawCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private DesignArgument design = new DesignArgument();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The picture; the ending .svg or .png says which kind.")
    private Path out = Path.of("");

    @Option(names = "--dark", description = "Light on dark.")
    private boolean dark;

    @Option(names = "--unfold", description = "Show identical blocks one by one.")
    private boolean unfold;

    @Option(
            names = "--scale",
            paramLabel = "X",
            defaultValue = "2",
            description = "Pixels of a PNG for one of the canvas (default: ${DEFAULT-VALUE}).")
    private double scale = 2;

    DrawCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        String name = out.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".svg") && !name.endsWith(".png")) {
            throw CommandFailure.wrongUse("'" + out + "' must end in .svg or .png");
        }
        if (!(scale > 0 && scale <= 20)) {
            throw CommandFailure.wrongUse("--scale must be above 0 and at most 20");
        }
        DiagramPicture picture = picture(design.read().network());
        try {
            if (name.endsWith(".svg")) {
                Files.writeString(out, picture.svg());
            } else {
                png(picture);
            }
        } catch (IOException e) {
            throw unwritten(e);
        } catch (UncheckedIOException e) {
            throw unwritten(Objects.requireNonNull(e.getCause()));
        }
        terminal.line(out.toString());
        return 0;
    }

    private CommandFailure unwritten(IOException e) {
        return CommandFailure.failed(
                "'"
                        + out
                        + "' cannot be written ("
                        + WholeFile.reason(e)
                        + "); choose another file");
    }

    private DiagramPicture picture(Network network) {
        Map<String, Boolean> folding = new HashMap<>();
        if (unfold) {
            network.nodes().forEach(n -> folding.put(n.id(), false));
        }
        Scenery scenery = Scenery.of(Analysis.of(network), folding, Map.of());
        return new DiagramPicture(scenery, Ink.of(dark), Optional.empty());
    }

    private void png(DiagramPicture picture) throws Exception {
        if (picture.tooLarge(scale)) {
            throw CommandFailure.failed(
                    String.format(
                            Locale.ROOT,
                            "the picture would have %.0f × %.0f pixels; choose a smaller --scale,"
                                    + " or an .svg file",
                            picture.width() * scale,
                            picture.height() * scale));
        }
        Toolkit.startOffscreen();
        Toolkit.call(() -> {
            Pictures.writePng(picture.image(scale), out);
            return null;
        });
    }
}
