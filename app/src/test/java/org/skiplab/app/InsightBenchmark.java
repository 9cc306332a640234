package org.skiplab.app;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
import org.skiplab.app.fx.BackgroundThread;
import org.skiplab.app.fx.Toolkit;
import org.skiplab.app.settings.AppDirs;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.tour.Unattended;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.EngineTraining;
import org.skiplab.app.training.NetworkEdits;
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
/// throughputs, and what processor time the window's threads take in a second, by insight once it
/// shows and over the whole turn.
///
/// The times between frames are measured after that: while it trains by itself the window draws
/// only now and then, so an animation has to ask for every frame, as a person's gesture does.
///
/// Run it with a display (Xvfb will do) and `-Dprism.order=sw`, and nothing else on the machine.
///
/// Arguments: seconds per turn, in which every insight shows once, and turns.
final class InsightBenchmark {

    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1000;
    private static final int BATCH = 64;

    /// Milliseconds after an insight was chosen in which its threads' time does not count for it.
    private static final int SETTLE = 500;

    /// The whole turn, changes between insights included.
    private static final String ALL = "All in turn";

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
    private final Map<String, Shown> shows = new LinkedHashMap<>();

    /// Processor time in seconds.
    ///
    /// @param javafx of the JavaFX thread
    /// @param renderer of the thread that draws
    /// @param others of every other Java thread that does not train
    /// @param process of everything, also of threads that Java does not know
    private record Busy(double javafx, double renderer, double others, double process) {
        static final Busy NONE = new Busy(0, 0, 0, 0);

        /// Threads that train: OpenMP's have no names of their own.
        private static final String TRAINING = "main|Thread-.*|skiplab-(training|kernel|feed).*";

        /// Between two looks at the threads; one that has ended since the first counts as idle.
        static Busy between(Threads before, Threads after) {
            Busy sum = new Busy(0, 0, 0, after.process - before.process);
            for (var entry : after.seconds.entrySet()) {
                double s = entry.getValue() - before.seconds.getOrDefault(entry.getKey(), 0.0);
                sum = sum.plus(of(entry.getKey().name(), s));
            }
            return sum;
        }

        private static Busy of(String thread, double s) {
            return thread.startsWith("JavaFX")
                    ? new Busy(s, 0, 0, 0)
                    : thread.startsWith("QuantumRenderer")
                            ? new Busy(0, s, 0, 0)
                            : thread.matches(TRAINING) ? NONE : new Busy(0, 0, s, 0);
        }

        Busy plus(Busy o) {
            return new Busy(
                    javafx + o.javafx,
                    renderer + o.renderer,
                    others + o.others,
                    process + o.process);
        }

        /// Of the window.
        double window() {
            return javafx + renderer + others;
        }
    }

    private record Which(long id, String name) {}

