package org.skiplab.app.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.FigureFile;
import org.skiplab.app.plot.PlotPane;

/// Makes panes whose figures can be saved.
public final class Plots {

    private final Surroundings surroundings;

    public Plots(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public PlotPane pane(Figure figure) {
        return new PlotPane(figure, this::save);
    }

    private void save(PlotPane pane, FigureFile kind) {
        String name =
                pane.figure()
                                .title()
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9]+", "-")
                                .replaceAll("-$", "")
                        + "."
                        + kind.extension();
        surroundings.chooseFile(name, kind).ifPresent(file -> write(pane, kind, file));
    }

    private void write(PlotPane pane, FigureFile kind, Path file) {
        // What the pointer or the keyboard pointed at is no part of the picture.
        pane.figure().leave();
        try {
            kind.write(pane.figure(), pane.getWidth(), pane.getHeight(), pane.palette(), file);
            surroundings.tell("Saved " + file);
        } catch (IOException e) {
            surroundings.warn(
                    file + " could not be written: " + e.getMessage() + "; choose another place");
        }
    }
}
