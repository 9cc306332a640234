package org.skiplab.engine.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skiplab.engine.data.fetch.FetchResult.Cancelled;
import org.skiplab.engine.data.fetch.FetchResult.Failed;
import org.skiplab.engine.data.fetch.FetchResult.Fetched;
import org.skiplab.engine.graph.Seeds;

class FetcherTest {
    private static final int LENGTH = 300_000;
    private static final Patience PATIENT =
            new Patience(Duration.ofMinutes(2), 3, Duration.ofMillis(1));
    private static final Patience HASTY =
            new Patience(Duration.ofMillis(700), 20, Duration.ofMillis(1));
    private static final ProxySelector DIRECT = ProxySelector.of(null);

    @TempDir private Path folder;

    private final byte[] content = noise(1);
    private final Server server = new Server(content);
    private final List<FetchProgress> progress = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] noise(long seed) {
        byte[] noise = new byte[LENGTH];
        Seeds.stream(seed).nextBytes(noise);
        return noise;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private PublishedFile file() {
        return new PublishedFile("data.bin", server.uri("/data.bin"), LENGTH, sha256(content));
    }

    private Path target() {
        return folder.resolve("data.bin");
    }

    private Path part() {
        return folder.resolve("data.bin.part");
    }

    private FetchResult fetch() {
        return fetch(Disk.REAL, file());
    }

    private FetchResult fetch(Disk disk, PublishedFile... files) {
        return fetch(disk, PATIENT, files);
    }

    private FetchResult fetch(Disk disk, Patience patience, PublishedFile... files) {
        try (var fetcher = new Fetcher(DIRECT, disk, patience)) {
            return fetcher.fetch(List.of(files), folder, progress::add);
        }
    }

    private void assertFetched(FetchResult result) throws IOException {
        assertThat(result).isEqualTo(new Fetched(folder));
        assertThat(Files.readAllBytes(target())).isEqualTo(content);
        assertThat(part()).doesNotExist();
        assertThat(progress.getLast().doneBytes()).isEqualTo(progress.getLast().totalBytes());
    }

    private void assertFailed(FetchResult result, String... words) {
        assertThat(result).isInstanceOf(Failed.class);
        assertThat(((Failed) result).message()).contains(words).doesNotContain("\n", "Exception");
        assertThat(target()).doesNotExist();
    }

    @Test
    void aFileComesWholeAndIsNotFetchedAgain() throws IOException {
        assertFetched(fetch());
        assertThat(server.requests()).containsExactly("");
        assertFetched(fetch());
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void severalFilesCountTogether() {
        PublishedFile other =
                new PublishedFile("other.bin", server.uri("/other"), LENGTH, sha256(content));
        assertThat(fetch(Disk.REAL, file(), other)).isInstanceOf(Fetched.class);
        assertThat(progress.getLast().totalBytes()).isEqualTo(2L * LENGTH);
        assertThat(progress.getLast().doneBytes()).isEqualTo(2L * LENGTH);
        assertThat(progress.getLast().file()).isEqualTo("other.bin");
    }

    @Test
    void aBrokenConnectionGoesOnWhereItBroke() throws IOException {
        server.then(Server.breakingAt(100_000)).then(Server.breakingAt(100_000 + 65_536));
        assertFetched(fetch());
        assertThat(server.requests()).hasSize(3).startsWith("");
        // What was on its way when the line broke may be lost, but nothing that was written.
        for (String range : server.requests().subList(1, 3)) {
            assertThat(range).matches("bytes=[1-9]\\d*-");
        }
    }

    @Test
    void aPartOfAnEarlierFetchIsContinued() throws IOException {
        Files.write(part(), Arrays.copyOf(content, 123_456));
        assertFetched(fetch());
        assertThat(server.requests()).containsExactly("bytes=123456-");
    }

    @Test
    void aWholePartNeedsNoRequest() throws IOException {
        Files.write(part(), content);
        assertFetched(fetch());
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aWrongPartIsThrownAwayOnce() throws IOException {
        Files.write(part(), new byte[50_000]);
        assertFetched(fetch());
        assertThat(server.requests()).containsExactly("bytes=50000-", "");
    }

    @Test
    void aPartThatIsTooLongIsThrownAway() throws IOException {
        Files.write(part(), new byte[LENGTH + 1]);
        assertFetched(fetch());
        assertThat(server.requests()).containsExactly("");
    }

    @Test
    void aServerWithoutRangesSendsAllAgain() throws IOException {
        Files.write(part(), Arrays.copyOf(content, 1000));
        server.then(Server.whole(content));
        assertFetched(fetch());
    }

    @Test
    void aSilentConnectionIsGivenUpAndGoesOn() throws IOException {
        server.then(server.stallingAt(65_536));
        assertFetched(fetch(Disk.REAL, HASTY, file()));
        assertThat(server.requests()).hasSizeGreaterThan(1);
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws IOException {
        server.then((_, _) -> Thread.sleep(HASTY.silence().multipliedBy(3)));
        assertFetched(fetch(Disk.REAL, HASTY, file()));
    }

    @Test
    void aConnectionThatKeepsBreakingKeepsItsPart() throws IOException {
        server.then(Server.breakingAt(70_000));
        for (int i = 0; i < PATIENT.attempts(); i++) {
            server.then(Server.breakingAt(0));
        }
        assertFailed(fetch(), "the connection broke after", "of 300,000 bytes", "goes on");
        assertThat(Files.size(part())).isBetween(1L, 70_000L);
        assertFetched(fetch());
    }

    @Test
    void busyServersAreAskedAgain() throws IOException {
        server.then(Server.status(503)).then(Server.status(429));
        assertFetched(fetch());
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void aFileWithAnotherChecksumIsNeverTakenForTheRightOne() {
        server.then(Server.whole(noise(2)));
        assertFailed(fetch(), server.uri("/data.bin").toString(), "another checksum");
        assertThat(part()).isEmptyFile();
    }

    @Test
    void aFileOfAnotherLengthIsNotEvenFetched() {
        server.then(Server.whole(new byte[17]));
        assertFailed(fetch(), "the server offers 17 bytes where the published file has 300000");
        server.then(Server.chunked(Arrays.copyOf(content, LENGTH + 5)));
        assertFailed(fetch(), "or more where the published file has 300000");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 403, 407, 418})
    void refusalsSayWhatToDo(int status) {
        server.then(Server.status(status));
        assertFailed(fetch(), Integer.toString(status), "put it into " + folder);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void redirectsAreFollowed() throws IOException {
        server.then(Server.redirect("/elsewhere"));
        assertFetched(fetch());
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void redirectsInACircleEnd() {
        for (int i = 0; i < 40; i++) {
            server.then(Server.redirect("/data.bin"));
        }
        assertFailed(fetch(), "put it into");
    }

    @Test
    void offlineIsSaidPlainly() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var gone =
                new PublishedFile("data.bin", URI.create("http://localhost:" + port + "/"), 5, "");
        assertFailed(
                fetch(Disk.REAL, gone),
                "there is no connection to localhost",
                "check the network, or get the file by other means and put it into " + folder);
        var nowhere =
                new PublishedFile("data.bin", URI.create("http://no-such-host.invalid/"), 5, "");
        assertFailed(fetch(Disk.REAL, nowhere), "there is no connection to no-such-host.invalid");
    }

    @Test
    void aFullDiskIsToldAndThePartGoesOnLater() throws IOException {
        Disk full =
                new Disk() {
                    @Override
                    public long room(Path path) {
                        return Long.MAX_VALUE;
                    }

                    @Override
                    public void write(FileChannel file, ByteBuffer bytes) throws IOException {
                        if (file.position() > 100_000) {
                            throw new IOException("No space left on device");
                        }
                        Disk.REAL.write(file, bytes);
                    }
                };
        assertFailed(fetch(full, file()), "No space left on device", "make room");
        long kept = Files.size(part());
        assertThat(kept).isGreaterThan(100_000);
        assertFetched(fetch());
        assertThat(server.requests()).containsExactly("", "bytes=" + kept + "-");
    }

    @Test
    void tooLittleRoomIsToldBeforehand() {
        Disk small =
                new Disk() {
                    @Override
                    public long room(Path path) {
                        return 3 << 20;
                    }

                    @Override
                    public void write(FileChannel file, ByteBuffer bytes) {
                        throw new AssertionError();
                    }
                };
        assertFailed(fetch(small, file()), "there is room for 3 MB and 16 MB are needed");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsTold() throws IOException {
        Path blocked = Files.createFile(folder.resolve("blocked"));
        try (var fetcher = new Fetcher(DIRECT, Disk.REAL, PATIENT)) {
            FetchResult result =
                    fetcher.fetch(List.of(file()), blocked.resolve("below"), progress::add);
            assertThat(((Failed) result).message()).contains("blocked", "cannot be made");
        }
    }

    @Test
    void cancellingKeepsThePart() throws Exception {
        server.then(server.stallingAt(131_072));
        var result = new AtomicReference<FetchResult>();
        var came = new CountDownLatch(1);
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            try (var fetcher = new Fetcher(DIRECT, Disk.REAL, PATIENT)) {
                                result.set(
                                        fetcher.fetch(
                                                List.of(file()),
                                                folder,
                                                p -> {
                                                    if (p.doneBytes() == 131_072) {
                                                        came.countDown();
                                                    }
                                                }));
                            }
                        });
        came.await();
        thread.interrupt();
        thread.join();
        assertThat(result.get()).isEqualTo(new Cancelled());
        assertThat(target()).doesNotExist();
        assertThat(part()).hasSize(131_072);
        assertFetched(fetch());
        assertThat(server.requests()).containsExactly("", "bytes=131072-");
    }

    @Test
    void twoFetchesOfOneFileDoNotMix() throws Exception {
        var release = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        server.then((exchange, file) -> {
            started.countDown();
            release.await();
            Server.serve(exchange, file);
        });
        var first = new AtomicReference<FetchResult>();
        Thread thread = Thread.ofPlatform().start(() -> first.set(fetch()));
        started.await();
        assertFailed(fetch(), "it is being fetched already");
        release.countDown();
        thread.join();
        assertFetched(first.get());
    }

    @Test
    void aProxyIsAskedInsteadOfTheOrigin() throws IOException {
        List<URI> asked = Collections.synchronizedList(new ArrayList<>());
        ProxySelector toServer =
                new ProxySelector() {
                    @Override
                    public List<Proxy> select(URI uri) {
                        asked.add(uri);
                        return List.of(new Proxy(Proxy.Type.HTTP, server.address()));
                    }

                    @Override
                    public void connectFailed(URI uri, SocketAddress address, IOException e) {
                        throw new AssertionError(e);
                    }
                };
        var far =
                new PublishedFile(
                        "data.bin", URI.create("http://far.invalid/x"), LENGTH, sha256(content));
        try (var fetcher = new Fetcher(toServer, Disk.REAL, PATIENT)) {
            assertFetched(fetcher.fetch(List.of(far), folder, progress::add));
        }
        assertThat(asked).containsExactly(URI.create("http://far.invalid/x"));
    }

    @Test
    void publishedSetsKnowWhereTheyLie() throws IOException {
        for (PublishedSet set : PublishedSet.values()) {
            assertThat(set.isIn(folder)).isFalse();
            assertThat(set.source(folder).spec()).contains(set.folder(folder).toString());
            for (PublishedFile file : set.files()) {
                assertThat(file.sha256()).matches("[0-9a-f]{64}");
                assertThat(file.bytes()).isBetween(4000L, 1L << 30);
                assertThat(file.origin().getPath()).endsWith("/" + file.name());
            }
        }
        assertThat(
                        Stream.of(PublishedSet.values())
                                .flatMap(s -> s.files().stream())
                                .map(PublishedFile::sha256))
                .doesNotHaveDuplicates();
        assertThat(PublishedSet.SVHN.bytes()).isEqualTo(246_316_178);
        Path cifar = Files.createDirectories(folder.resolve("cifar-10"));
        Files.write(cifar.resolve("cifar-10-binary.tar.gz"), new byte[10]);
        assertThat(PublishedSet.CIFAR_10.isIn(folder)).isFalse();
    }
}
