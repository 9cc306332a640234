package org.skiplab.engine.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.probe.Probe;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.probe.Subject;

/// A [Training] on a thread of its own. The thread owns the network's memory; others send commands
/// and read telemetry.
public final class TrainingSession implements Training {

    /// Where the data come from: opened on the session's thread, so that nobody waits for a disk.
    public interface DataOpener {
        /// @throws IllegalArgumentException with one line: what, where, what to do
        DataSet open();
    }

    private sealed interface Command {
        record Play() implements Command {}

        record Pause() implements Command {}

        record StepOnce() implements Command {}

        record Rewind() implements Command {}

        record Turn(Knob knob) implements Command {}

        record Look(Set<Probing> probes) implements Command {}

        record Ask<T>(Probe<T> probe, CompletableFuture<T> answer) implements Command {

            void answer(Subject subject) throws InterruptedException {
                try {
                    answer.complete(probe.read(subject));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            }
        }

        record Close() implements Command {}
    }

    private static final long SECOND = 1_000_000_000L;

    private final Network network;
    private final DataOpener data;
    private final TrainingSettings settings;
    private final KernelPath path;
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private final Semaphore awake = new Semaphore(0);
    private final Thread thread;
    private volatile Telemetry telemetry =
            Telemetry.preparing("opening the data and compiling the network");

    private boolean playing;
    private boolean stepping;
    private boolean closing;
    private int lastEpoch;

    /// Starts preparing at once; the session is ready when it says [Phase#PAUSED].
    ///
    /// @param network runnable, see [org.skiplab.engine.graph.Analysis]
    public TrainingSession(
            Network network, DataOpener data, TrainingSettings settings, KernelPath path) {
        this.network = network;
        this.data = data;
        this.settings = settings;
        this.path = path;
        this.lastEpoch = settings.epochs();
        thread = Thread.ofPlatform().name("skiplab-training").daemon().unstarted(this::run);
        thread.start();
    }

    @Override
    public Telemetry telemetry() {
        return telemetry;
    }

    @Override
    public void play() {
        send(new Command.Play());
    }

    @Override
    public void pause() {
        send(new Command.Pause());
    }

    @Override
    public void step() {
        send(new Command.StepOnce());
    }

    @Override
    public void rewind() {
        send(new Command.Rewind());
    }

    @Override
    public void turn(Knob knob) {
        send(new Command.Turn(knob));
    }

    @Override
    public void watch(Set<Probing> probes) {
        send(new Command.Look(Set.copyOf(probes)));
    }

    @Override
    public <T> CompletableFuture<T> ask(Probe<T> probe) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        send(new Command.Ask<>(probe, answer));
        if (!thread.isAlive()) {
            refuse();
        }
        return answer;
    }

    /// Nobody will answer any more.
    private void refuse() {
        for (Command c = commands.poll(); c != null; c = commands.poll()) {
            if (c instanceof Command.Ask<?> ask) {
                ask.answer()
                        .completeExceptionally(
                                new IllegalArgumentException("the session has ended"));
            }
        }
    }

