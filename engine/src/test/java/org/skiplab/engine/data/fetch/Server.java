package org.skiplab.engine.data.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A web server on this machine that serves one file as badly as it is told.
final class Server implements AutoCloseable {
    /// Answers one request.
    interface Answer {
        void to(HttpExchange exchange, byte[] file) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closing = new CountDownLatch(1);
    private final byte[] file;

    Server(byte[] file) {
        this.file = file;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /// The next request is answered so; those behind the last answer are served well.
    Server then(Answer answer) {
        answers.add(answer);
        return this;
    }

    /// For every request the range it asked for, or an empty text.
    List<String> requests() {
        return requests;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(range == null ? "" : range);
        Answer answer = answers.isEmpty() ? Server::serve : answers.removeFirst();
        try (exchange) {
            answer.to(exchange, file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int start(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    }

    /// As servers should, with ranges.
    static void serve(HttpExchange exchange, byte[] file) throws IOException {
        serve(exchange, file, file.length);
    }

    private static void serve(HttpExchange exchange, byte[] file, int end) throws IOException {
        int start = start(exchange);
        if (start >= file.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (start > 0) {
            exchange.getResponseHeaders()
                    .add(
                            "Content-Range",
                            "bytes %d-%d/%d".formatted(start, file.length - 1, file.length));
        }
        exchange.sendResponseHeaders(start > 0 ? 206 : 200, file.length - start);
        exchange.getResponseBody().write(file, start, Math.max(0, end - start));
        exchange.getResponseBody().flush();
    }

    /// Announces everything and hangs up after so many bytes of the file.
    static Answer breakingAt(int end) {
        return (exchange, file) -> serve(exchange, file, end);
    }

    /// Sends so many bytes of the file and then nothing.
    Answer stallingAt(int end) {
        return (exchange, file) -> {
            serve(exchange, file, end);
            closing.await();
        };
    }

    static Answer status(int status) {
        return (exchange, _) -> exchange.sendResponseHeaders(status, -1);
    }

    static Answer redirect(String location) {
        return (exchange, _) -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /// All of another file, whatever was asked for.
    static Answer whole(byte[] other) {
        return (exchange, _) -> {
            exchange.sendResponseHeaders(200, other.length);
            exchange.getResponseBody().write(other);
        };
    }

    /// Without saying how long it is.
    static Answer chunked(byte[] other) {
        return (exchange, _) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(other);
        };
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
