package org.skiplab.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.skiplab.engine.graph.file.JsonText;
import tools.jackson.databind.JsonNode;

/// Where commands print: results to `out`, errors and progress to `err`.
public record Terminal(PrintWriter out, PrintWriter err) {

    /// The process's own streams: UTF-8, but what the console says if it is one of Windows.
    public static Terminal ofProcess() {
        return new Terminal(
                writer(FileDescriptor.out, "stdout.encoding"),
                writer(FileDescriptor.err, "stderr.encoding"));
    }

    private static PrintWriter writer(FileDescriptor stream, String encoding) {
        Console console = System.console();
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        Charset charset =
                windows && console != null && console.isTerminal()
                        ? Charset.forName(System.getProperty(encoding, "UTF-8"), UTF_8)
                        : UTF_8;
        return new PrintWriter(new FileOutputStream(stream), true, charset);
    }

    /// Prints a line of results.
    public void line(String text) {
        out.println(text);
    }

    /// Prints a result for programs.
    public void json(JsonNode tree) {
        out.print(JsonText.of(tree));
        out.flush();
    }

    /// Prints an error: one line, whatever the text.
    void error(String text) {
        err.println("skiplab: " + text.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
