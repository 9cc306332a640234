package org.skiplab.app;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
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
import org.skiplab.engine.data.source.Shapes;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.probe.Quartiles;
import org.skiplab.engine.train.Lane;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Start;
import org.skiplab.engine.train.Training;
import org.skiplab.engine.train.TrainingSettings;

/// What the window costs training: resnet-20 on colour images, alone as the command line trains it
/// and in the window at 1600×1000 with one insight showing, in turns of a second or so within one
/// process. A host whose speed doubles and halves slows a slice and its neighbours alike, so each
/// slice in the window is set against the mean of the two slices alone around it; median and
/// quartiles of these ratios are printed, and what processor time the window's threads take in a
/// second, by insight. While the network trains alone the JavaFX thread is held, so that the window
/// costs it nothing.
///
/// Slices begin and end with a step. An insight is chosen half a second before its slice, and both
/// train for that time before it: the mini-batches that were made ahead are used up by then. A
/// slice in which an epoch ends is repeated, since nothing is learned while the test set is
/// measured. What the window writes down because training pauses is awaited before anything else is
/// measured.
///
/// The times between frames are measured after that: while it trains by itself the window draws
/// only now and then, so an animation has to ask for every frame, as a person's gesture does.
///
/// Run it with a display (Xvfb will do) and `-Dprism.order=sw`, and nothing else on the machine.
///
/// What is drawn is compiled only when it has been drawn often, and compiling takes the cores as
/// well, so that every insight has to show for some seconds before anything is measured.
///
/// Arguments: pairs of slices, milliseconds of a slice, and seconds that each insight shows before
/// them.
final class InsightBenchmark {

    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1000;
    private static final int BATCH = 64;

    /// Milliseconds of training before a slice.
    private static final int SETTLE = 500;

    /// Milliseconds in which a window that leans back has seen a pause.
    private static final int SEEN = 800;

    private static final String ALONE = "Alone";
    private static final String ALL = "All in turn";

    private static final PrintStream OUT = System.out;

    private final Network network = Presets.get("resnet-20").network();

    /// So many images that few slices meet the end of an epoch, also on a fast machine.
    private final DataChoice data =
            new DataChoice(
                    new Shapes(Shapes.DEFAULT.difficulty(), 1, 60_000, 2_000).spec(),
                    "Shapes",
                    new Shape(32, 32, 3),
                    Shapes.classNames());

    private final TrainingSettings settings =
            TrainingSettings.DEFAULT.withBatch(BATCH).withEpochs(1000);
    private final List<Double> frames = new ArrayList<>();
    private final Map<String, Shown> shows = new LinkedHashMap<>();

    /// A while of training, in the window or not.
    private record Shown(double seconds, int steps, ProcessorTime.Spent busy) {
        Shown plus(Shown o) {
            return new Shown(seconds + o.seconds, steps + o.steps, busy.plus(o.busy));
        }

        double rate() {
            return steps * BATCH / seconds;
        }

        /// Milliseconds of processor time that a step takes with all that goes on around it.
        double step() {
            return 1000 * busy.process() / Math.max(1, steps);
        }

        @Override
        public String toString() {
            return String.format(
                    "%4.0f images/s, %4.0f ms of processor time a step; in a second JavaFX %5.1f,"
                            + " renderer %5.1f, others %4.1f, together %5.1f ms",
                    rate(),
                    step(),
                    1000 * busy.javafx() / seconds,
                    1000 * busy.renderer() / seconds,
                    1000 * busy.others() / seconds,
                    1000 * busy.window() / seconds);
        }
    }

    public static void main(String[] args) throws Exception {
        int pairs = args.length > 0 ? Integer.parseInt(args[0]) : 44;
        int slice = args.length > 1 ? Integer.parseInt(args[1]) : 1300;
        int warmUp = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        new InsightBenchmark().run(pairs, slice, warmUp);
        System.exit(0);
    }

