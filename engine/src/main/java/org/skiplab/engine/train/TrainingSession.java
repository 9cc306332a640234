package org.skiplab.engine.train;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

        record Back(int step) implements Command {}

        record Turn(Knob knob) implements Command {}

        record Snapshot(CompletableFuture<Milestone> answer) implements Command {}

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

        record Accompany(Optional<Network> other) implements Command {}

        record Close() implements Command {}
    }

    private final Network network;
    private final DataOpener data;
    private final TrainingSettings settings;
    private final KernelPath path;
    private final Start start;
    private final Mailbox<Command> commands = new Mailbox<>();
    private final Thread thread;

    /// Whether what is asked from now on finds nobody; set before the last questions are refused.
    private volatile boolean ended;

    private volatile Optional<Telemetry> companion = Optional.empty();
    private volatile Telemetry telemetry =
            Telemetry.preparing("opening the data and compiling the network");

    /// A session from initial weights.
    public TrainingSession(
            Network network, DataOpener data, TrainingSettings settings, KernelPath path) {
        this(network, data, settings, path, Start.INITIAL);
    }

    /// Starts preparing at once; the session is ready when it says [Phase#PAUSED].
    ///
    /// @param network runnable, see [org.skiplab.engine.graph.Analysis]
    public TrainingSession(
            Network network,
            DataOpener data,
            TrainingSettings settings,
            KernelPath path,
            Start start) {
        this.network = network;
        this.start = start;
        this.data = data;
        this.settings = settings;
        this.path = path;
        thread = Thread.ofPlatform().name("skiplab-training").daemon().unstarted(this::run);
        thread.start();
    }

    @Override
    public Telemetry telemetry() {
        return telemetry;
    }

    @Override
    public void play() {
        commands.send(new Command.Play());
    }

    @Override
    public void pause() {
        commands.send(new Command.Pause());
    }

    @Override
    public void step() {
        commands.send(new Command.StepOnce());
    }

    @Override
    public void rewind() {
        commands.send(new Command.Rewind());
    }

    @Override
    public void back(int step) {
        commands.send(new Command.Back(step));
    }

    @Override
    public CompletableFuture<Milestone> snapshot() {
        CompletableFuture<Milestone> answer = new CompletableFuture<>();
        commands.send(new Command.Snapshot(answer));
        if (ended) {
            refuse();
        }
        return answer;
    }

    @Override
    public void turn(Knob knob) {
        commands.send(new Command.Turn(knob));
    }

    @Override
    public void watch(Set<Probing> probes) {
        commands.send(new Command.Look(Set.copyOf(probes)));
    }

    @Override
    public void accompany(Optional<Network> other) {
        commands.send(new Command.Accompany(other));
    }

    @Override
    public Optional<Telemetry> companion() {
        return companion;
    }

    @Override
    public <T> CompletableFuture<T> ask(Probe<T> probe) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        commands.send(new Command.Ask<>(probe, answer));
        if (ended) {
            refuse();
        }
        return answer;
    }

    /// Nobody will answer any more.
    private void refuse() {
        var why = new IllegalArgumentException("the session has ended");
        for (Command c = commands.poll(); c != null; c = commands.poll()) {
            switch (c) {
                case Command.Ask<?> ask -> ask.answer().completeExceptionally(why);
                case Command.Snapshot(var answer) -> answer.completeExceptionally(why);
                default -> {}
            }
        }
    }

    @Override
    public void close() {
        commands.end(new Command.Close(), thread);
    }

    private void run() {
        try {
            Failures.told(
                    this::train,
                    "the network does not fit into memory",
                    "use a smaller batch or network",
                    this::fail);
        } finally {
            ended = true;
            refuse();
        }
        if (telemetry.phase() != Phase.FAILED) {
            telemetry = telemetry.in(Phase.CLOSED, "");
        }
    }

    private void train() throws InterruptedException {
        DataSet opened = data.open();
        try (Lane lane = new Lane(network, opened, settings, path, start, t -> telemetry = t);
                Companion second = new Companion(lane, opened, path, t -> companion = t)) {
            work(lane, second);
        }
    }

    private void fail(String why) {
        telemetry = telemetry.in(Phase.FAILED, why);
    }

    private void work(Lane lane, Companion second) throws InterruptedException {
        boolean stepping = false;
        while (true) {
            for (Command c = commands.poll(); c != null; c = commands.poll()) {
                switch (c) {
                    case Command.Play _ -> lane.play();
                    case Command.Pause _ -> lane.pause();
                    case Command.StepOnce _ -> stepping = lane.sound();
                    case Command.Rewind _ -> {
                        lane.rewind();
                        second.again();
                    }
                    case Command.Back(int step) -> {
                        lane.back(step);
                        second.again();
                    }
                    case Command.Accompany(var other) -> second.become(other);
                    case Command.Turn(Knob knob) -> lane.turn(knob);
                    case Command.Look(Set<Probing> probes) -> lane.watch(probes);
                    case Command.Ask<?> ask -> ask.answer(lane.subject());
                    case Command.Snapshot(var answer) -> answer.complete(lane.milestone());
                    case Command.Close _ -> {
                        return;
                    }
                }
            }
            if (lane.playing() || stepping) {
                stepping = false;
                lane.step();
                second.follow();
            } else if (second.behind()) {
                second.follow();
            } else {
                second.rest();
                commands.sleep();
            }
        }
    }
}
