package org.skiplab.app.message;

import java.util.Optional;
import org.skiplab.app.command.Action;

/// One message.
///
/// @param remedy what a person can do about it at once
public record Message(Kind kind, String text, Optional<Action> remedy) {

    /// How much it matters, and so how long it stays.
    public enum Kind {
        /// Something happened as asked.
        INFO,
        /// Something a person may want; it waits for an answer.
        OFFER,
        /// Something was not done, and why.
        REFUSAL,
        /// Something went wrong.
        ERROR
    }

    public static Message info(String text) {
        return new Message(Kind.INFO, text, Optional.empty());
    }

    public static Message offer(String text, Action remedy) {
        return new Message(Kind.OFFER, text, Optional.of(remedy));
    }

    public static Message refusal(String text) {
        return new Message(Kind.REFUSAL, text, Optional.empty());
    }

    public static Message error(String text) {
        return new Message(Kind.ERROR, text, Optional.empty());
    }
}
