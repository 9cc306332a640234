package org.skiplab.app.cli;

import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Network;
import picocli.CommandLine.Option;

/// `--survival RULE`: a mixin for commands that run a network.
final class SurvivalOption {

    @Option(
            names = "--survival",
            paramLabel = "RULE",
            description =
                    "Survival probabilities, such as linear:0.5 or uniform:0.8; residual branches get"
                            + " drop paths where the design has none.")
    private @Nullable String rule;

    /// The network as the option wants it; without the option as it is.
    Network applied(Network network, Terminal terminal) throws CommandFailure {
        return rule == null ? network : RunnableNetwork.surviving(network, rule, terminal);
    }
}
