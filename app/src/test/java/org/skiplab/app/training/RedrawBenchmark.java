package org.skiplab.app.training;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Pane;
import org.skiplab.app.fx.Toolkit;
import org.skiplab.app.insight.HistoryFigure;
import org.skiplab.app.plot.BarFigure;
import org.skiplab.app.plot.CanvasSurface;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.LineFigure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.Palette;
import org.skiplab.app.plot.Smoothed;
import org.skiplab.app.plot.Tone;
import org.skiplab.app.plot.Viewport;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.probe.DepthHistory;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.probe.Quartiles;
import org.skiplab.engine.train.Series;

/// How long figures take to paint after a million steps: each is given one more step and painted at
/// the size it has in a window of 1600×1000. Prints median and longest time, and the memory that
/// the histories hold.
final class RedrawBenchmark {

    private static final int STEPS = 1_000_000;
    private static final int ROUNDS = 200;
    private static final double WIDTH = 1260;
    private static final double HEIGHT = 330;
    private static final PrintStream OUT = System.out;

    private record Case(Figure figure, Runnable grow) {}

    private RedrawBenchmark() {}

    public static void main(String[] args) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        long before = used();
        Map<String, Case> cases = cases();
        OUT.printf("histories hold %.1f MB%n", (used() - before) / 1e6);
        for (Map.Entry<String, Case> c : cases.entrySet()) {
            double[] times = Toolkit.call(() -> paint(c.getValue()));
            OUT.printf(
                    "%-28s median %.2f ms, longest %.2f ms%n",
                    c.getKey(), Quartiles.median(times), Arrays.stream(times).max().orElseThrow());
        }
        System.exit(0);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /// Painting as the window does it, up to and including the pixels.
    private static double[] paint(Case c) {
        Canvas canvas = new Canvas(WIDTH, HEIGHT);
        Scene scene = new Scene(new Pane(canvas), WIDTH, HEIGHT);
        CanvasSurface surface = new CanvasSurface(canvas.getGraphicsContext2D(), "sans-serif");
        double[] times = new double[ROUNDS];
        for (int i = -20; i < ROUNDS; i++) {
            c.grow().run();
            canvas.getGraphicsContext2D().clearRect(0, 0, WIDTH, HEIGHT);
            long start = System.nanoTime();
            c.figure().paint(surface, WIDTH, HEIGHT, Palette.PAPER);
            times[Math.max(0, i)] = (System.nanoTime() - start) / 1e6;
            if (i % 10 == 0) {
                scene.snapshot(null);
            }
        }
        return times;
    }

    private static Map<String, Case> cases() {
        Random random = new Random(1);
        Series series = new Series();
        for (int i = 0; i < STEPS; i++) {
            series.append((float) (2 / (1 + i * 1e-5) * (1 + 0.1 * random.nextGaussian())));
        }
        Map<String, Case> cases = new LinkedHashMap<>();
        for (boolean logSteps : new boolean[] {false, true}) {
            Viewport viewport = new Viewport();
            viewport.log(logSteps);
            LineFigure line =
                    new LineFigure(
                            new LineFigure.Subject(
                                    "Loss", "train", "test", Numbers::plain, "", false),
                            Tone.TRAIN,
                            viewport,
                            new Smoothed(20));
            cases.put(
                    logSteps ? "loss, log steps" : "loss",
                    new Case(
                            line,
                            () -> {
                                series.append(1);
                                viewport.extent(1, series.view().size());
                                line.update(series.view());
                            }));
        }
        Network deep = Presets.get("stochastic-resnet-110").network();
        List<String> ids = new ArrayList<>(deep.survivalProbabilities().keySet());
        cases.put("film strip, 54 blocks", film(deep, ids, random));
        cases.put("gradient history, 54 blocks", history(ids, random));
        BarFigure bars =
                new BarFigure(new BarFigure.Subject("Gradient", Numbers::plain, "idle", ""));
        cases.put(
                "bars, 54 blocks",
                new Case(
                        bars,
                        () -> {
                            float[] values = new float[ids.size()];
                            for (int b = 0; b < values.length; b++) {
                                values[b] = random.nextFloat() + 1e-3f;
                            }
                            bars.update(ids, values, "");
                        }));
        return cases;
    }

    private static Case film(Network deep, List<String> ids, Random random) {
        double[] p = deep.survivalProbabilities().values().stream().mapToDouble(d -> d).toArray();
        GateStrip strip = new GateStrip(ids);
        for (int i = 0; i < STEPS; i++) {
            append(strip, p, random);
        }
        SurvivalFigure figure = new SurvivalFigure(_ -> {});
        return new Case(
                figure,
                () -> {
                    append(strip, p, random);
                    GateStrip.View view = strip.view(p);
                    figure.update(view, SurvivalStatistics.of(view, deep, List.of(), 64), -1);
                });
    }

    private static void append(GateStrip strip, double[] p, Random random) {
        float[] survived = new float[p.length];
        for (int b = 0; b < p.length; b++) {
            survived[b] = random.nextDouble() < p[b] ? 1 : 0;
        }
        strip.append(survived);
    }

    private static Case history(List<String> ids, Random random) {
        DepthHistory history = new DepthHistory(ids);
        float[] values = new float[ids.size()];
        int[] step = new int[1];
        for (int i = 0; i < STEPS / 5; i++) {
            grow(history, values, step, random);
        }
        HistoryFigure figure = new HistoryFigure("Gradient", "", _ -> {});
        return new Case(
                figure,
                () -> {
                    grow(history, values, step, random);
                    figure.update(history.view());
                });
    }

    private static void grow(DepthHistory history, float[] values, int[] step, Random random) {
        for (int b = 0; b < values.length; b++) {
            values[b] = random.nextFloat() + 1e-3f;
        }
        history.append(step[0] += 5, values);
    }
}
