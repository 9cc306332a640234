package org.skiplab.engine.train;

import java.util.function.Consumer;

/// What a training thread says when its work ends early.
final class Failures {
    private Failures() {}

    interface Work {
        void run() throws InterruptedException;
    }

    /// Runs the work, or says in one line why it ended. What can only be a bug is thrown on.
    ///
    /// @param tooLarge begins the line when memory is at its end: `the network does not fit into
    ///   memory`
    /// @param remedy ends it: `use a smaller batch or network`
    static void told(Work work, String tooLarge, String remedy, Consumer<String> fail) {
        try {
            work.run();
        } catch (IllegalArgumentException e) {
            fail.accept(String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            fail.accept(tooLarge + " (" + e.getMessage() + "): " + remedy);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            fail.accept("the engine stopped: " + e);
            throw e;
        }
    }
}
