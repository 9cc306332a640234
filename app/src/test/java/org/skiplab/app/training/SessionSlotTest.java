package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.train.Checkpoint;
import org.skiplab.engine.train.Start;
import org.skiplab.engine.train.TrainingSettings;

/// One session after the other: what the next begins with, and what becomes of the last.
class SessionSlotTest {

    private static final TrainingPlan PLAN =
            new TrainingPlan(
                    Presets.get("resnet-8").network(),
                    TrainingFixture.CIFAR_LIKE,
                    TrainingSettings.DEFAULT);
    private static final Start LEARNED =
            new Start.Carry(new Checkpoint(List.of(), Checkpoint.Place.start(1)));

    private final List<FakeTraining> sessions = new ArrayList<>();
    private final List<Start> starts = new ArrayList<>();

    private SessionSlot slot(Duration patience) {
        return new SessionSlot(
                (plan, start) -> {
                    starts.add(start);
                    sessions.add(new FakeTraining(plan));
                    return sessions.getLast();
                },
                Runnable::run,
                patience);
    }

    @Test
    void aSessionBeginsWithWhatTheLastOneTellsBeforeItIsClosed() {
        SessionSlot slot = slot(Duration.ofMinutes(5));
        slot.open(PLAN, CompletableFuture.completedFuture(Start.INITIAL));
        slot.takeOver();
        slot.open(PLAN, CompletableFuture.completedFuture(LEARNED));

        assertThat(slot.takeOver()).isSameAs(sessions.getLast());
        assertThat(starts).containsExactly(Start.INITIAL, LEARNED);
        assertThat(slot.silent()).isFalse();
        assertThat(sessions.getFirst().calls).containsExactly("close");
        assertThat(sessions.getLast().calls).isEmpty();
    }

    @Test
    void aSessionThatDoesNotAnswerInTimeIsClosedAndTheNextBeginsWithInitialWeights() {
        SessionSlot slot = slot(Duration.ZERO);
        slot.open(PLAN, CompletableFuture.completedFuture(Start.INITIAL));
        slot.takeOver();
        slot.open(PLAN, new CompletableFuture<Start>());

        assertThat(slot.takeOver()).isSameAs(sessions.getLast());
        assertThat(starts).containsExactly(Start.INITIAL, Start.INITIAL);
        assertThat(slot.silent()).isTrue();
        assertThat(sessions.getFirst().calls).containsExactly("close");
    }
}