    /// Processor time of threads and of the process so far, in seconds.
    private record Threads(Map<Which, Double> seconds, double process) {
        static Threads now() {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            Map<Which, Double> seconds = new HashMap<>();
            for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
                if (thread != null) {
                    long id = thread.getThreadId();
                    seconds.put(
                            new Which(id, thread.getThreadName()),
                            Math.max(0, threads.getThreadCpuTime(id)) / 1e9);
                }
            }
            var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Threads(seconds, system.getProcessCpuTime() / 1e9);
        }
    }

    /// A while of training, in the window or not.
    private record Shown(double seconds, int steps, Busy busy) {
        Shown plus(Shown o) {
            return new Shown(seconds + o.seconds, steps + o.steps, busy.plus(o.busy));
        }

        double rate() {
            return steps * BATCH / seconds;
        }

        /// Milliseconds of processor time that a step takes with all that goes on around it.
        double step() {
            return 1000 * busy.process / Math.max(1, steps);
        }

        @Override
        public String toString() {
            return String.format(
                    "%4.0f images/s, %4.0f ms of processor time a step; in a second JavaFX %5.1f,"
                            + " renderer %5.1f, others %4.1f, together %5.1f ms",
                    rate(),
                    step(),
                    1000 * busy.javafx / seconds,
                    1000 * busy.renderer / seconds,
                    1000 * busy.others / seconds,
                    1000 * busy.window() / seconds);
        }
    }

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
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
                Optional<Shown> first =
                        t % 2 == 0 ? Optional.of(train(alone, seconds)) : Optional.empty();
                double shown = window.train(seconds);
                Shown bare = first.isPresent() ? first.get() : train(alone, seconds);
                shows.merge("Alone", bare, Shown::plus);
                ratios[t] = shown / bare.rate();
                OUT.printf(
                        "alone %.0f images/s, in the window %.0f: %.1f %%%n",
                        bare.rate(), shown, 100 * ratios[t]);
            }
            Arrays.sort(ratios);
            shows.forEach((tab, shown) -> OUT.printf("%-22s %s%n", tab, shown));
            OUT.printf(
                    "throughput in the window: %.1f %% of the command line's, median of %d pairs%n",
                    100 * (ratios[turns / 2] + ratios[(turns - 1) / 2]) / 2, turns);
            window.frames(seconds / 2);
            double[] sorted = frames.stream().mapToDouble(d -> d).sorted().toArray();
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
        window.train(10);
        shows.clear();
    }

    /// The command line's loop.
    private Shown train(Lane lane, int seconds) throws InterruptedException {
        lane.play();
        Threads before = Threads.now();
        long start = System.nanoTime();
        long end = start + Duration.ofSeconds(seconds).toNanos();
        int steps = 0;
        while (System.nanoTime() < end) {
            lane.step();
            steps++;
        }
        lane.pause();
        double seen = (System.nanoTime() - start) / 1e9;
        return new Shown(seen, steps, Busy.between(before, Threads.now()));
    }

    /// The window and what stands around it.
    private final class Window implements AutoCloseable {

        private final ExecutorService opener = Executors.newSingleThreadExecutor();
        private final BackgroundThread files = new BackgroundThread("benchmark-files");
        private final BackgroundThread saver = new BackgroundThread("benchmark-saver");
        private final TrainingViewModel training;
        private final TrainingStudio studio;
        private final Stage stage = new Stage();
        private final Insights insights;

        Window(Path state) {
            Unattended none = new Unattended();
            Workbench bench =
                    Workbench.of(
                            new AppDirs(state, state), none, files, saver, Duration.ofMillis(500));
            bench.document().start(network);
            training =
                    new TrainingViewModel(
                            bench.document().analysisProperty().map(Analysis::network),
                            List.of(data),
                            new EngineTraining(),
                            opener,
                            NetworkEdits.of(bench.document(), bench.messages()));
            training.settingsProperty().set(settings);
            studio = new TrainingStudio(training, none);
            insights =
                    new Insights(
                            studio,
                            training,
                            bench,
                            none,
                            state.resolve("runs"),
                            files,
                            new EngineTraining()::race,
                            files);
            MainWindow window = new MainWindow(bench, none, Optional.of(studio));
            Scene scene = new Scene(window.root(), WIDTH, HEIGHT);
            new Theme(bench.settings().theme(), bench.settings().textSize()).install(scene);
            stage.setScene(scene);
            stage.show();
        }

        /// Images per second while one insight after the other shows.
        double train(int seconds) throws Exception {
            List<Action> tabs =
                    Toolkit.call(() ->
                            studio.actions().stream()
                                    .filter(a -> a.id().startsWith("train.show."))
                                    .toList());
            long each = seconds * 1000L / tabs.size();
            toggle();
            int first = running();
            Threads atFirst = Threads.now();
            long start = System.nanoTime();
            for (Action tab : tabs) {
                Toolkit.call(() -> {
                    tab.run();
                    return null;
                });
                long shown = System.nanoTime();
                Thread.sleep(SETTLE);
                int from = steps();
                Threads before = Threads.now();
                long began = System.nanoTime();
                Thread.sleep(Math.max(100, each - (began - shown) / 1_000_000));
                double seen = (System.nanoTime() - began) / 1e9;
                shows.merge(
                        tab.title().get(),
                        new Shown(seen, steps() - from, Busy.between(before, Threads.now())),
                        Shown::plus);
            }
            double turn = (System.nanoTime() - start) / 1e9;
            int steps = steps() - first;
            shows.merge(
                    ALL, new Shown(turn, steps, Busy.between(atFirst, Threads.now())), Shown::plus);
            toggle();
            Thread.sleep(200);
            return steps * BATCH / turn;
        }

        /// Measures the times between frames, all insights in turn.
        void frames(int seconds) throws Exception {
            AnimationTimer timer =
                    new AnimationTimer() {
                        private long last = System.nanoTime();

                        @Override
                        public void handle(long now) {
                            long time = System.nanoTime();
                            frames.add((time - last) / 1e6);
                            last = time;
                        }
                    };
            Toolkit.call(() -> {
                timer.start();
                return null;
            });
            train(seconds);
            Toolkit.call(() -> {
                timer.stop();
                return null;
            });
        }

        private void toggle() throws Exception {
            Toolkit.call(() -> {
                training.togglePlay();
                return null;
            });
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
                insights.close();
            });
            opener.shutdownNow();
            files.close();
            saver.close();
        }
    }
}
