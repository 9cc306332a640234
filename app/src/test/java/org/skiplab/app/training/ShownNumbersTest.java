package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Parent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.cli.SkipLabCommand;
import org.skiplab.app.cli.Terminal;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.app.tour.Unattended;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.TrainingSettings;
import org.testfx.framework.junit5.ApplicationExtension;

/// What the loss view shows, against the `metrics.csv` that the command line writes for the same
/// run.
@ExtendWith(ApplicationExtension.class)
class ShownNumbersTest {

    private static final DataChoice FEW =
            new DataChoice(
                    "shapes#train=96,test=24",
                    "Few shapes",
                    DataChoice.BUILT_IN.get(1).shape(),
                    DataChoice.BUILT_IN.get(1).classNames());

    @TempDir Path folder;

    @Test
    void theWindowShowsWhatTheCommandLineWrites() throws Exception {
        List<String[]> written = commandLine();
        List<List<String[]>> shown = window();

        assertThat(written).hasSize(12);
        for (int figure = 0; figure < 2; figure++) {
            assertThat(shown.get(figure)).hasSize(12);
            for (int i = 0; i < written.size(); i++) {
                String[] row = shown.get(figure).get(i);
                String[] csv = written.get(i);
                assertThat(row[0]).isEqualTo(csv[1]);
                assertThat(six(row[1])).isEqualTo(six(csv[2 + 2 * figure]));
                assertThat(six(row.length > 3 ? row[3] : "")).isEqualTo(six(csv[3 + 2 * figure]));
            }
        }
    }

    /// To the file's precision, read through a float as the plots keep it.
    private static String six(String number) {
        return number.isEmpty() ? "" : String.format(Locale.ROOT, "%.4f", Float.parseFloat(number));
    }

    private List<String[]> commandLine() throws IOException {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        int exit =
                SkipLabCommand.run(
                        List.of(
                                "train",
                                "resnet-8",
                                "--data",
                                FEW.spec(),
                                "--batch",
                                "16",
                                "--epochs",
                                "2",
                                "--out",
                                folder.toString()),
                        new Terminal(out, out));
        assertThat(exit).as(said.toString()).isZero();
        return rows(Files.readString(folder.resolve("metrics.csv")));
    }

    private static List<String[]> rows(String csv) {
        return csv.lines().skip(1).map(l -> l.split(",", -1)).toList();
    }

    /// Loss and accuracy, as their panes would save them.
    private List<List<String[]>> window() throws Exception {
        SimpleObjectProperty<Network> network =
                new SimpleObjectProperty<>(
                        Presets.get("resnet-8").network(FEW.shape(), FEW.classes()));
        try (TrainingViewModel model =
                new TrainingViewModel(
                        network,
                        List.of(FEW),
                        new EngineTraining(),
                        Runnable::run,
                        TrainingFixture.editing(network))) {
            model.knobs()
                    .settingsProperty()
                    .set(TrainingSettings.DEFAULT.withBatch(16).withEpochs(2));
            model.transport().togglePlay();
            Pulses.until(
                    model,
                    () ->
                            model.telemetryProperty()
                                    .get()
                                    .filter(t -> t.phase() == Phase.FINISHED)
                                    .isPresent());
            LossView view = new LossView(model, new Plots(new Unattended()));
            view.update();
            List<List<String[]>> tables = new ArrayList<>();
            for (PlotPane pane : panes((Parent) view.node())) {
                StringBuilder csv = new StringBuilder();
                pane.figure().csv(csv);
                if (!pane.figure().title().equals("Learning rate")) {
                    tables.add(rows(csv.toString()));
                }
            }
            return tables;
        }
    }

    private static List<PlotPane> panes(Parent parent) {
        List<PlotPane> found = new ArrayList<>();
        for (javafx.scene.Node node : parent.getChildrenUnmodifiable()) {
            switch (node) {
                case PlotPane pane -> found.add(pane);
                case Parent inner -> found.addAll(panes(inner));
                default -> {}
            }
        }
        return found;
    }
}
