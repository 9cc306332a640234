package org.skiplab.app;

import java.util.List;
import javafx.application.Application;
import org.skiplab.app.cli.SkipLabCommand;
import org.skiplab.app.cli.Terminal;
import org.skiplab.app.fx.Toolkit;

/// Entry point of the program. It does not extend `Application`, so that it can run before JavaFX.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        List<String> arguments = List.of(args);
        Terminal terminal = Terminal.ofProcess();
        if (SkipLabCommand.isMeant(arguments)) {
            System.exit(SkipLabCommand.run(arguments, terminal));
        }
        if (!Toolkit.hasDisplay()) {
            terminal.line("There is no display: SkipLab takes its tour offscreen. Pictures:");
            System.exit(SkipLabCommand.run(List.of("tour"), terminal));
        }
        Application.launch(SkipLab.class, args);
        System.exit(0);
    }
}
