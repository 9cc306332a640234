package org.skiplab.app.cli;

import java.util.stream.Collectors;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Problem;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;

/// What commands that run a network check first.
final class RunnableNetwork {
    private RunnableNetwork() {}

    static Network checked(Network network) throws CommandFailure {
        Analysis analysis = Analysis.of(network);
        if (!analysis.runnable()) {
            throw CommandFailure.failed(
                    network.name()
                            + " cannot run: "
                            + analysis.problems().stream()
                                    .map(Problem::toString)
                                    .collect(Collectors.joining("; ")));
        }
        return network;
    }

    static Survival survival(String text) throws CommandFailure {
        try {
            return Survival.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    static KernelPath kernels() throws CommandFailure {
        try {
            return KernelPath.chosen();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongUse(String.valueOf(e.getMessage()));
        }
    }
}