    private void run(int pairs, int slice, int warmUp) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        Path state = Files.createTempDirectory("skiplab-benchmark");
        try (Window window = Toolkit.call(() -> new Window(state));
                Lane alone = alone()) {
            window.each(insight -> window.train(insight, warmUp * 1000));
            double[] ratios = new double[pairs];
            Shown before = held(() -> train(alone, slice));
            shows.put(ALONE, before);
            for (int pair = 0; pair < pairs; pair++) {
                Action insight = window.insight(pair);
                Shown shown = window.train(insight, slice);
                Shown after = held(() -> train(alone, slice));
                shows.merge(insight.title().get(), shown, Shown::plus);
                shows.merge(ALL, shown, Shown::plus);
                shows.merge(ALONE, after, Shown::plus);
                ratios[pair] = 2 * shown.rate() / (before.rate() + after.rate());
                OUT.printf(
                        "%5.1f %% of %4.0f and %4.0f images/s: %s%n",
                        100 * ratios[pair], before.rate(), after.rate(), insight.title().get());
                before = after;
            }
            shows.forEach((what, shown) -> OUT.printf("%-22s %s%n", what, shown));
            Quartiles shares = Quartiles.of(ratios);
            OUT.printf(
                    "throughput in the window: %.1f %% of the command line's, median of %d pairs;"
                            + " quartiles %.1f and %.1f %%%n",
                    100 * shares.median(), pairs, 100 * shares.lower(), 100 * shares.upper());
            window.frames(slice);
            double[] sorted = frames.stream().mapToDouble(d -> d).sorted().toArray();
            OUT.printf(
                    "%d frames: median %.2f ms, 99th percentile %.2f ms, longest %.2f ms%n",
                    sorted.length,
                    Quartiles.median(sorted),
                    sorted[sorted.length * 99 / 100],
                    sorted[sorted.length - 1]);
        }
    }

    /// Keeps the JavaFX thread from doing anything meanwhile.
    private static <T> T held(Callable<T> work) throws Exception {
        CountDownLatch holds = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Platform.runLater(() -> {
            holds.countDown();
            try {
                done.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        holds.await();
        try {
            return work.call();
        } finally {
            done.countDown();
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

    /// The command line's loop.
    private static Shown train(Lane lane, int millis) throws InterruptedException {
        int epochs = lane.trainer().epochs();
        lane.play();
        long settled = System.nanoTime() + SETTLE * 1_000_000L;
        do {
            lane.step();
        } while (System.nanoTime() < settled);
        ProcessorTime before = ProcessorTime.now();
        long start = System.nanoTime();
        int steps = 0;
        do {
            lane.step();
            steps++;
        } while (System.nanoTime() - start < millis * 1_000_000L);
        long end = System.nanoTime();
        Shown shown = new Shown((end - start) / 1e9, steps, ProcessorTime.now().since(before));
        lane.pause();
        return lane.trainer().epochs() == epochs ? shown : train(lane, millis);
    }

    /// A while of training with an insight.
    private interface Slice {
        void run(Action insight) throws Exception;
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
        private final List<Action> tabs;
        private final AtomicReference<@Nullable Training> session = new AtomicReference<>();

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
                            (plan, start) -> {
                                Training opened = new EngineTraining().open(plan, start);
                                session.set(opened);
                                return opened;
                            },
                            opener,
                            NetworkEdits.of(bench.document(), bench.messages()));
            training.knobs().settingsProperty().set(settings);
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
            tabs = studio.actions().stream().filter(a -> a.id().startsWith("train.show.")).toList();
            training.transport().togglePlay();
        }

        Action insight(int n) {
            return tabs.get(n % tabs.size());
        }

        void each(Slice slice) throws Exception {
            for (Action insight : tabs) {
                slice.run(insight);
            }
        }

        /// Trains while an insight shows.
        Shown train(Action insight, int millis) throws Exception {
            Toolkit.call(() -> {
                insight.run();
                return null;
            });
            session().play();
            Thread.sleep(SETTLE);
            int epochs = epochs();
            int first = stepAfter(steps());
            ProcessorTime before = ProcessorTime.now();
            long start = System.nanoTime();
            Thread.sleep(millis - 20);
            int last = stepAfter(steps());
            long end = System.nanoTime();
            Shown shown =
                    new Shown((end - start) / 1e9, last - first, ProcessorTime.now().since(before));
            session().pause();
            while (session().telemetry().phase() == Phase.RUNNING) {
                Thread.sleep(1);
            }
            kept();
            return epochs() == epochs ? shown : train(insight, millis);
        }

        /// Waits until the window has written down what a run that pauses has learned: a person
        /// does not pause it every second, and nothing of this belongs into the next slice.
        private void kept() throws InterruptedException {
            Thread.sleep(SEEN);
            CountDownLatch written = new CountDownLatch(1);
            files.run(
                    () -> true,
                    _ -> written.countDown(),
                    e -> {
                        throw new IllegalStateException(e);
                    });
            written.await();
        }

        /// Measures the times between frames, all insights in turn.
        void frames(int slice) throws Exception {
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
            each(insight -> train(insight, slice));
            Toolkit.call(() -> {
                timer.stop();
                return null;
            });
        }

        /// Waits until a step has ended.
        private int stepAfter(int step) throws InterruptedException {
            while (steps() == step) {
                Thread.sleep(2);
            }
            return steps();
        }

        private int epochs() throws InterruptedException {
            return session().telemetry().evaluations().size();
        }

        private int steps() throws InterruptedException {
            return session().telemetry().step();
        }

        /// What trains, once it is open; looked at directly, for the window looks only now and
        /// then.
        private Training session() throws InterruptedException {
            Training now = session.get();
            while (now == null) {
                Thread.sleep(2);
                now = session.get();
            }
            return now;
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
