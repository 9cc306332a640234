package org.skiplab.engine.train;

import java.util.Locale;
import java.util.Optional;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.kernel.FreeMemory;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.nn.Footprint;

/// Native memory that training takes, in bytes, known before any of it is allocated.
///
/// @param network the compiled network
/// @param optimiser momenta
/// @param images mini-batches that are made ahead, of training and test images
public record MemoryNeed(Footprint network, long optimiser, long images) {

    /// @param network runnable
    public static MemoryNeed of(Network network, int batch, Optimiser optimiser, KernelPath path) {
        Footprint footprint = Footprint.of(network, batch, path);
        return new MemoryNeed(
                footprint,
                Descent.moments(optimiser) * footprint.gradients(),
                2L * Feed.SLOTS * batch * network.input().size() * Float.BYTES);
    }

    public long total() {
        return network.total() + optimiser + images;
    }

    /// @param held bytes that will be given back first
    /// @throws DoesNotFit if that cannot be trained here
    static void check(Network network, int batch, Optimiser optimiser, KernelPath path, long held) {
        refusal(network, batch, optimiser, path, FreeMemory.bytes() + held)
                .ifPresent(line -> {
                    throw new DoesNotFit(line);
                });
    }

    /// Why that does not fit into `available` bytes: what it needs, what there is, and what would
    /// fit; empty if it does.
    public static Optional<String> refusal(
            Network network, int batch, Optimiser optimiser, KernelPath path, long available) {
        MemoryNeed need = of(network, batch, optimiser, path);
        if (need.total() <= available) {
            return Optional.empty();
        }
        int fitting = fitting(network, batch, optimiser, path, available, need.total());
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "%s with batch %d needs %s of memory (parameters %s, gradients %s,"
                                + " momenta %s, activations %s, scratch %s) and %s is free: %s",
                        network.name(),
                        batch,
                        gigabytes(need.total()),
                        gigabytes(need.network.parameters()),
                        gigabytes(need.network.gradients() + need.network.activationGradients()),
                        gigabytes(need.optimiser),
                        gigabytes(need.network.activations()),
                        gigabytes(need.network.scratch() + need.images),
                        gigabytes(available),
                        fitting == 0
                                ? "not even batch 1 fits, choose a smaller network"
                                : "batch " + fitting + " fits, choose that or a smaller network"));
    }

    /// The largest batch that fits, or a little less; 0 if none does.
    private static int fitting(
            Network network,
            int batch,
            Optimiser optimiser,
            KernelPath path,
            long available,
            long needed) {
        if (batch == 1) {
            return 0;
        }
        long one = of(network, 1, optimiser, path).total();
        if (one > available) {
            return 0;
        }
        // Memory is almost a straight line in the batch; what it is not, the second look corrects.
        double perImage = (double) (needed - one) / (batch - 1);
        int guess = (int) Math.clamp(1 + (available - one) / perImage, 1, batch - 1);
        while (guess > 1 && of(network, guess, optimiser, path).total() > available) {
            guess = guess * 15 / 16;
        }
        return guess;
    }

    private static String gigabytes(long bytes) {
        return bytes < 100_000_000
                ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
