package org.skiplab.app.training;

import java.util.function.Consumer;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.message.Message;
import org.skiplab.app.message.Messages;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;

/// The changes that training asks for; a person can undo them all, knobs and edits of the network
/// alike.
public interface NetworkEdits {

    /// Replaces the rule that gives gated blocks their survival probability.
    void survival(Survival rule);

    /// Gives all drop paths another meaning.
    void dropPaths(GateMode mode);

    /// Something outside the network was turned: remembers how to take it back.
    ///
    /// @param what for the menu: `Set momentum to 0.5`
    /// @param put brings a value back
    /// @param gesture turns with an equal gesture are one until [#endGesture]
    <S> void turned(String what, S before, S after, Consumer<S> put, String gesture);

    /// Makes the network take the images of a data set and tell its classes apart.
    void fit(DataChoice data);

    /// The slider was let go: the next change is one of its own.
    void endGesture();

    /// Edits of an open document, announced where it is not plain to see what they did.
    static NetworkEdits of(DocumentViewModel document, Messages messages) {
        return new NetworkEdits() {
            @Override
            public void survival(Survival rule) {
                document.edit(
                        "Set survival to " + rule.text(),
                        document.network().withSurvival(rule),
                        "survival");
            }

            @Override
            public void dropPaths(GateMode mode) {
                document.edit(
                        "Set drop paths to " + mode.title(), document.network().withGateMode(mode));
            }

            @Override
            public <S> void turned(
                    String what, S before, S after, Consumer<S> put, String gesture) {
                document.turned(what, before, after, put, gesture);
            }

            @Override
            public void fit(DataChoice data) {
                switch (BlockEdits.fit(document.network(), data.shape(), data.classes())) {
                    case Edit.Done(var after, String what, _) -> {
                        document.edit(what, after);
                        messages.show(Message.info(what + "; undo takes it back"));
                    }
                    case Edit.Refused refused -> messages.show(Message.refusal(refused.toString()));
                }
            }

            @Override
            public void endGesture() {
                document.endGesture();
            }
        };
    }
}
