package org.skiplab.engine.train;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.probe.Probing;

/// A second network that makes every step of a lane: from the same seed, on the same mini-batches,
/// with the same knobs turned at the same steps. One that begins later makes up for it two steps at
/// a time. Belongs to the lane's thread.
final class Companion implements AutoCloseable {

    /// Steps at a time while it is behind, so that the lane goes on meanwhile.
    private static final int CATCH_UP = 2;

    private final Lane leader;
    private final DataSet data;
    private final KernelPath path;
    private final Consumer<Optional<Telemetry>> out;
    private @Nullable Network network;
    private @Nullable Lane lane;
    private int replayed;

    /// @param out takes the newest picture; empty when there is no companion
    Companion(Lane leader, DataSet data, KernelPath path, Consumer<Optional<Telemetry>> out) {
        this.leader = leader;
        this.data = data;
        this.path = path;
        this.out = out;
    }

    /// Begins with another network, or with none.
    void become(Optional<Network> other) {
        network = other.orElse(null);
        again();
    }

    /// Begins anew: the leader is no longer where it was.
    void again() {
        close();
        Network wanted = network;
        if (wanted == null) {
            out.accept(Optional.empty());
            return;
        }
        if (!leader.fromSeed()) {
            fail(
                    "No ghost: this run did not begin with the weights of its seed. Rewind it and train again.");
            return;
        }
        try {
            Lane opened =
                    new Lane(
                            wanted,
                            data,
                            leader.settings(),
                            path,
                            Start.INITIAL,
                            t -> out.accept(Optional.of(t)));
            lane = opened;
            replayed = 0;
            opened.watch(Set.of(Probing.GRADIENT, Probing.ACTIVATION));
            leader.before().forEach(opened::turn);
        } catch (IllegalArgumentException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            fail("it does not fit into memory beside the network: use a smaller batch");
        }
    }

    private void fail(String why) {
        out.accept(Optional.of(Telemetry.preparing("").in(Phase.FAILED, why)));
    }

    boolean behind() {
        Lane open = lane;
        return open != null && open.sound() && open.trainer().steps() < leader.trainer().steps();
    }

    /// Makes the leader's step, or two while it is behind.
    void follow() throws InterruptedException {
        for (int i = 0; i < CATCH_UP && behind(); i++) {
            step();
        }
    }

    private void step() throws InterruptedException {
        Lane open = lane;
        if (open == null) {
            return;
        }
        for (var turned = leader.turned(); replayed < turned.size(); replayed++) {
            if (turned.get(replayed).step() > open.trainer().steps()) {
                break;
            }
            open.turn(turned.get(replayed).knob());
        }
        if (!open.playing()) {
            open.play();
        }
        open.step();
    }

    /// The leader has stopped.
    void rest() {
        if (lane != null) {
            lane.pause();
        }
    }

    @Override
    public void close() {
        if (lane != null) {
            lane.close();
            lane = null;
        }
    }
}
