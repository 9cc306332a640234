package org.skiplab.app.document;

import java.util.List;
import java.util.Optional;
import org.skiplab.app.command.Action;
import org.skiplab.app.message.Message;
import org.skiplab.app.message.Messages;

/// Offers at the start what a crash left behind.
public final class Recovery {

    private final DocumentViewModel document;
    private final Autosave autosave;
    private final Messages messages;

    public Recovery(DocumentViewModel document, Autosave autosave, Messages messages) {
        this.document = document;
        this.autosave = autosave;
        this.messages = messages;
    }

    /// Offers the newest changes that are in no file, if there are any. What went wrong just before
    /// is said with it.
    public void offer() {
        List<Autosave.Leftover> leftovers = autosave.leftovers();
        if (leftovers.isEmpty()) {
            return;
        }
        Autosave.Leftover newest = leftovers.getFirst();
        Optional<String> before =
                messages.newest().filter(m -> m.kind() == Message.Kind.ERROR).map(Message::text);
        messages.show(
                Message.offer(
                        before.map(text -> text + "\n").orElse("")
                                + "SkipLab ended unexpectedly with unsaved changes to "
                                + newest.design().network().name()
                                + ".",
                        Action.of(
                                "file.recover",
                                "Recover",
                                null,
                                null,
                                () -> document.whenSafe(() -> document.recover(newest)))));
    }
}