    @Override
    public void close() {
        send(new Command.Close());
        try {
            thread.join(2000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Command command) {
        commands.add(command);
        awake.release();
    }

    private void run() {
        try (Trainer trainer = new Trainer(network, data.open(), settings, path)) {
            try (Subject subject = trainer.subject()) {
                new Loop(trainer, subject).run();
            }
        } catch (IllegalArgumentException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            fail(
                    "the network does not fit into memory ("
                            + e.getMessage()
                            + "): use a smaller batch or network");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            fail("the engine stopped: " + e);
            throw e;
        } finally {
            refuse();
        }
        if (telemetry.phase() != Phase.FAILED) {
            telemetry = telemetry.in(Phase.CLOSED, "");
        }
    }

    private void fail(String why) {
        telemetry = telemetry.in(Phase.FAILED, why);
    }

    /// The session's work between preparation and close.
    private final class Loop {
        private final Trainer trainer;
        private final Subject subject;
        private final Watch watch;
        private Record record;
        private Phase phase = Phase.PAUSED;
        private String message = "";

        Loop(Trainer trainer, Subject subject) {
            this.trainer = trainer;
            this.subject = subject;
            watch = new Watch(trainer);
            record = new Record(trainer.gatedBlocks());
        }

        void run() throws InterruptedException {
            publish();
            while (true) {
                obey();
                if (closing) {
                    return;
                }
                if (playing || stepping) {
                    oneStep();
                } else {
                    awake.acquire();
                }
            }
        }

        private void obey() throws InterruptedException {
            for (Command c = commands.poll(); c != null; c = commands.poll()) {
                switch (c) {
                    case Command.Play _ -> play();
                    case Command.Pause _ -> pause();
                    case Command.StepOnce _ -> stepping = phase != Phase.DIVERGED;
                    case Command.Rewind _ -> rewind();
                    case Command.Turn(Knob knob) -> turn(knob);
                    case Command.Look(Set<Probing> probes) -> {
                        watch.watch(probes);
                        publish();
                    }
                    case Command.Ask<?> ask -> ask.answer(subject);
                    case Command.Close _ -> closing = true;
                }
            }
        }

        private void play() {
            if (phase == Phase.DIVERGED) {
                return;
            }
            if (trainer.epochs() >= lastEpoch) {
                lastEpoch = trainer.epochs() + settings.epochs();
            }
            playing = true;
            record.clock.clear();
            show(Phase.RUNNING, "");
        }

        private void pause() {
            if (playing) {
                playing = false;
                show(Phase.PAUSED, "");
            }
        }

        private void rewind() {
            trainer.rewind();
            record = new Record(trainer.gatedBlocks());
            watch.restart();
            playing = false;
            lastEpoch = settings.epochs();
            show(Phase.PAUSED, "");
        }

        private void turn(Knob knob) {
            try {
                trainer.turn(knob);
                record.knob(new KnobChange(trainer.steps(), knob));
                publish();
            } catch (IllegalArgumentException e) {
                show(phase, String.valueOf(e.getMessage()));
            }
        }

        private void oneStep() throws InterruptedException {
            long start = System.nanoTime();
            Trainer.StepResult result = watch.step();
            if (result.blame().isPresent()) {
                diverge(result);
                return;
            }
            record.step(trainer, result, start);
            if (trainer.atEpochEnd()) {
                show(Phase.EVALUATING, "measuring on the test set");
                record.evaluation(trainer.evaluate());
                record.clock.clear();
                phase = playing ? Phase.RUNNING : Phase.PAUSED;
                message = "";
                if (trainer.epochs() >= lastEpoch) {
                    playing = false;
                    phase = Phase.FINISHED;
                }
            } else {
                phase = playing ? Phase.RUNNING : Phase.PAUSED;
                message = "";
            }
            stepping = false;
            publish();
        }

        private void diverge(Trainer.StepResult result) {
            playing = false;
            stepping = false;
            show(
                    Phase.DIVERGED,
                    "the loss stopped being a number at step "
                            + (trainer.steps() + 1)
                            + ", first in "
                            + result.blame().orElse("the loss")
                            + " (learning rate "
                            + result.learningRate()
                            + "): rewind and try a tenth of the learning rate");
        }

        private void show(Phase next, String text) {
            phase = next;
            message = text;
            publish();
        }

        private void publish() {
            telemetry =
                    record.snapshot(
                            trainer, watch, phase, message, lastEpoch, telemetry.revision() + 1);
        }
    }

    /// Step times of the last second or so, for throughput.
    static final class StepClock {
        private record Tick(long end, long nanos, int images) {}

        private final Deque<Tick> ticks = new ArrayDeque<>();
        private double last;

        void add(long nanos, int images) {
            long now = System.nanoTime();
            ticks.addLast(new Tick(now, nanos, images));
            while (ticks.size() > 1 && now - ticks.getFirst().end() > SECOND) {
                ticks.removeFirst();
            }
        }

        /// Forgets the steps before an interruption, but not how fast they were.
        void clear() {
            last = rate();
            ticks.clear();
        }

        /// Images per second, 0 before the first step.
        double rate() {
            long nanos = 0;
            long images = 0;
            for (Tick tick : ticks) {
                nanos += tick.nanos();
                images += tick.images();
            }
            return nanos == 0 ? last : (double) images * SECOND / nanos;
        }
    }
}
