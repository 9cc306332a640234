package org.skiplab.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /// What a run measured, but for the speed, which is in the last column.
    static List<String> metrics(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.csv")).stream()
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .toList();
    }
}
