package org.skiplab.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.data.FetchViewModel.State;
import org.skiplab.app.fx.Background;
import org.skiplab.app.training.DataShelf;
import org.skiplab.engine.data.fetch.FetchProgress;
import org.skiplab.engine.data.fetch.FetchResult;
import org.skiplab.engine.data.fetch.Fetcher;
import org.skiplab.engine.data.fetch.PublishedFile;
import org.skiplab.engine.data.fetch.PublishedSet;

/// Fetching through the view model, from a server on this machine.
class FetchViewModelTest {

    @TempDir private Path folder;

    private final Sets sets = new Sets();
    private final Map<String, byte[]> files = Sets.digits();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String name = exchange.getRequestURI().getPath().substring(1);
                    requests.add(name);
                    byte[] bytes = files.get(name);
                    exchange.sendResponseHeaders(
                            bytes == null ? 404 : 200, bytes == null ? -1 : bytes.length);
                    if (bytes != null) {
                        exchange.getResponseBody().write(bytes);
                    }
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private PublishedFile file(String name) {
        byte[] bytes = files.getOrDefault(name, new byte[1]);
        try {
            return new PublishedFile(
                    name,
                    URI.create("http://localhost:" + server.getAddress().getPort() + "/" + name),
                    bytes.length,
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private FetchResult fetch(PublishedSet set, Path parent, Consumer<FetchProgress> progress) {
        List<PublishedFile> wanted =
                set == PublishedSet.MNIST
                        ? files.keySet().stream().map(this::file).toList()
                        : List.of(file("gone.zip"));
        try (var fetcher = new Fetcher()) {
            return fetcher.fetch(wanted, set.folder(parent), progress);
        }
    }

    private DataViewModel model(Fetching fetching, Background fetcher) {
        return new DataViewModel(
                sets.plan, new DataShelf(), folder, fetching, Background.INLINE, fetcher);
    }

    private static FetchViewModel of(DataViewModel model, PublishedSet set) {
        return model.published().get(set.ordinal());
    }

    @Test
    void nothingIsFetchedWithoutAClick() {
        DataViewModel model = model(this::fetch, Background.INLINE);
        model.refresh();
        model.pulse();
        assertThat(requests).isEmpty();
        assertThat(model.published()).hasSize(6);
        assertThat(model.published())
                .allSatisfy(p -> {
                    assertThat(p.stateProperty().get()).isEqualTo(State.ABSENT);
                    assertThat(p.set().licence()).isNotBlank();
                    assertThat(p.set().home().getHost()).isNotBlank();
                    assertThat(p.set().bytes()).isGreaterThan(10_000_000);
                });
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFetchedSetCanBeChosenAtOnce() {
        DataViewModel model = model(this::fetch, Background.INLINE);
        FetchViewModel mnist = of(model, PublishedSet.MNIST);
        mnist.fetch();
        assertThat(requests).containsExactlyElementsOf(files.keySet());
        assertThat(mnist.stateProperty().get()).isEqualTo(State.HERE);
        assertThat(mnist.shareProperty().get()).isEqualTo(1);
        assertThat(model.choices().getLast().title()).isEqualTo("MNIST");
        model.show(PublishedSet.MNIST);
        Surveyed shown = model.shownProperty().get().orElseThrow();
        assertThat(shown.data().train().size()).isEqualTo(10);
        assertThat(shown.choice()).isEqualTo(model.choices().getLast());
        model.use();
        assertThat(sets.plan.dataProperty().get()).isEqualTo(shown.choice());
        assertThat(sets.fitted).isEmpty();
    }

    @Test
    void whatIsMissingIsSaidWithWhereToPutIt() {
        DataViewModel model = model(this::fetch, Background.INLINE);
        FetchViewModel emnist = of(model, PublishedSet.EMNIST);
        emnist.fetch();
        assertThat(emnist.stateProperty().get()).isEqualTo(State.FAILED);
        assertThat(emnist.statusProperty().get())
                .contains("404", "put it into " + emnist.folder())
                .doesNotContain("\n", "Exception");
        assertThat(model.choices()).hasSize(2);
        emnist.fetch();
        assertThat(requests).hasSize(2);
    }

    @Test
    void progressSpeedAndTimeLeftAreShownAndCancellingKeepsThePart() throws Exception {
        var told = new CountDownLatch(1);
        Fetching slow =
                (set, _, progress) -> {
                    progress.accept(
                            new FetchProgress(
                                    "x",
                                    56_175_374,
                                    set.bytes(),
                                    2e6,
                                    Optional.of(Duration.ofSeconds(39))));
                    told.countDown();
                    try {
                        Thread.sleep(Duration.ofMinutes(5));
                        throw new AssertionError("nobody cancelled");
                    } catch (InterruptedException _) {
                        return new FetchResult.Cancelled();
                    }
                };
        List<Runnable> back = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        Background own =
                new Background() {
                    @Override
                    public <T> void run(
                            java.util.concurrent.Callable<T> work,
                            Consumer<T> done,
                            Consumer<Exception> failed) {
                        threads.add(
                                Thread.ofPlatform()
                                        .start(() ->
                                                Background.INLINE.run(
                                                        work,
                                                        r -> back.add(() -> done.accept(r)),
                                                        e -> back.add(() -> failed.accept(e)))));
                    }
                };
        DataViewModel model = model(slow, own);
        FetchViewModel emnist = of(model, PublishedSet.EMNIST);
        emnist.fetch();
        told.await();
        model.pulse();
        assertThat(emnist.stateProperty().get()).isEqualTo(State.FETCHING);
        assertThat(emnist.shareProperty().get()).isBetween(0.09, 0.11);
        assertThat(emnist.statusProperty().get().replace('\u2009', ' '))
                .isEqualTo("56.2 MB of 562 MB · 2.00 MB/s · 39 s left");
        emnist.cancel();
        for (Thread thread : threads) {
            thread.join();
        }
        back.forEach(Runnable::run);
        assertThat(emnist.stateProperty().get()).isEqualTo(State.PART);
        assertThat(emnist.statusProperty().get().replace('\u2009', ' '))
                .isEqualTo("56.2 MB of 562 MB are here");
    }

    @Test
    void aFetchThatWaitsCanBeCancelledToo() {
        List<Runnable> waiting = new ArrayList<>();
        Background later =
                new Background() {
                    @Override
                    public <T> void run(
                            java.util.concurrent.Callable<T> work,
                            Consumer<T> done,
                            Consumer<Exception> failed) {
                        waiting.add(() -> Background.INLINE.run(work, done, failed));
                    }
                };
        DataViewModel model = model(this::fetch, later);
        FetchViewModel mnist = of(model, PublishedSet.MNIST);
        mnist.fetch();
        mnist.fetch();
        assertThat(mnist.stateProperty().get()).isEqualTo(State.WAITING);
        mnist.cancel();
        assertThat(waiting).hasSize(1);
        waiting.getFirst().run();
        assertThat(requests).isEmpty();
        assertThat(mnist.stateProperty().get()).isEqualTo(State.ABSENT);
    }

    @Test
    void partsOfEarlierFetchesAreFound() throws IOException {
        Path part =
                Files.createDirectories(PublishedSet.CIFAR_10.folder(folder))
                        .resolve("cifar-10-binary.tar.gz.part");
        Files.write(part, new byte[1_700_522]);
        DataViewModel model = model(this::fetch, Background.INLINE);
        model.lookForFetched();
        FetchViewModel cifar = of(model, PublishedSet.CIFAR_10);
        assertThat(cifar.stateProperty().get()).isEqualTo(State.PART);
        assertThat(cifar.shareProperty().get()).isBetween(0.0099, 0.0101);
        assertThat(model.choices()).hasSize(2);
    }
}
