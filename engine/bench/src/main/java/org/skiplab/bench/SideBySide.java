package org.skiplab.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `[ROUNDS] [MODEL:BATCH …]`: a table of milliseconds per training step. Libraries take turns, each
/// time in a fresh process, and medians over the rounds are compared, because machines are noisy.
final class SideBySide {

    private static final List<String> CASES =
            List.of("wrn-16-1:128", "wrn-16-2:64", "wrn-16-4:32", "densenet-bc-40-12:64");
    private static final int ROUNDS = 5;
    private static final int STEPS = 12;

    private SideBySide() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> rest = new ArrayList<>(Arrays.asList(arguments));
        int rounds = ROUNDS;
        if (!rest.isEmpty() && rest.getFirst().matches("\\d+")) {
            rounds = Math.max(1, Integer.parseInt(rest.removeFirst()));
        }
        System.out.printf(
                Locale.ROOT,
                "milliseconds per training step, medians of %d rounds of %d steps, %d processors%n",
                rounds,
                STEPS,
                Runtime.getRuntime().availableProcessors());
        System.out.printf("%-22s", "network, batch");
        for (Peer peer : Peer.values()) {
            System.out.printf("%18s", peer.title());
        }
        System.out.println("   SkipLab is faster by");
        for (String one : rest.isEmpty() ? CASES : rest) {
            String[] parts = one.split(":", 2);
            if (parts.length < 2 || !parts[1].matches("\\d+")) {
                System.err.println("'" + one + "': give MODEL:BATCH, such as wrn-16-1:128");
                System.exit(2);
            }
            try {
                print(Model.parse(parts[0]), Integer.parseInt(parts[1]), rounds);
            } catch (IllegalArgumentException e) {
                System.err.println(e.getMessage());
                System.exit(2);
            }
        }
    }

    private static void print(Model model, int batch, int rounds)
            throws IOException, InterruptedException {
        Map<Peer, List<Double>> times = new EnumMap<>(Peer.class);
        for (int round = 0; round < rounds; round++) {
            for (Peer peer : Peer.values()) {
                times.computeIfAbsent(peer, _ -> new ArrayList<>())
                        .add(measured(peer, model, batch));
            }
        }
        System.out.printf("%-22s", model.preset() + ", " + batch);
        double ours = median(times.get(Peer.SKIPLAB));
        StringBuilder faster = new StringBuilder();
        for (Peer peer : Peer.values()) {
            double ms = median(times.get(peer));
            System.out.printf(Locale.ROOT, "%18s", Double.isNaN(ms) ? "failed" : format(ms));
            if (peer != Peer.SKIPLAB) {
                faster.append(String.format(Locale.ROOT, "   %.2fx", ms / ours));
            }
        }
        System.out.println(faster);
    }

    private static String format(double ms) {
        return String.format(Locale.ROOT, "%.1f", ms);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /// Runs a peer in a process of its own; NaN if it fails.
    private static double measured(Peer peer, Model model, int batch)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "--add-modules=jdk.incubator.vector",
                                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                                "-Dtinylog.level=error",
                                "-Dtinylog.writer.level=error",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Peer.class.getName(),
                                peer.name(),
                                model.preset(),
                                Integer.toString(batch),
                                Integer.toString(STEPS)));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            return Double.NaN;
        }
        return Double.parseDouble(output.substring(output.lastIndexOf('\n') + 1));
    }
}
