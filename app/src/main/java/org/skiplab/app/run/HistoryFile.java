package org.skiplab.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skiplab.engine.export.Npz;
import org.skiplab.engine.export.NpzReader;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.probe.Readings;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Telemetry;

/// `history.npz` of a kept run: the curves, which gated blocks ran, and the newest confusion
/// matrix. Arrays: `loss`, `accuracy`, `learning_rate` and `first_gradient` per step; `gates`
/// (steps × blocks, the last ones in full) with `gate_sums` over all steps before them; `confusion`
/// (truth × answer).
final class HistoryFile {
    private HistoryFile() {}

    static void write(Telemetry t, Path file) throws IOException {
        try (Npz npz = new Npz(file)) {
            series(npz, "loss", t.loss());
            series(npz, "accuracy", t.accuracy());
            series(npz, "learning_rate", t.learningRate());
            series(npz, "first_gradient", t.firstGradient());
            gates(npz, t.gates());
            if (t.lastEvaluation().isPresent()) {
                int[][] confusion = t.lastEvaluation().get().confusion();
                long[] flat = new long[confusion.length * confusion.length];
                for (int i = 0; i < flat.length; i++) {
                    flat[i] = confusion[i / confusion.length][i % confusion.length];
                }
                npz.longs("confusion", flat);
            }
        }
    }

    private static void series(Npz npz, String name, Series.View view) throws IOException {
        float[] values = new float[view.size()];
        Series.Exact numbers = view.exact();
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i);
        }
        npz.floats(name, values, values.length);
    }

    private static void gates(Npz npz, GateStrip.View gates) throws IOException {
        int blocks = gates.ids().size();
        if (blocks == 0 || gates.steps() == 0) {
            return;
        }
        int from = gates.firstKept();
        float[] rows = new float[(gates.steps() - from) * blocks];
        double[] before = gates.sums().clone();
        for (int i = 0; i < rows.length; i++) {
            rows[i] = gates.survived(i % blocks, from + i / blocks);
            before[i % blocks] -= rows[i];
        }
        float[] sums = new float[blocks];
        for (int b = 0; b < blocks; b++) {
            sums[b] = (float) before[b];
        }
        npz.floats("gates", rows, gates.steps() - from, blocks);
        npz.floats("gate_sums", sums, blocks);
        npz.longs("gate_from", from);
    }

    /// The measurements of a run as they were when it was written.
    ///
    /// @throws IOException with a one-line reason if the file is damaged or is of another run
    static Telemetry read(KeptRun run, Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("its curves are missing");
        }
        Map<String, NpzReader.Array> arrays = NpzReader.read(file);
        Series.View loss = series(arrays, "loss", run.outcome().steps());
        Series.View accuracy = series(arrays, "accuracy", loss.size());
        Series.View rate = series(arrays, "learning_rate", loss.size());
        Series.View first = series(arrays, "first_gradient", Integer.MAX_VALUE);
        if (loss.size() != run.outcome().steps() || accuracy.size() != loss.size()) {
            throw new IOException("its curves are shorter than the run");
        }
        return new Telemetry(
                0,
                Phase.PAUSED,
                "",
                new Telemetry.Progress(
                        run.outcome().planned(),
                        run.outcome().epochs(),
                        run.outcome().steps(),
                        run.outcome().stepsPerEpoch(),
                        0,
                        Double.NaN),
                new Telemetry.Curves(loss, accuracy, rate),
                new Telemetry.Sights(
                        gates(run, arrays), Optional.empty(), first, List.of(), Readings.NONE),
                new Telemetry.Log(evaluations(run, arrays), run.knobs(), List.of()),
                Optional.empty());
    }

    private static Series.View series(Map<String, NpzReader.Array> arrays, String name, int most)
            throws IOException {
        Series series = new Series();
        if (arrays.get(name) instanceof NpzReader.Array.Floats(_, float[] values)) {
            for (int i = 0; i < Math.min(most, values.length); i++) {
                series.append(values[i]);
            }
            return series.view();
        }
        throw new IOException("its curves lack '" + name + "'");
    }

    private static List<Evaluation> evaluations(KeptRun run, Map<String, NpzReader.Array> arrays) {
        List<Evaluation> evaluations = new ArrayList<>();
        for (KeptRun.Test test : run.outcome().tests()) {
            boolean last = test.equals(run.outcome().tests().getLast());
            evaluations.add(
                    new Evaluation(
                            test.epoch(),
                            test.step(),
                            test.loss(),
                            test.accuracy(),
                            last ? confusion(arrays) : new int[0][0]));
        }
        return evaluations;
    }

    private static int[][] confusion(Map<String, NpzReader.Array> arrays) {
        if (!(arrays.get("confusion") instanceof NpzReader.Array.Longs(_, long[] flat))) {
            return new int[0][0];
        }
        int classes = (int) Math.round(Math.sqrt(flat.length));
        int[][] confusion = new int[classes][classes];
        for (int i = 0; i < classes * classes; i++) {
            confusion[i / classes][i % classes] = (int) flat[i];
        }
        return confusion;
    }

    private static GateStrip.View gates(KeptRun run, Map<String, NpzReader.Array> arrays) {
        List<String> ids = List.copyOf(run.network().survivalProbabilities().keySet());
        double[] p =
                run.network().survivalProbabilities().values().stream()
                        .mapToDouble(d -> d)
                        .toArray();
        if (!(arrays.get("gates") instanceof NpzReader.Array.Floats(var shape, float[] rows))
                || !(arrays.get("gate_sums") instanceof NpzReader.Array.Floats(_, float[] sums))
                || !(arrays.get("gate_from") instanceof NpzReader.Array.Longs(_, long[] from))
                || shape.size() != 2
                || shape.getLast() != ids.size()
                || sums.length != ids.size()) {
            return new GateStrip(ids).view(p);
        }
        GateStrip strip = new GateStrip(ids, (int) from[0], sums);
        float[] row = new float[ids.size()];
        for (int i = 0; i < shape.getFirst(); i++) {
            System.arraycopy(rows, i * row.length, row, 0, row.length);
            strip.append(row);
        }
        return strip.view(p);
    }
}
