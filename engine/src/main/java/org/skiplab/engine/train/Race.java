package org.skiplab.engine.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.probe.Probing;

/// Networks that train in turn, a mini-batch each, on the same batches with the same seed, so that
/// what differs between their curves is what differs between the networks. On a thread of its own,
/// which owns all their memory.
///
/// A network that diverges stops; the others go on.
public final class Race implements AutoCloseable {

    public static final int FEWEST = 2;
    public static final int MOST = 4;

    private sealed interface Command {
        record Play() implements Command {}

        record Pause() implements Command {}

        record Rewind() implements Command {}

        record Close() implements Command {}
    }

    private final List<Network> networks;
    private final TrainingSession.DataOpener data;
    private final TrainingSettings settings;
    private final KernelPath path;
    private final Mailbox<Command> commands = new Mailbox<>();
    private final Thread thread;
    private volatile List<Telemetry> telemetry;

    /// Starts preparing at once; the race can be run when every network says [Phase#PAUSED].
    ///
    /// @param networks two to four runnable networks for the same images and classes
    /// @param settings of all of them
    /// @throws IllegalArgumentException if they are too few or too many
    public Race(
            List<Network> networks,
            TrainingSession.DataOpener data,
            TrainingSettings settings,
            KernelPath path) {
        if (networks.size() < FEWEST || networks.size() > MOST) {
            throw new IllegalArgumentException(
                    "a race is between two and four networks, not " + networks.size());
        }
        this.networks = List.copyOf(networks);
        this.data = data;
        this.settings = settings;
        this.path = path;
        telemetry =
                Collections.nCopies(
                        networks.size(),
                        Telemetry.preparing("opening the data and compiling the networks"));
        thread = Thread.ofPlatform().name("skiplab-race").daemon().unstarted(this::run);
        thread.start();
    }

    /// The newest picture of each network, in the order given.
    public List<Telemetry> telemetry() {
        return telemetry;
    }

    public void play() {
        commands.send(new Command.Play());
    }

    /// Stops when the running mini-batch is done; then all networks have made as many steps.
    public void pause() {
        commands.send(new Command.Pause());
    }

    /// All networks back to their initial weights.
    public void rewind() {
        commands.send(new Command.Rewind());
    }

    /// Stops after the current mini-batch and frees all memory. Waits at most two seconds.
    @Override
    public void close() {
        commands.end(new Command.Close(), thread);
    }

    private void run() {
        List<Lane> lanes = new ArrayList<>();
        try {
            Failures.told(
                    () -> race(lanes),
                    "the networks do not fit into memory together",
                    "use a smaller batch or race fewer of them",
                    this::fail);
        } finally {
            lanes.forEach(Lane::close);
        }
    }

    /// @param lanes filled one by one: those that fit are there to be closed when the next does not
    private void race(List<Lane> lanes) throws InterruptedException {
        DataSet opened = data.open();
        for (int i = 0; i < networks.size(); i++) {
            int lane = i;
            lanes.add(
                    new Lane(
                            networks.get(i),
                            opened,
                            settings,
                            path,
                            Start.INITIAL,
                            t -> publish(lane, t)));
        }
        lanes.forEach(l -> l.watch(Set.of(Probing.GRADIENT)));
        work(lanes);
        change(t -> t.in(Phase.CLOSED, ""));
    }

    private void work(List<Lane> lanes) throws InterruptedException {
        while (true) {
            for (Command c = commands.poll(); c != null; c = commands.poll()) {
                switch (c) {
                    case Command.Play _ -> lanes.forEach(Lane::play);
                    case Command.Pause _ -> lanes.forEach(Lane::pause);
                    case Command.Rewind _ -> lanes.forEach(Lane::rewind);
                    case Command.Close _ -> {
                        return;
                    }
                }
            }
            List<Lane> running = lanes.stream().filter(Lane::playing).toList();
            if (running.isEmpty()) {
                commands.sleep();
            }
            // A whole round before the next command: nobody is ever a step ahead at a stop.
            for (Lane lane : running) {
                lane.step();
            }
        }
    }

    private void publish(int lane, Telemetry newest) {
        List<Telemetry> all = new ArrayList<>(telemetry);
        all.set(lane, newest);
        telemetry = List.copyOf(all);
    }

    private void fail(String why) {
        change(t -> t.in(Phase.FAILED, why));
    }

    private void change(UnaryOperator<Telemetry> to) {
        telemetry = telemetry.stream().map(to).toList();
    }
}
