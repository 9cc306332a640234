package org.skiplab.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.skiplab.app.fx.Toolkit;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.FigureFile;
import org.skiplab.app.plot.Palette;
import org.skiplab.app.training.RunFigures;
import org.skiplab.engine.export.CheckpointFile;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import org.skiplab.engine.graph.file.WholeFile;
import org.skiplab.engine.graph.file.Writing;
import org.skiplab.engine.train.Checkpoint;
import org.skiplab.engine.train.Telemetry;

/// What a run leaves in its folder beside `metrics.csv` and `run.json`.
final class RunOutput {

    private static final double WIDTH = 900;
    private static final double HEIGHT = 420;

    private final Path folder;

    RunOutput(Path folder) {
        this.folder = folder;
    }

    /// `weights.npz`: all arrays, running statistics included.
    void weights(Checkpoint state) throws CommandFailure {
        write(RunFolder.WEIGHTS, file -> CheckpointFile.writeWeights(state, file));
    }

    /// `run.json`: what was trained on what and how, and how it ended.
    void report(RunReport report) throws CommandFailure {
        write("run.json", report::write);
    }

    private void write(String name, WholeFile.Content content) throws CommandFailure {
        Path file = folder.resolve(name);
        try {
            content.write(file);
        } catch (IOException e) {
            throw CommandFailure.failed(
                    file + ": it cannot be written (" + WholeFile.reason(e) + "); make room there");
        }
    }

    /// `design.skiplab`: the network that the weights belong to.
    void design(Network network) throws CommandFailure {
        switch (DesignFile.write(folder.resolve(RunFolder.DESIGN), Design.of(network))) {
            case Writing.Written _ -> {}
            case Writing.Unwritten problem -> throw CommandFailure.failed(problem.toString());
        }
    }

    /// A PNG of every insight that the run has something for, drawn by JavaFX without a display.
    ///
    /// @param batch images per mini-batch
    void plots(Telemetry run, Network network, int batch, List<String> classNames)
            throws CommandFailure {
        Map<String, Figure> figures = RunFigures.of(run, network, batch, classNames);
        try {
            Toolkit.startOffscreen();
            Toolkit.call(() -> {
                for (Map.Entry<String, Figure> figure : figures.entrySet()) {
                    Path file = folder.resolve(figure.getKey() + ".png");
                    FigureFile.PNG.write(figure.getValue(), WIDTH, HEIGHT, Palette.PAPER, file);
                }
                return true;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw CommandFailure.failed(
                    folder
                            + ": the plots cannot be drawn ("
                            + e.getMessage()
                            + "); make room there");
        }
    }
}
