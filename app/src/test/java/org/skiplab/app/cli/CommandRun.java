package org.skiplab.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// What a command line came to.
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                SkipLabCommand.run(
                        List.of(arguments),
                        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true)));
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
