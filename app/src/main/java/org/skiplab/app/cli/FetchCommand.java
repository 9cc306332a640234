package org.skiplab.app.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.data.Fetching;
import org.skiplab.app.data.Sizes;
import org.skiplab.app.text.Quantity;
import org.skiplab.engine.data.fetch.FetchProgress;
import org.skiplab.engine.data.fetch.FetchResult;
import org.skiplab.engine.data.fetch.PublishedSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skiplab fetch [NAME]`: brings a published data set to this machine.
@Command(
        name = "fetch",
        description =
                "Fetches a published data set, or lists them all. What broke off is continued.",
        mixinStandardHelpOptions = true)
final class FetchCommand implements Callable<Integer> {
    private static final long BETWEEN_LINES = 2_000_000_000;

    private final Terminal terminal;
    private final Fetching fetching;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "mnist, fashion, cifar10, cifar100, svhn or emnist; none lists them.")
    private @Nullable String name;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder of all fetched sets; usually the one that the window uses.")
    private Path folder;

    private long lastLine;

    /// @param folder where sets go unless told otherwise
    FetchCommand(Terminal terminal, Fetching fetching, Path folder) {
        this.terminal = terminal;
        this.fetching = fetching;
        this.folder = folder;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (name == null) {
            list();
            return 0;
        }
        PublishedSet set = named(name);
        if (set.isIn(folder)) {
            terminal.line(set.title() + " is here: " + set.source(folder).address());
            return 0;
        }
        terminal.line(
                "%s, %s, licence: %s, from %s"
                        .formatted(
                                set.title(),
                                Quantity.bytes(set.bytes()),
                                set.licence(),
                                set.files().getFirst().origin()));
        return switch (fetching.fetch(set, folder, this::tell)) {
            case FetchResult.Fetched _ -> {
                terminal.line("fetched; train with --data " + set.source(folder).address());
                yield 0;
            }
            case FetchResult.Cancelled _ ->
                    throw CommandFailure.failed(
                            set.title() + ": cancelled; fetch again and it goes on from there");
            case FetchResult.Failed failed -> throw CommandFailure.failed(failed.message());
        };
    }

    private static PublishedSet named(String name) throws CommandFailure {
        for (PublishedSet set : PublishedSet.values()) {
            if (set.prefix().equals(name)) {
                return set;
            }
        }
        throw CommandFailure.wrongUse(
                "there is no published set '"
                        + name
                        + "'; there are "
                        + Arrays.stream(PublishedSet.values())
                                .map(PublishedSet::prefix)
                                .collect(Collectors.joining(", ")));
    }

    private void list() {
        Table table = new Table("name", ">size", "here", "content", "licence", "home");
        for (PublishedSet set : PublishedSet.values()) {
            table.row(
                    set.prefix(),
                    Quantity.bytes(set.bytes()).replace('\u2009', ' '),
                    set.isIn(folder) ? "yes" : set.bytesIn(folder) > 0 ? "part" : "no",
                    set.content(),
                    set.licence(),
                    set.home().toString());
        }
        table.lines().forEach(terminal::line);
    }

    private void tell(FetchProgress progress) {
        long now = System.nanoTime();
        if (lastLine == 0 || now - lastLine >= BETWEEN_LINES) {
            lastLine = now;
            terminal.line(Sizes.progress(progress).replace('\u2009', ' '));
        }
    }
}
