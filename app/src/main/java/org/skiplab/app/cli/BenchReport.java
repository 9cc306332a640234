package org.skiplab.app.cli;

import org.skiplab.engine.train.Benchmark;
import org.skiplab.engine.train.WarmUp;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The line of JSON that `bench` prints.
final class BenchReport {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    BenchReport(String kernels, String model, int batch) {
        json.put("engine", "skiplab");
        json.put("kernels", kernels);
        json.put("model", model);
        json.put("batch", batch);
    }

    void warmUp(WarmUp warmUp) {
        json.put("warm_up_steps", warmUp.steps());
        json.put("warm_up_s", rounded(warmUp.elapsed().toMillis() / 1e3));
        json.put("compiler_quiet", warmUp.quiet());
    }

    void times(Benchmark.Times times, long bytes) {
        json.put("median_ms", rounded(times.medianMs()));
        json.put("min_ms", rounded(times.minMs()));
        json.put("mean_ms", rounded(times.meanMs()));
        json.put("memory_mb", Math.round(bytes / 1e6));
    }

    void fed(String data, Benchmark.Fed fed) {
        json.put("data", data);
        json.put("fixed_ms", rounded(fed.fixedMs()));
        json.put("fed_ms", rounded(fed.fedMs()));
        json.put("speed_kept", share(fed.speedKept()));
    }

    void depth(Benchmark.Depth depth) {
        json.put("drawn_ms", rounded(depth.drawnMs()));
        json.put("full_depth_ms", rounded(depth.fullMs()));
        json.put("drawn_of_full", share(depth.ratio()));
    }

    String line() {
        return json.toString();
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static double share(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
