package org.skiplab.app;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.skiplab.app.command.Action;
import org.skiplab.app.document.Dialogs;
import org.skiplab.app.fx.BackgroundThread;
import org.skiplab.app.fx.Toolkit;
import org.skiplab.app.plot.FigureFile;
import org.skiplab.app.settings.AppDirs;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.EngineTraining;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.Surroundings;
import org.skiplab.app.training.TrainingStudio;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.data.source.DataSource;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.train.Lane;
import org.skiplab.engine.train.Start;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.TrainingSettings;

/// What the window costs training: resnet-20 on colour images, alone as the command line trains it
/// and in the window at 1600×1000 with one insight after the other showing, in turns. Prints both
/// throughputs and the times between frames. Run it with a display (Xvfb will do) and
/// `-Dprism.order=sw`, and nothing else on the machine.
///
/// Arguments: seconds per turn, turns.
final class InsightBenchmark {

    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1000;
    private static final int BATCH = 64;
    private static final PrintStream OUT = System.out;

    private final Network network = Presets.get("resnet-20").network();
    private final DataChoice data =
            DataChoice.BUILT_IN.stream()
                    .filter(c -> c.shape().channels() == 3)
                    .findFirst()
                    .orElseThrow();
    private final TrainingSettings settings =
            TrainingSettings.DEFAULT.withBatch(BATCH).withEpochs(1000);
    private final List<Double> frames = new ArrayList<>();
    private final Map<String, double[]> rates = new LinkedHashMap<>();

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 8;
        int turns = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        new InsightBenchmark().run(seconds, turns);
        System.exit(0);
    }

    private void run(int seconds, int turns) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        Path state = Files.createTempDirectory("skiplab-benchmark");
        try (Window window = Toolkit.call(() -> new Window(state));
                Lane alone = alone()) {
            warmUp(alone, window);
            double[] ratios = new double[turns];
            for (int t = 0; t < turns; t++) {
                // Who goes first alternates, so that a machine that drifts favours neither.
                double bare = t % 2 == 0 ? train(alone, seconds) : 0;
                double shown = window.train(seconds);
                bare = t % 2 == 0 ? bare : train(alone, seconds);
                ratios[t] = shown / bare;
                OUT.printf(
                        "alone %.0f images/s, in the window %.0f: %.1f %%%n",
                        bare, shown, 100 * ratios[t]);
            }
            Arrays.sort(ratios);
            double[] sorted = frames.stream().mapToDouble(d -> d).sorted().toArray();
            rates.forEach((tab, r) ->
                    OUT.printf(
                            "%s: %.0f images/s, the window keeps %.1f %% of a core busy%n",
                            tab, r[0] * BATCH / r[1], 100 * r[2] / r[1]));
            OUT.printf(
                    "throughput in the window: %.1f %% of the command line's, median of %d pairs%n",
                    100 * (ratios[turns / 2] + ratios[(turns - 1) / 2]) / 2, turns);
            OUT.printf(
                    "%d frames: median %.2f ms, 99th percentile %.2f ms, longest %.2f ms%n",
                    sorted.length,
                    sorted[sorted.length / 2],
                    sorted[sorted.length * 99 / 100],
                    sorted[sorted.length - 1]);
        }
    }

    /// What the command line trains with.
    private Lane alone() {
        if (DataSource.open(data.spec()) instanceof DataSource.Opened opened) {
            return new Lane(
                    network, opened.data(), settings, KernelPath.chosen(), Start.INITIAL, _ -> {});
        }
        throw new IllegalStateException(data.spec());
    }

    private void warmUp(Lane alone, Window window) throws Exception {
        train(alone, 2);
        window.train(6);
        frames.clear();
        rates.clear();
    }

    /// Processor time that the threads of the window have taken so far.
    private static double windowSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && (thread.getThreadName().startsWith("JavaFX")
                            || thread.getThreadName().startsWith("QuantumRenderer"))) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos / 1e9;
    }

    /// Images per second of the command line's loop.
    private static double train(Lane lane, int seconds) throws InterruptedException {
        lane.play();
        long start = System.nanoTime();
        long end = start + Duration.ofSeconds(seconds).toNanos();
        int steps = 0;
        while (System.nanoTime() < end) {
            lane.step();
            steps++;
        }
        lane.pause();
        return steps * BATCH * 1e9 / (System.nanoTime() - start);
    }

    /// The window and what stands around it.
    private final class Window implements AutoCloseable {

        private final ExecutorService opener = Executors.newSingleThreadExecutor();
        private final BackgroundThread files = new BackgroundThread("benchmark-files");
        private final BackgroundThread saver = new BackgroundThread("benchmark-saver");
        private final TrainingViewModel training;
        private final TrainingStudio studio;
        private final Stage stage = new Stage();
        private long lastFrame;
        private boolean counting;

        Window(Path state) {
            Workbench bench =
                    Workbench.of(
                            new AppDirs(state, state),
                            new NoDialogs(),
                            files,
                            saver,
                            Duration.ofMillis(500));
            bench.document().start(network);
            training =
                    new TrainingViewModel(
                            bench.document().analysisProperty().map(Analysis::network),
                            List.of(data),
                            new EngineTraining(),
                            opener,
                            NetworkEdits.of(bench.document(), bench.messages()));
            training.settingsProperty().set(settings);
            studio = new TrainingStudio(training, new NoSurroundings());
            MainWindow window = new MainWindow(bench, new NoDesktop(), Optional.of(studio));
            Scene scene = new Scene(window.root(), WIDTH, HEIGHT);
            new Theme(bench.settings().theme(), bench.settings().textSize()).install(scene);
            stage.setScene(scene);
            stage.show();
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    long time = System.nanoTime();
                    if (counting) {
                        frames.add((time - lastFrame) / 1e6);
                    }
                    lastFrame = time;
                }
            }.start();
        }

        /// Images per second while one insight after the other shows.
        double train(int seconds) throws Exception {
            List<Action> tabs =
                    Toolkit.call(() ->
                            studio.actions().stream()
                                    .filter(a -> a.id().startsWith("train.show."))
                                    .toList());
            Toolkit.call(() -> {
                training.togglePlay();
                return null;
            });
            int before = running();
            long start = System.nanoTime();
            counting = true;
            for (int i = 0; i < tabs.size(); i++) {
                Action tab = tabs.get(i);
                Toolkit.call(() -> {
                    tab.run();
                    return null;
                });
                int from = steps();
                double busy = windowSeconds();
                long began = System.nanoTime();
                Thread.sleep(seconds * 1000L / tabs.size());
                double seen = (System.nanoTime() - began) / 1e9;
                rates.merge(
                        tab.title().get(),
                        new double[] {steps() - from, seen, windowSeconds() - busy},
                        (a, b) -> new double[] {a[0] + b[0], a[1] + b[1], a[2] + b[2]});
            }
            counting = false;
            int steps = steps() - before;
            double rate = steps * BATCH * 1e9 / (System.nanoTime() - start);
            Toolkit.call(() -> {
                training.togglePlay();
                return null;
            });
            Thread.sleep(200);
            return rate;
        }

        /// Waits until it trains.
        private int running() throws Exception {
            int first = steps();
            while (steps() == first) {
                Thread.sleep(1);
            }
            return steps();
        }

        private int steps() throws Exception {
            return Toolkit.call(
                    () -> training.telemetryProperty().get().map(Telemetry::step).orElse(0));
        }

        @Override
        public void close() {
            Platform.runLater(() -> {
                studio.close();
                stage.close();
            });
            opener.shutdownNow();
            files.close();
            saver.close();
        }
    }

    private static final class NoDialogs implements Dialogs {
        @Override
        public Optional<Path> chooseToOpen() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> chooseToSave(String suggestion) {
            return Optional.empty();
        }

        @Override
        public Unsaved askUnsaved(String name) {
            return Unsaved.DISCARD;
        }
    }

    private static final class NoDesktop implements Desktop {
        @Override
        public void browse(String address) {}

        @Override
        public void quit() {}
    }

    private static final class NoSurroundings implements Surroundings {
        @Override
        public Optional<Path> chooseFile(String name, FigureFile kind) {
            return Optional.empty();
        }

        @Override
        public void browse(String address) {}

        @Override
        public void tell(String message) {}

        @Override
        public void warn(String message) {}
    }
}
