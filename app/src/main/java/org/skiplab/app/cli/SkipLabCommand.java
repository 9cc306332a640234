package org.skiplab.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.skiplab.app.Version;
import org.skiplab.app.data.DataFolder;
import org.skiplab.app.data.Fetching;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.UnmatchedArgumentException;

/// `skiplab COMMAND …`. To add a command, add it to [#commands].
@Command(
        name = "skiplab",
        description = "A desktop laboratory for networks with skip connections.",
        customSynopsis = {
            "skiplab [FILE.skiplab]      opens the window",
            "skiplab COMMAND [OPTIONS]"
        },
        mixinStandardHelpOptions = true,
        versionProvider = SkipLabCommand.Versions.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong use"})
public final class SkipLabCommand {
    private static final Logger LOG = LoggerFactory.getLogger(SkipLabCommand.class);

    private SkipLabCommand() {}

    private static List<Object> commands(Terminal terminal) {
        return List.of(
                new PresetsCommand(terminal),
                new DescribeCommand(terminal),
                new TrainCommand(terminal),
                new BenchCommand(terminal),
                new DrawCommand(terminal),
                new FetchCommand(terminal, Fetching.OVER_HTTP, DataFolder.ofSystem()),
                new ExportCommand(terminal),
                new TourCommand(terminal));
    }

    /// Whether these arguments are for the command line rather than the window.
    public static boolean isMeant(List<String> arguments) {
        return !arguments.isEmpty() && !isFile(arguments);
    }

    private static boolean isFile(List<String> arguments) {
        String only = arguments.getFirst().toLowerCase(Locale.ROOT);
        return arguments.size() == 1 && only.endsWith(".skiplab");
    }

    /// Carries out a command line and returns its exit code.
    public static int run(List<String> arguments, Terminal terminal) {
        CommandLine line = new CommandLine(new SkipLabCommand());
        commands(terminal).forEach(line::addSubcommand);
        line.addSubcommand(new HelpCommand());
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, _) -> wrongUse(e, terminal));
        line.setExecutionExceptionHandler((e, _, _) -> failed(e, terminal));
        return line.execute(arguments.toArray(String[]::new));
    }

    private static int wrongUse(CommandLine.ParameterException e, Terminal terminal) {
        String message = Objects.requireNonNullElse(e.getMessage(), "the arguments do not fit");
        List<String> similar =
                e instanceof UnmatchedArgumentException u ? u.getSuggestions() : List.of();
        terminal.error(
                message
                        + "; "
                        + (similar.isEmpty() ? "" : "did you mean '" + similar.getFirst() + "'? ")
                        + "see '"
                        + e.getCommandLine().getCommandSpec().qualifiedName()
                        + " --help'");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, Terminal terminal) {
        if (e instanceof CommandFailure failure) {
            terminal.error(Objects.requireNonNullElse(failure.getMessage(), "failed"));
            return failure.exitCode();
        }
        LOG.debug("a command failed for a reason nobody thought of", e);
        terminal.error(
                "this should not have happened ("
                        + e
                        + "); please report it with the command you used");
        return CommandLine.ExitCode.SOFTWARE;
    }

    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"SkipLab " + Version.text()};
        }
    }
}
