package org.skiplab.engine.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One file on its way: asks for what is missing, again when the connection breaks, and gives the
/// file its name when all of it is right.
final class Transfer {
    private static final int BUFFER = 1 << 16;
    private static final long SPARE = 16L << 20;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

    /// Ends a transfer with a result.
    static final class Stopped extends Exception {
        private static final long serialVersionUID = 1;

        private final transient FetchResult result;

        Stopped(FetchResult result) {
            this.result = result;
        }

        FetchResult result() {
            return result;
        }
    }

    /// A server's answer that may be better next time.
    private static final class Busy extends IOException {
        private static final long serialVersionUID = 1;

        private Busy(int status) {
            super("the server answered " + status);
        }
    }

    private final HttpClient client;
    private final Disk disk;
    private final Patience patience;
    private final PublishedFile file;
    private final Path folder;
    private final Meter meter;
    private final Watch watch;

    Transfer(
            HttpClient client,
            Disk disk,
            Patience patience,
            PublishedFile file,
            Path folder,
            Meter meter,
            Watch watch) {
        this.client = client;
        this.disk = disk;
        this.patience = patience;
        this.file = file;
        this.folder = folder;
        this.meter = meter;
        this.watch = watch;
    }

    void run() throws Stopped, InterruptedException {
        Path target = folder.resolve(file.name());
        Path part = folder.resolve(file.name() + ".part");
        try {
            meter.begin(file.name(), 0);
            if (!isWhole(target)) {
                try (FileChannel channel =
                        FileChannel.open(
                                part,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE)) {
                    lock(channel);
                    fill(channel);
                }
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            }
            meter.end(file.bytes());
        } catch (ClosedByInterruptException _) {
            throw new InterruptedException();
        } catch (IOException e) {
            throw failed(
                    "it cannot be written (" + e.getMessage() + ")",
                    part.toString(),
                    "check the folder's permissions and the disk");
        }
    }

