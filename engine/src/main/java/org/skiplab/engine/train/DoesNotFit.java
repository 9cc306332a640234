package org.skiplab.engine.train;

/// A network that needs more memory than there is; nothing has been allocated. The message is one
/// line for people: what it needs, what there is, and what would fit.
public final class DoesNotFit extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    DoesNotFit(String line) {
        super(line);
    }
}
