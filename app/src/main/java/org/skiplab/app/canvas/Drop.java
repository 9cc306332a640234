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

    /// The edit with what it would do, in words.
    public static Drop of(Analysis before, Cargo cargo, Target target) {
        Optional<Edit> edit = edit(before, cargo, target);
        return edit.map(e -> new Drop(edit, sentence(before, cargo, target, e)))
                .orElseGet(() -> hint(cargo, target));
    }

    /// The edit alone, which takes half the time.
    static Optional<Edit> edit(Analysis before, Cargo cargo, Target target) {
        Network network = before.network();
        return switch (cargo) {
            case Cargo.Fresh(Catalogue entry) -> Optional.of(fresh(before, entry, target));
            case Cargo.Present(List<String> ids) -> present(network, ids, target);
            case Cargo.Lead lead -> lead(network, lead, target);
        };
    }

    private static Optional<Edit> lead(Network network, Cargo.Lead lead, Target target) {
        String from = lead.from();
        return switch (target) {
            case Target.OnBlocks(List<String> ids) when ids.contains(from) -> Optional.empty();
            case Target.OnBlocks(List<String> ids) ->
                    Optional.of(
                            Edits.connect(
                                    network,
                                    from,
                                    ids.getFirst(),
                                    inputs(network, ids.getFirst()).size()));
            case Target.OnWire(var wire) when lead.concatenate() ->
                    Optional.of(Merges.concatenate(network, from, wire));
            case Target.OnWire(var wire) -> Optional.of(Merges.add(network, from, wire));
            case Target.OnImage _, Target.Empty _ -> Optional.empty();
        };
    }

    private static Edit fresh(Analysis before, Catalogue entry, Target target) {
        Network network = before.network();
        return switch (target) {
            case Target.OnWire(var wire) ->
                    Edits.insert(network, wire, entry.fitting(before, wire.from()));
            case Target.OnBlocks(List<String> ids) when entry == Catalogue.DROP_PATH ->
                    BlockEdits.gate(network, ids, Gate.SCHEDULED);
            case Target.OnBlocks(List<String> ids) ->
                    each(
                            network,
                            ids,
                            (n, id) ->
                                    BlockEdits.replace(
                                            n,
                                            id,
                                            n == network
                                                    ? entry.fitting(before, source(n, id))
                                                    : entry.fitting(n, source(n, id))));
            case Target.OnImage _ ->
                    Edits.append(network, Network.INPUT, entry.fitting(before, Network.INPUT));
            case Target.Empty _ when network.nodes().isEmpty() ->
                    Edits.append(network, entry.fitting(before, Network.INPUT));
            case Target.Empty _ -> Edits.add(network, entry.fitting(before, Edits.end(network)));
        };
    }

    private static Optional<Edit> present(Network network, List<String> ids, Target target) {
        return switch (target) {
            case Target.OnWire(var wire)
                    when ids.contains(wire.from()) || ids.contains(wire.to()) ->
                    Optional.empty();
            case Target.OnWire(var wire) -> Optional.of(Stages.move(network, ids, wire));
            case Target.Empty _ when stays(network, ids) ->
                    Optional.of(Edit.done(network, "Move " + ids.getFirst(), ids.getFirst()));
            case Target.Empty(_, boolean away) when away -> Optional.of(Edits.remove(network, ids));
            case Target.Empty _, Target.OnBlocks _, Target.OnImage _ -> Optional.empty();
        };
    }

    /// What to say where letting go does nothing.
    private static Drop hint(Cargo cargo, Target target) {
        boolean nowhere = target instanceof Target.Empty || target instanceof Target.OnImage;
        return cargo instanceof Cargo.Lead(String from, _) && nowhere
                ? new Drop(
                        Optional.empty(),
                        "Let go over the block that should read "
                                + from
                                + ", or over a wire to add it there")
                : NOTHING;
    }

    private static String sentence(Analysis before, Cargo cargo, Target target, Edit edit) {
        Network network = before.network();
        return switch (cargo) {
            case Cargo.Fresh(Catalogue entry)
                    when target instanceof Target.Empty && !network.nodes().isEmpty() ->
                    "Place " + entry.title() + " without wires";
            case Cargo.Present(List<String> ids)
                    when target instanceof Target.Empty && stays(network, ids) ->
                    "Put it here";
            case Cargo.Present _ when target instanceof Target.Empty ->
                    "Let go to remove: " + said(before, edit);
            case Cargo.Lead _
                    when target instanceof Target.OnBlocks(List<String> ids)
                            && edit instanceof Edit.Done(Network after, _, _)
                            && after.wires().size() == network.wires().size() ->
                    said(before, edit)
                            + ", instead of "
                            + inputs(network, ids.getFirst()).getFirst();
            case Cargo.Lead(_, boolean concatenate)
                    when target instanceof Target.OnWire && !concatenate ->
                    said(before, edit) + ". With Shift: concatenate";
            case Cargo.Fresh _, Cargo.Present _, Cargo.Lead _ -> said(before, edit);
        };
    }

    private static List<String> inputs(Network network, String id) {
        return network.find(id).map(Node::inputs).orElse(List.of());
    }

    private static boolean stays(Network network, List<String> ids) {
        return ids.size() == 1 && free(network, ids.getFirst());
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
    private static String said(Analysis before, Edit edit) {
        return switch (edit) {
            case Edit.Refused(String why, String fix) -> capital(why) + "; " + fix;
            case Edit.Done(Network after, String what, List<String> blocks) ->
                    effect(before, Analysis.of(after), what, blocks);
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
