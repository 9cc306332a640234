package org.skiplab.engine.data.fetch;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Fetches published files over HTTP, through the proxy that Java's properties or the environment
/// name, if any. Several fetches may run at once, into different folders.
public final class Fetcher implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(20);

    private final HttpClient client;
    private final Disk disk;
    private final Patience patience;

    public Fetcher() {
        this(
                new EnvironmentProxies(System.getenv(), ProxySelector.getDefault()),
                Disk.REAL,
                Patience.USUAL);
    }

    Fetcher(ProxySelector proxies, Disk disk, Patience patience) {
        this.disk = disk;
        this.patience = patience;
        this.client =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .proxy(proxies)
                        .build();
    }

    /// Fetches a set into its folder below `parent`.
    public FetchResult fetch(PublishedSet set, Path parent, Consumer<FetchProgress> progress) {
        return fetch(set.files(), set.folder(parent), progress);
    }

    /// Fetches the files that are not yet in a folder, each under the name `NAME.part` until its
    /// checksum is right. Takes as long as it takes; interrupting the thread cancels.
    ///
    /// @param progress told ten times a second, on a thread of the fetch's own
    public FetchResult fetch(
            List<PublishedFile> files, Path folder, Consumer<FetchProgress> progress) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            return new FetchResult.Failed(
                    "the folder cannot be made", folder.toString(), "choose another folder");
        }
        long total = files.stream().mapToLong(PublishedFile::bytes).sum();
        var meter = new Meter(total, System::nanoTime);
        try (var watch = new Watch(meter, patience.silence(), progress)) {
            watch.start();
            for (PublishedFile file : files) {
                new Transfer(client, disk, patience, file, folder, meter, watch).run();
            }
            return new FetchResult.Fetched(folder);
        } catch (Transfer.Stopped e) {
            return e.result();
        } catch (InterruptedException _) {
            return new FetchResult.Cancelled();
        }
    }

    /// Breaks off whatever is being fetched.
    @Override
    public void close() {
        client.shutdownNow();
    }
}
