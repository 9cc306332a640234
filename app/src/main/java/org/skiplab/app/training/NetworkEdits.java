package org.skiplab.app.training;

import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.engine.graph.Survival;

/// The changes of the network that knobs make; a person can undo them like any other edit.
public interface NetworkEdits {

    /// Replaces the rule that gives gated blocks their survival probability.
    void survival(Survival rule);

    /// The slider was let go: the next change is one of its own.
    void endGesture();

    /// Edits of an open document.
    static NetworkEdits of(DocumentViewModel document) {
        return new NetworkEdits() {
            @Override
            public void survival(Survival rule) {
                document.edit(
                        "Set survival to " + rule.text(),
                        document.network().withSurvival(rule),
                        "survival");
            }

            @Override
            public void endGesture() {
                document.endGesture();
            }
        };
    }
}
