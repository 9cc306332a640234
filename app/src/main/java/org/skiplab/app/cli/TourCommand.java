package org.skiplab.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.skiplab.app.tour.Tour;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `skiplab tour --out DIR`: the window without a display.
@Command(
        name = "tour",
        description =
                "Opens the window offscreen, composes and trains in it, and writes a picture of"
                        + " every view.",
        mixinStandardHelpOptions = true)
final class TourCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "skiplab-tour",
            description = "Folder for the pictures (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("");

    TourCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        new Tour(out, terminal::line).run();
        return 0;
    }
}
