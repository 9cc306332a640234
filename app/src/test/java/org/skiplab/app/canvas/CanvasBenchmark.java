package org.skiplab.app.canvas;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.skiplab.app.Desktop;
import org.skiplab.app.Fixture;
import org.skiplab.app.MainWindow;
import org.skiplab.app.Workbench;
import org.skiplab.app.document.Dialogs;
import org.skiplab.app.fx.Background;
import org.skiplab.app.fx.BackgroundThread;
import org.skiplab.app.fx.Toolkit;
import org.skiplab.app.settings.AppDirs;
import org.skiplab.app.theme.Theme;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Wire;
import org.skiplab.engine.graph.edit.Catalogue;

/// Prints how fast the canvas is: from a gesture to the screen, and frame by frame while panning
/// and zooming, some 20 seconds a network. Run it with `-Djavafx.animation.fullspeed=true`, so that
/// a frame takes as long as its work. On a display (`-Dglass.platform=gtk` under Xvfb) the window
/// is 1600×1000; the headless platform has room for 1000×1000.
public final class CanvasBenchmark {

    private static final int GESTURES = 12;
    private static final int FRAMES = 120;

    private final Workbench bench;
    private final MainWindow window;
    private final Scene scene;
    private final double[] called = new double[GESTURES];
    private final double[] placed = new double[GESTURES];
    private final List<Double> layouts = new ArrayList<>();
    private final List<Double> layoutsOnFx = new ArrayList<>();

    private CanvasBenchmark(Path state, Background files, Background layoutThread) {
        Fixture dialogs = new Fixture(state);
        dialogs.unsaved = Dialogs.Unsaved.DISCARD;
        Background timed =
                new Background() {
                    @Override
                    public <T> void run(
                            Callable<T> work, Consumer<T> done, Consumer<Exception> failed) {
                        layoutThread.run(
                                () -> {
                                    long start = System.nanoTime();
                                    T result = work.call();
                                    boolean fx = Platform.isFxApplicationThread();
                                    (fx ? layoutsOnFx : layouts).add(millis(start));
                                    return result;
                                },
                                done,
                                failed);
                    }
                };
        bench =
                Workbench.of(
                        new AppDirs(state, state),
                        dialogs,
                        files,
                        files,
                        timed,
                        Duration.ofSeconds(1));
        window =
                new MainWindow(
                        bench,
                        new Desktop() {
                            @Override
                            public void browse(String address) {}

                            @Override
                            public void quit() {}
                        },
                        Optional.empty());
        boolean headless = "Headless".equals(System.getProperty("glass.platform"));
        scene = new Scene(window.root(), headless ? 1000 : 1600, 1000);
        new Theme(bench.settings().theme(), bench.settings().textSize()).install(scene);
        Stage stage = new Stage();
        stage.setScene(scene);
        stage.show();
    }

