package org.skiplab.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.skiplab.engine.graph.file.JsonText;
import tools.jackson.databind.JsonNode;

/// Where commands print: results to `out`, errors and progress to `err`.
public record Terminal(PrintWriter out, PrintWriter err) {

    /// The process's own streams: UTF-8, but what the console says on Windows.
    public static Terminal ofProcess() {
        Charset charset =
                System.getProperty("os.name", "").startsWith("Windows")
                        ? Charset.defaultCharset()
                        : StandardCharsets.UTF_8;
        return new Terminal(
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, charset),
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, charset));
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
