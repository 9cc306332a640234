package org.skiplab.engine.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A Python with PyTorch, where there is one: `-Dskiplab.python=…`, the first on the path, or the
/// system's.
final class Python {

    record Result(int exitCode, String output) {}

    private static final Optional<String> WITH_TORCH =
            Stream.of(
                            System.getProperty("skiplab.python", ""),
                            "python3",
                            "/usr/bin/python3",
                            "python")
                    .filter(name -> !name.isEmpty())
                    .filter(name -> hasTorch(name))
                    .findFirst();

    private Python() {}

    /// Skips the test where there is no PyTorch.
    static void assumeTorch() {
        Assumptions.assumeTrue(
                WITH_TORCH.isPresent(),
                "skipped: no Python with torch and numpy here; install them (Debian: python3-torch)"
                        + " or say where with -Dskiplab.python=PATH");
    }

    static Result run(Path folder, String... arguments) throws IOException, InterruptedException {
        return run(WITH_TORCH.orElseThrow(), folder, arguments);
    }

    private static Result run(String python, Path folder, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        // The networks are small: threads would wait for one another longer than they compute.
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static boolean hasTorch(String python) {
        try {
            // To look for the packages takes a fraction of what importing them takes.
            String found =
                    "import importlib.util as i, sys;"
                            + "sys.exit(not all(map(i.find_spec, ('torch', 'numpy'))))";
            return run(python, Path.of("."), "-c", found).exitCode() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
