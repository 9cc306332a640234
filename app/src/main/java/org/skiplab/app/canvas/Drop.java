package org.skiplab.app.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.skiplab.app.text.Quantity;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Problem;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Catalogue;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.edit.Edits;
import org.skiplab.engine.graph.edit.Merges;
import org.skiplab.engine.graph.edit.Stages;

/// What letting go would do, worked out on the network itself before it happens.
///
/// @param edit the edit that would be made, or why not; empty when nothing would happen
/// @param says one line for the drag's hint
public record Drop(Optional<Edit> edit, String says) {

    private static final Drop NOTHING = new Drop(Optional.empty(), "");

    public boolean refused() {
        return edit.isPresent() && edit.get() instanceof Edit.Refused;
    }

    /// Whether letting go would change the network.
    public boolean possible() {
        return edit.isPresent() && edit.get() instanceof Edit.Done;
    }

    public static Drop of(Analysis before, Cargo cargo, Target target) {
        Network network = before.network();
        return switch (cargo) {
            case Cargo.Fresh(Catalogue entry) -> fresh(before, entry, target);
            case Cargo.Present(List<String> ids) -> present(before, ids, target);
            case Cargo.Lead lead -> lead(before, lead, target);
        };
    }

    private static Drop lead(Analysis before, Cargo.Lead lead, Target target) {
        Network network = before.network();
        String from = lead.from();
        return switch (target) {
            case Target.OnBlocks(List<String> ids) when ids.contains(from) -> NOTHING;
            case Target.OnBlocks(List<String> ids) -> {
                List<String> inputs =
                        network.find(ids.getFirst()).map(Node::inputs).orElse(List.of());
                Edit edit = Edits.connect(network, from, ids.getFirst(), inputs.size());
                Drop drop = said(before, edit);
                boolean replaces =
                        edit instanceof Edit.Done(Network after, _, _)
                                && after.wires().size() == network.wires().size();
                yield replaces
                        ? new Drop(drop.edit(), drop.says() + ", instead of " + inputs.getFirst())
                        : drop;
            }
            case Target.OnWire(var wire) when lead.concatenate() ->
                    said(before, Merges.concatenate(network, from, wire));
            case Target.OnWire(var wire) -> {
                Drop drop = said(before, Merges.add(network, from, wire));
                yield new Drop(drop.edit(), drop.says() + ". With Shift: concatenate");
            }
            case Target.OnImage _, Target.Empty _ ->
                    new Drop(
                            Optional.empty(),
                            "Let go over the block that should read "
                                    + from
                                    + ", or over a wire to add it there");
        };
    }

    private static Drop fresh(Analysis before, Catalogue entry, Target target) {
        Network network = before.network();
        return switch (target) {
            case Target.OnWire(var wire) ->
                    said(before, Edits.insert(network, wire, entry.fitting(network, wire.from())));
            case Target.OnBlocks(List<String> ids) when entry == Catalogue.DROP_PATH ->
                    said(before, BlockEdits.gate(network, ids, Gate.SCHEDULED));
            case Target.OnBlocks(List<String> ids) ->
                    said(
                            before,
                            each(
                                    network,
                                    ids,
                                    (n, id) ->
                                            BlockEdits.replace(
                                                    n, id, entry.fitting(n, source(n, id)))));
            case Target.OnImage _ ->
                    said(
                            before,
                            Edits.append(
                                    network, Network.INPUT, entry.fitting(network, Network.INPUT)));
            case Target.Empty _ when network.nodes().isEmpty() ->
                    said(before, Edits.append(network, entry.fitting(network, Network.INPUT)));
            case Target.Empty _ -> {
                Edit edit = Edits.add(network, entry.fitting(network, Edits.end(network)));
                yield new Drop(Optional.of(edit), "Place " + entry.title() + " without wires");
            }
        };
    }

    private static Drop present(Analysis before, List<String> ids, Target target) {
        Network network = before.network();
        return switch (target) {
            case Target.OnWire(var wire)
                    when ids.contains(wire.from()) || ids.contains(wire.to()) ->
                    NOTHING;
            case Target.OnWire(var wire) -> said(before, Stages.move(network, ids, wire));
            case Target.Empty _ when ids.size() == 1 && free(network, ids.getFirst()) ->
                    new Drop(
                            Optional.of(
                                    Edit.done(network, "Move " + ids.getFirst(), ids.getFirst())),
                            "Put it here");
            case Target.Empty(_, boolean away) when away -> {
                Edit edit = Edits.remove(network, ids);
                Drop drop = said(before, edit);
                yield new Drop(drop.edit(), "Let go to remove: " + drop.says());
            }
            case Target.Empty _, Target.OnBlocks _, Target.OnImage _ -> NOTHING;
        };
    }

    /// Whether a block hangs on no wire, so that it has no place but the one a person gives it.
    private static boolean free(Network network, String id) {
        return network.find(id).map(n -> n.inputs().isEmpty()).orElse(false)
                && network.consumers(id).isEmpty();
    }

    /// Applies an edit to each block in turn; the first refusal refuses all.
    static Edit each(Network network, List<String> ids, BiFunction<Network, String, Edit> edit) {
        Network now = network;
        String what = "";
        List<String> blocks = new ArrayList<>();
        for (String id : ids) {
            switch (edit.apply(now, id)) {
                case Edit.Done(Network after, String done, List<String> touched) -> {
                    now = after;
                    what = done;
                    blocks.addAll(touched);
                }
                case Edit.Refused refusal -> {
                    return refusal;
                }
            }
        }
        return new Edit.Done(now, what, blocks);
    }

    private static String source(Network network, String id) {
        return network.find(id).flatMap(n -> n.inputs().stream().findFirst()).orElse(Network.INPUT);
    }

    /// Says what an edit would do to shapes, cost and runnability.
    private static Drop said(Analysis before, Edit edit) {
        return switch (edit) {
            case Edit.Refused(String why, String fix) ->
                    new Drop(Optional.of(edit), capital(why) + "; " + fix);
            case Edit.Done(Network after, String what, List<String> blocks) ->
                    new Drop(Optional.of(edit), effect(before, Analysis.of(after), what, blocks));
        };
    }

    private static String effect(
            Analysis before, Analysis after, String what, List<String> blocks) {
        StringBuilder text = new StringBuilder(what);
        if (blocks.size() == 1 && after.network().find(blocks.getFirst()).isPresent()) {
            shapes(after, blocks.getFirst()).ifPresent(s -> text.append(": ").append(s));
        }
        long more = after.parameters() - before.parameters();
        if (after.runnable() || more != 0) {
            text.append(", ").append(Quantity.change(more)).append(" parameters");
        }
        if (before.runnable() && !after.runnable()) {
            Problem problem = after.problems().getFirst();
            text.append(". Then ")
                    .append(problem.node())
                    .append(" cannot run: ")
                    .append(problem.why());
        }
        return text.toString();
    }

    private static Optional<String> shapes(Analysis analysis, String id) {
        List<String> inputs = analysis.network().node(id).inputs();
        Optional<Shape> in =
                inputs.isEmpty() ? Optional.empty() : analysis.shape(inputs.getFirst());
        Optional<Shape> out = analysis.shape(id);
        return in.isEmpty() || out.isEmpty()
                ? Optional.empty()
                : Optional.of(in.get() + " → " + out.get());
    }

    private static String capital(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
