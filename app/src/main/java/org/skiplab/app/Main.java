package org.skiplab.app;

import java.util.List;
import org.skiplab.app.cli.SkipLabCommand;
import org.skiplab.app.cli.Terminal;

/// Entry point of the program. It does not extend `Application`, so that it can run before JavaFX.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        List<String> arguments = List.of(args);
        Terminal terminal = Terminal.ofProcess();
        if (SkipLabCommand.isMeant(arguments)) {
            System.exit(SkipLabCommand.run(arguments, terminal));
        }
        window(terminal);
    }

    private static void window(Terminal terminal) {
        System.exit(SkipLabCommand.run(List.of("--help"), terminal));
    }
}