    private boolean isWhole(Path path) throws IOException {
        if (!Files.isRegularFile(path) || Files.size(path) != file.bytes()) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return checksum(channel).equals(file.sha256());
        }
    }

    /// Held until the channel is closed.
    private void lock(FileChannel channel) throws IOException, Stopped {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException _) {
            // This very process fetches it.
        }
        throw failed(
                "it is being fetched already",
                folder.resolve(file.name()).toString(),
                "wait for the other fetch to end");
    }

    /// Until the checksum is right. What an earlier fetch left may be wrong, so it gets one chance.
    private void fill(FileChannel channel) throws IOException, Stopped, InterruptedException {
        if (channel.size() > file.bytes()) {
            channel.truncate(0);
        }
        boolean continued = channel.size() > 0;
        receive(channel);
        if (checksum(channel).equals(file.sha256())) {
            channel.force(true);
            return;
        }
        channel.truncate(0);
        if (continued) {
            receive(channel);
            if (checksum(channel).equals(file.sha256())) {
                channel.force(true);
                return;
            }
            channel.truncate(0);
        }
        throw failed(
                "what came has another checksum than the published file",
                file.origin().toString(),
                "try again later; if it stays so, the file has changed at its origin");
    }

    private void receive(FileChannel channel) throws IOException, Stopped, InterruptedException {
        checkRoom(channel);
        int fruitless = 0;
        while (channel.size() < file.bytes()) {
            long before = channel.size();
            try {
                request(channel);
            } catch (IOException broken) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!channel.isOpen()) {
                    throw broken;
                }
                fruitless = channel.size() > before ? 0 : fruitless + 1;
                if (fruitless >= patience.attempts() || isOffline(broken) && before == 0) {
                    throw failed(broken, channel.size());
                }
                Thread.sleep(patience.pause().multipliedBy(1L << fruitless));
            }
        }
    }

    private void checkRoom(FileChannel channel) throws IOException, Stopped {
        long needed = file.bytes() - channel.size() + SPARE;
        long room = disk.room(folder);
        if (room < needed) {
            throw failed(
                    String.format(
                            Locale.ROOT,
                            "there is room for %,d MB and %,d MB are needed",
                            room >> 20,
                            needed >> 20),
                    folder.toString(),
                    "make room on the disk");
        }
    }

    private static boolean isOffline(IOException e) {
        return e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
    }

    /// Asks for what is missing and appends it as it comes.
    private void request(FileChannel channel) throws IOException, Stopped, InterruptedException {
        long start = channel.size();
        meter.begin(file.name(), start);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(file.origin())
                        .timeout(patience.silence())
                        .header("User-Agent", "SkipLab")
                        .header("Accept-Encoding", "identity");
        if (start > 0) {
            request.header("Range", "bytes=" + start + "-");
        }
        HttpResponse<InputStream> response =
                client.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case 200 -> {
                    checkLength(response.headers().firstValueAsLong("Content-Length").orElse(-1));
                    channel.truncate(0);
                }
                case 206 -> checkRange(response, start);
                case 416 -> {
                    channel.truncate(0);
                    throw new Busy(416);
                }
                case 408, 425, 429, 500, 502, 503, 504 -> throw new Busy(response.statusCode());
                default -> throw refused(response.statusCode());
            }
            channel.position(channel.size());
            append(body, channel);
        }
    }

    private void append(InputStream body, FileChannel channel) throws IOException, Stopped {
        byte[] buffer = new byte[BUFFER];
        watch.listen(body);
        try {
            while (true) {
                int count = body.read(buffer);
                if (count < 0) {
                    return;
                }
                if (channel.position() + count > file.bytes()) {
                    throw changed(channel.position() + count + " bytes or more");
                }
                write(channel, ByteBuffer.wrap(buffer, 0, count));
                meter.came(channel.position(), count);
            }
        } finally {
            watch.hangUp();
        }
    }

    private void write(FileChannel channel, ByteBuffer bytes) throws IOException, Stopped {
        try {
            disk.write(channel, bytes);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw failed(
                    "writing failed (" + e.getMessage() + ")",
                    folder.resolve(file.name() + ".part").toString(),
                    "make room on the disk and fetch again: it goes on from there");
        }
    }

    private void checkLength(long length) throws Stopped {
        if (length >= 0 && length != file.bytes()) {
            throw changed(length + " bytes");
        }
    }

    /// A server may answer with another part than was asked for.
    private void checkRange(HttpResponse<InputStream> response, long start)
            throws IOException, Stopped {
        Matcher range =
                CONTENT_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
        if (!range.matches() || Long.parseLong(range.group(1)) != start) {
            throw new Busy(206);
        }
        if (!range.group(2).equals("*")) {
            checkLength(Long.parseLong(range.group(2)));
        }
    }

    private Stopped changed(String length) {
        return failed(
                "the server offers %s where the published file has %s"
                        .formatted(length, file.bytes()),
                file.origin().toString(),
                byHand());
    }

    private Stopped refused(int status) {
        String what =
                switch (status) {
                    case 404, 410 -> "the file is no longer there (" + status + ")";
                    case 401, 403 -> "the server does not give it away (" + status + ")";
                    case 407 -> "the proxy asks for a password (407)";
                    default -> "the server answered " + status;
                };
        return failed(what, file.origin().toString(), byHand());
    }

    private Stopped failed(IOException e, long there) {
        String what =
                isOffline(e)
                        ? "there is no connection to " + file.origin().getHost()
                        : e instanceof Busy
                                ? String.valueOf(e.getMessage())
                                : String.format(
                                        Locale.ROOT,
                                        "the connection broke after %,d of %,d bytes",
                                        there,
                                        file.bytes());
        String remedy = there > 0 ? "fetch again: it goes on from there" : "check the network";
        return failed(what, file.origin().toString(), remedy + ", or " + byHand());
    }

    private String byHand() {
        return "get the file by other means and put it into " + folder;
    }

    private static Stopped failed(String what, String where, String remedy) {
        return new Stopped(new FetchResult.Failed(what, where, remedy));
    }

    private static String checksum(FileChannel channel) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long at = 0;
        while (true) {
            int count = channel.read(buffer.clear(), at);
            if (count < 0) {
                return HexFormat.of().formatHex(digest.digest());
            }
            at += count;
            digest.update(buffer.flip());
        }
    }
}
