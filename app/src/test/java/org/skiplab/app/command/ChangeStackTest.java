package org.skiplab.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeStackTest {
    private final ChangeStack<String> stack = new ChangeStack<>("a");

    @Test
    void undoPutsTheSameReferenceBack() {
        String first = stack.value();
        stack.apply("to b", "b", null);
        String second = stack.value();

        stack.undo();
        assertThat(stack.value()).isSameAs(first);
        stack.redo();
        assertThat(stack.value()).isSameAs(second);
    }

    @Test
    void labelsNameWhatUndoAndRedoWouldDo() {
        assertThat(stack.undoLabel()).isEmpty();
        stack.apply("to b", "b", null);
        stack.apply("to c", "c", null);
        stack.undo();

        assertThat(stack.undoLabel()).contains("to b");
        assertThat(stack.redoLabel()).contains("to c");
    }

    @Test
    void aChangeAfterUndoForgetsRedo() {
        stack.apply("to b", "b", null);
        stack.undo();
        stack.apply("to c", "c", null);

        assertThat(stack.redoLabel()).isEmpty();
        assertThat(stack.value()).isEqualTo("c");
    }

    @Test
    void aChangeToAnEqualValueIsNone() {
        long revision = stack.revisionProperty().get();

        assertThat(stack.apply("nothing", "a", null)).isFalse();
        assertThat(stack.undoLabel()).isEmpty();
        assertThat(stack.revisionProperty().get()).isEqualTo(revision);
    }

    @Test
    void changesOfOneGestureMergeUntilItEnds() {
        stack.apply("slide", "b", "slider");
        stack.apply("slide", "c", "slider");
        stack.seal();
        stack.apply("slide", "d", "slider");

        stack.undo();
        assertThat(stack.value()).isEqualTo("c");
        stack.undo();
        assertThat(stack.value()).isEqualTo("a");
    }

    @Test
    void aGestureThatReturnsToItsStartLeavesNoEntry() {
        stack.apply("slide", "b", "slider");
        stack.apply("slide", "a", "slider");

        assertThat(stack.undoLabel()).isEmpty();
        assertThat(stack.dirty()).isFalse();
    }

    @Test
    void differentGesturesStayApart() {
        stack.apply("slide", "b", "one");
        stack.apply("slide", "c", "other");

        stack.undo();
        assertThat(stack.value()).isEqualTo("b");
    }

    @Test
    void dirtyMeansDifferentFromTheFile() {
        stack.apply("to b", "b", null);
        assertThat(stack.dirty()).isTrue();
        stack.markSaved("b");
        assertThat(stack.dirty()).isFalse();
        stack.undo();
        assertThat(stack.dirty()).isTrue();
        stack.redo();
        assertThat(stack.dirty()).isFalse();
    }

    @Test
    void listenersMayNotChangeTheDocument() {
        stack.revisionProperty()
                .subscribe(r -> {
                    if (r.longValue() == 1) {
                        assertThatThrownBy(() -> stack.apply("again", "z", null))
                                .isInstanceOf(IllegalStateException.class);
                    }
                });
        stack.apply("to b", "b", null);

        assertThat(stack.value()).isEqualTo("b");
    }

    @Test
    void everyStepRaisesTheRevision() {
        stack.apply("to b", "b", null);
        stack.undo();
        stack.redo();

        assertThat(stack.revisionProperty().get()).isEqualTo(3);
    }

    @Test
    void whatWasTurnedOutsideTheValueIsUndoneInItsTurn() {
        List<Integer> put = new ArrayList<>();
        stack.turned("dial to 2", 1, 2, put::add, "dial");
        stack.turned("dial to 3", 2, 3, put::add, "dial");
        stack.apply("to b", "b", null);
        stack.undo();
        assertThat(put).isEmpty();
        assertThat(stack.undoLabel()).contains("dial to 3");
        stack.undo();
        assertThat(put).containsExactly(1);
        assertThat(stack.undoLabel()).isEmpty();
        stack.redo();
        assertThat(put).containsExactly(1, 3);
        assertThat(stack.value()).isEqualTo("a");
        assertThat(stack.dirty()).isFalse();
    }
}
