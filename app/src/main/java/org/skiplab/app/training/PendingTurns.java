package org.skiplab.app.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skiplab.engine.train.Knob;

/// Turned knobs on their way to the session: quick turns of one knob are gathered, so that dragging
/// a slider does not flood the run's log. Belongs to the JavaFX thread.
final class PendingTurns {

    private static final long BETWEEN_TURNS = 150_000_000;

    private final SessionSlot slot;
    private final Map<String, Knob> waiting = new LinkedHashMap<>();
    private long lastTurn;

    PendingTurns(SessionSlot slot) {
        this.slot = slot;
    }

    /// Lets a knob act on the session before its next step, after others that wait for it; does
    /// nothing without a session that is open or being opened.
    void send(Knob knob) {
        if (slot.plan().isPresent() || slot.opening()) {
            waiting.remove(knob.title());
            waiting.put(knob.title(), knob);
            slot.turned(knob);
        }
    }

    /// A session has opened: what was turned meanwhile is part of its plan.
    void begin() {
        waiting.values().forEach(slot::turned);
    }

    /// What has to be turned in the session now.
    ///
    /// @param now nanoseconds
    List<Knob> due(long now) {
        if (waiting.isEmpty() || now - lastTurn < BETWEEN_TURNS) {
            return List.of();
        }
        lastTurn = now;
        return all();
    }

    /// Whether nothing waits.
    boolean none() {
        return waiting.isEmpty();
    }

    /// Everything that waits.
    List<Knob> all() {
        List<Knob> due = List.copyOf(waiting.values());
        waiting.clear();
        return due;
    }

    /// Another session begins: nothing was turned in it.
    void clear() {
        waiting.clear();
    }
}
