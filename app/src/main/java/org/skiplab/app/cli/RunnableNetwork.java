package org.skiplab.app.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Problem;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;
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

    /// The network with that survival schedule. Where it has no drop paths, every residual branch
    /// gets the paper's, and the terminal says so.
    static Network surviving(Network network, String text, Terminal terminal)
            throws CommandFailure {
        Survival survival;
        try {
            survival = Survival.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongUse(String.valueOf(e.getMessage()));
        }
        Network scheduled = network.withSurvival(survival);
        if (!network.survivalProbabilities().isEmpty()) {
            return scheduled;
        }
        List<String> branches =
                network.nodes().stream()
                        .filter(n ->
                                BlockEdits.gate(network, List.of(n.id()), Gate.SCHEDULED)
                                        instanceof Edit.Done)
                        .map(Node::id)
                        .toList();
        return switch (BlockEdits.gate(scheduled, branches, Gate.SCHEDULED)) {
            case Edit.Done(Network gated, var _, var _) -> {
                terminal.err()
                        .println(
                                network.name()
                                        + " has no drop paths: each of its "
                                        + branches.size()
                                        + " residual branches gets one ("
                                        + Gate.SCHEDULED.mode().title()
                                        + ")");
                yield gated;
            }
            case Edit.Refused _ ->
                    throw CommandFailure.wrongUse(
                            "--survival "
                                    + text
                                    + ": "
                                    + network.name()
                                    + " has no residual branch that could be dropped; leave the"
                                    + " option out, or choose a residual or wide network");
        };
    }

    static KernelPath kernels() throws CommandFailure {
        try {
            return KernelPath.chosen();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongUse(String.valueOf(e.getMessage()));
        }
    }
}
