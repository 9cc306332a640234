package org.skiplab.bench;

import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.train.Benchmark;

/// Our own engine.
final class SkipLabPeer {
    private SkipLabPeer() {}

    static double median(Model model, int batch, int warmUp, int steps) {
        Network network =
                Presets.get(model.preset())
                        .network(new Shape(Peer.PIXELS, Peer.PIXELS, 3), Peer.CLASSES);
        try (Benchmark benchmark = new Benchmark(network, batch, KernelPath.chosen())) {
            return benchmark.run(warmUp, steps).medianMs();
        }
    }
}
