package org.skiplab.app.insight;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Wide;

/// The same network without the idea that is to be seen at work. Its blocks have the same names.
public enum Ghost {
    /// Every residual block a plain one: what residual learning (1512.03385 §3.1) is compared with.
    WITHOUT_SHORTCUTS("without shortcuts") {
        @Override
        Network made(Network network) {
            return changed(network, Ghost::plain);
        }

        @Override
        boolean applies(Network network, Network made) {
            return !made.equals(network)
                    && made.nodes().stream().noneMatch(n -> hasShortcut(n.block()));
        }
    },
    /// Every block in every mini-batch: what stochastic depth (1603.09382 §4) is compared with.
    CONSTANT_DEPTH("constant depth") {
        @Override
        Network made(Network network) {
            return changed(network, Ghost::ungated);
        }

        @Override
        boolean applies(Network network, Network made) {
            return !made.equals(network) && made.survivalProbabilities().isEmpty();
        }
    };

    private final String title;

    Ghost(String title) {
        this.title = title;
    }

    /// In a legend.
    public String title() {
        return title;
    }

    abstract Network made(Network network);

    abstract boolean applies(Network network, Network made);

    /// Empty if the network does not have the idea, or cannot do without it.
    public Optional<Network> of(Network network) {
        Network made = made(network);
        return applies(network, made) && Analysis.of(made).runnable()
                ? Optional.of(made.withName(network.name() + ", " + title))
                : Optional.empty();
    }

    private static Network changed(Network network, UnaryOperator<Block> change) {
        return network.withNodes(
                network.nodes().stream()
                        .map(n -> new Node(n.id(), change.apply(n.block()), n.inputs()))
                        .toList());
    }

    private static boolean hasShortcut(Block block) {
        return switch (block) {
            case Residual r -> r.shortcut() != Shortcut.NONE;
            case Wide _ -> true;
            default -> false;
        };
    }

    private static Block plain(Block block) {
        return switch (block) {
            case Residual r -> r.with(Shortcut.NONE).withGate(null);
            case Wide w when w.dropout() == 0 ->
                    new Residual(
                            Residual.Form.BASIC,
                            w.base() * w.widening(),
                            w.stride(),
                            ActivationOrder.FULL_PRE_ACTIVATION,
                            Shortcut.NONE,
                            false,
                            false,
                            null);
            default -> block;
        };
    }

    private static Block ungated(Block block) {
        return switch (block) {
            case Residual r -> r.withGate(null);
            case Wide w -> w.withGate(null);
            default -> block;
        };
    }
}
