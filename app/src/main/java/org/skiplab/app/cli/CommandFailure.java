package org.skiplab.app.cli;

/// Ends a command with one line for people: what, where, what to do.
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String line) {
        super(line);
        this.exitCode = exitCode;
    }

    /// The command was understood but could not be carried out: exit code 1.
    public static CommandFailure failed(String line) {
        return new CommandFailure(1, line);
    }

    /// The command makes no sense as given: exit code 2.
    public static CommandFailure wrongUse(String line) {
        return new CommandFailure(2, line);
    }

    int exitCode() {
        return exitCode;
    }
}
