package org.skiplab.app.training;

import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.message.Message;
import org.skiplab.app.message.Messages;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;

/// The changes of the network that training asks for; a person can undo them like any other edit.
public interface NetworkEdits {

    /// Replaces the rule that gives gated blocks their survival probability.
    void survival(Survival rule);

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