    /// @param arguments presets; by default those that the figures are about, all of them in about
    ///   a minute
    public static void main(String[] arguments) throws Exception {
        Path state = Files.createTempDirectory("canvas-benchmark");
        if ("Headless".equals(System.getProperty("glass.platform"))) {
            Toolkit.startOffscreen();
        } else {
            Platform.setImplicitExit(false);
            Platform.startup(() -> {});
        }
        List<String> chosen =
                arguments.length > 0
                        ? List.of(arguments)
                        : List.of("densenet-bc-100-12", "densenet-201", "preact-resnet-1001");
        BackgroundThread files = new BackgroundThread("benchmark-files");
        BackgroundThread layoutThread = new BackgroundThread("benchmark-layouts");
        CanvasBenchmark benchmark =
                Toolkit.call(() -> new CanvasBenchmark(state, files, layoutThread));
        System.out.printf(
                Locale.ROOT,
                "window %.0f×%.0f, %.1f s to open%n",
                benchmark.scene.getWidth(),
                benchmark.scene.getHeight(),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        benchmark.warm();
        for (String preset : chosen) {
            benchmark.run(preset, false);
            benchmark.run(preset, true);
        }
        System.out.printf(
                Locale.ROOT,
                "layouts: %d on the layout thread, longest %.1f ms; on the FX thread %d, longest"
                        + " %.1f ms%n",
                benchmark.layouts.size(),
                benchmark.layouts.stream().mapToDouble(d -> d).max().orElse(0),
                benchmark.layoutsOnFx.size(),
                benchmark.layoutsOnFx.stream().mapToDouble(d -> d).max().orElse(0));
        System.exit(0);
    }

    /// Lets the compiler see gestures and motion before they are measured.
    private void warm() throws Exception {
        open("resnet-8", false);
        for (int i = 0; i < 2 * GESTURES; i++) {
            gesture(i % GESTURES);
        }
        frames(i -> bench.canvas().viewport().pan(i % 2 == 0 ? 9 : -8, 1));
    }

    private void open(String preset, boolean layers) throws Exception {
        Network network = Presets.get(preset).network();
        Toolkit.call(() -> {
            bench.document().start(layers ? network.expanded() : network);
            bench.canvas().foldAll(false);
            return true;
        });
        settle();
        settle();
    }

    /// @param layers whether the network is taken apart into single layers; else only its identical
    ///   blocks are unfolded
    private void run(String preset, boolean layers) throws Exception {
        open(preset, layers);
        int cards = bench.canvas().scenery().diagram().cards().size();
        double[] gestures = new double[GESTURES];
        for (int i = 0; i < GESTURES; i++) {
            gestures[i] = gesture(i);
        }
        report(preset, layers, cards, "… handled", called);
        report(preset, layers, cards, "… laid out", placed);
        report(preset, layers, cards, "gesture to screen", gestures);
        Viewport viewport = bench.canvas().viewport();
        double width = window.canvas().getWidth();
        double height = window.canvas().getHeight();
        report(
                preset,
                layers,
                cards,
                "pan, fitted",
                frames(i -> viewport.pan(i % 2 == 0 ? 9 : -8, 1)));
        for (double zoom : new double[] {0.1, 0.25, 1, 2.5}) {
            Toolkit.call(() -> {
                viewport.zoomAt(width / 2, height / 2, zoom / viewport.zoom());
                viewport.centre(
                        bench.canvas()
                                .scenery()
                                .box(bench.canvas().scenery().diagram().cards().get(cards / 2))
                                .centre());
                return true;
            });
            settle();
            report(
                    preset,
                    layers,
                    cards,
                    "pan at " + zoom,
                    frames(i -> viewport.pan(i < FRAMES / 2 ? 11 : -11, 0)));
        }
        Toolkit.call(() -> {
            viewport.zoomAt(width / 2, height / 2, 0.02 / viewport.zoom());
            return true;
        });
        double factor = Math.pow(150, 2.0 / FRAMES);
        report(
                preset,
                layers,
                cards,
                "zoom 0.02 … 3",
                frames(i ->
                        viewport.zoomAt(
                                width / 2, height / 2, i < FRAMES / 2 ? factor : 1 / factor)));
    }

    /// Inserts a layer in the middle, and undoes it; the time until the frame with it is rendered.
    private double gesture(int turn) throws Exception {
        CanvasViewModel canvas = bench.canvas();
        CountDownLatch seen = new CountDownLatch(1);
        long[] start = new long[1];
        Toolkit.call(() -> {
            AtomicInteger frames = new AtomicInteger(-1);
            AnimationTimer timer =
                    new AnimationTimer() {
                        @Override
                        public void handle(long now) {
                            // The second frame begins only when the first one is rendered.
                            if (frames.get() >= 0 && frames.incrementAndGet() == 3) {
                                stop();
                                seen.countDown();
                            }
                        }
                    };
            timer.start();
            canvas.sceneryProperty()
                    .subscribe((_, _) -> {
                        if (frames.compareAndSet(-1, 0)) {
                            placed[turn] = millis(start[0]);
                        }
                    });
            start[0] = System.nanoTime();
            if (turn % 2 == 0) {
                List<Wire> wires = bench.document().network().wires();
                canvas.edits()
                        .drop(
                                new Cargo.Fresh(Catalogue.RELU),
                                new Target.OnWire(wires.get(wires.size() / 2)));
            } else {
                bench.document().undo();
            }
            called[turn] = millis(start[0]);
            return true;
        });
        seen.await();
        double time = millis(start[0]);
        settle();
        return time;
    }

    private double[] frames(IntConsumer move) throws Exception {
        double[] times = new double[FRAMES];
        CountDownLatch done = new CountDownLatch(1);
        Toolkit.call(() -> {
            new AnimationTimer() {
                private int frame = -3;
                private long last;

                @Override
                public void handle(long now) {
                    long time = System.nanoTime();
                    if (frame > 0) {
                        times[frame - 1] = (time - last) / 1e6;
                    }
                    last = time;
                    if (frame == FRAMES) {
                        stop();
                        done.countDown();
                        return;
                    }
                    move.accept(Math.max(0, frame));
                    frame++;
                }
            }.start();
            return true;
        });
        done.await();
        return times;
    }

    private static void settle() throws Exception {
        for (int i = 0; i < 4; i++) {
            Thread.sleep(60);
            Toolkit.call(() -> true);
        }
    }

    private static void report(
            String preset, boolean layers, int cards, String what, double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).average().orElse(0);
        System.out.printf(
                Locale.ROOT,
                "%-20s %5d cards %-8s %-18s mean %6.1f  p50 %6.1f  p95 %6.1f  p99 %6.1f  most %6.1f"
                        + " ms  %5.0f/s%n",
                preset,
                cards,
                layers ? "layers" : "blocks",
                what,
                mean,
                at(sorted, 0.5),
                at(sorted, 0.95),
                at(sorted, 0.99),
                sorted[sorted.length - 1],
                1000 / mean);
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
