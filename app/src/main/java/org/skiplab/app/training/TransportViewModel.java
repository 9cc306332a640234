package org.skiplab.app.training;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;

/// What the transport bar says and does: its readout of plan and session, and what its buttons do
/// where that is possible. Belongs to the JavaFX thread.
public final class TransportViewModel implements AutoCloseable {

    private final PlanViewModel plan;
    private final SessionViewModel session;
    private final ReadOnlyObjectWrapper<Readout> readout = new ReadOnlyObjectWrapper<>();
    private final Subscription subscriptions;

    TransportViewModel(PlanViewModel plan, SessionViewModel session) {
        this.plan = plan;
        this.session = session;
        session.onChange(this::refresh);
        this.subscriptions =
                Subscription.combine(
                        plan.dataProperty().subscribe(_ -> refresh()),
                        plan.knobs().settingsProperty().subscribe(_ -> refresh()));
    }

    private void refresh() {
        readout.set(
                Readout.of(
                        session.refusal().or(plan::obstacle),
                        plan.unfit(),
                        session.opening(),
                        session.telemetryProperty().get().orElse(null),
                        session.change(),
                        plan.network().name() + " on " + plan.dataProperty().get().title()));
    }

    public ReadOnlyObjectProperty<Readout> readoutProperty() {
        return readout.getReadOnlyProperty();
    }

    /// Play or pause, whichever the button shows.
    public void togglePlay() {
        Readout now = readout.get();
        if (!now.playable()) {
            return;
        }
        if (now.playing()) {
            session.pause();
        } else {
            session.play();
        }
    }

    /// Runs one mini-batch.
    public void step() {
        if (readout.get().steppable()) {
            session.step();
        }
    }

    /// Back to the initial weights.
    public void rewind() {
        if (readout.get().rewindable()) {
            session.rewind();
        }
    }

    /// Does what the extra button offers.
    public void remedy() {
        readout.get()
                .remedy()
                .ifPresent(r -> {
                    switch (r) {
                        case REBUILD, RETRY -> session.reopen();
                        case COOL_DOWN -> session.coolDown();
                        case FIT -> plan.fit();
                    }
                });
    }

    @Override
    public void close() {
        subscriptions.unsubscribe();
    }
}
