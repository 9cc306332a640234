package org.skiplab.app.inspector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.canvas.CanvasViewModel;
import org.skiplab.app.canvas.Selection;
import org.skiplab.app.compare.Origin;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.message.Message;
import org.skiplab.app.message.Messages;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.text.Quantity;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.BlockKind;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Problem;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.Settings;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.diff.Deviation;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.edit.Segment;

/// Works out what the inspector shows, and turns its controls' changes into edits.
public final class InspectorViewModel {

    private static final int BYTES = Float.BYTES;

    /// Lines that list differences from a preset.
    private static final int MOST_CHANGES = 8;

    private final DocumentViewModel document;
    private final CanvasViewModel canvas;
    private final ObservableValue<Optional<Origin>> origin;
    private final Messages messages;
    private final ReadOnlyObjectWrapper<Content> content;

    /// @param origin the preset that the network comes from
    public InspectorViewModel(
            DocumentViewModel document,
            CanvasViewModel canvas,
            ObservableValue<Optional<Origin>> origin,
            Messages messages) {
        this.origin = origin;
        this.document = document;
        this.canvas = canvas;
        this.messages = messages;
        content = new ReadOnlyObjectWrapper<>(current());
        canvas.sceneryProperty().addListener(_ -> content.set(current()));
        canvas.selectionProperty().addListener(_ -> content.set(current()));
        origin.addListener(_ -> content.set(current()));
    }

    public ReadOnlyObjectProperty<Content> contentProperty() {
        return content.getReadOnlyProperty();
    }

    /// Changes a setting of all selected blocks.
    ///
    /// @param sliding whether more values may follow until [#endGesture]
    /// @return whether the blocks took the value
    public boolean set(String setting, @Nullable Object value, boolean sliding) {
        if (!(content.get() instanceof Content.Blocks blocks)) {
            return false;
        }
        if (!canvas.pathProperty().get().isEmpty()) {
            canvas.edits().make(Edit.refused("this block is inside another", "go back out first"));
            return false;
        }
        return switch (BlockEdits.set(document.network(), blocks.ids(), setting, value)) {
            case Edit.Done(Network after, String what, _) -> {
                document.edit(what, after, sliding ? setting + blocks.ids() : null);
                messages.dismiss();
                yield true;
            }
            case Edit.Refused refusal -> {
                messages.show(Message.refusal(capital(refusal.toString())));
                yield false;
            }
        };
    }

    /// Repeats the selected stage so often in all.
    ///
    /// @return whether that was taken
    public boolean repeat(int times) {
        Network before = document.network();
        canvas.edits().repeat(times);
        return !document.network().equals(before);
    }

    /// Changes a setting of the survival schedule.
    ///
    /// @return whether it was taken
    public boolean setSurvival(String setting, @Nullable Object value, boolean sliding) {
        Network network = document.network();
        try {
            Survival survival = SurvivalControl.with(network.survival(), setting, value);
            if (BlockEdits.survival(network, survival)
                    instanceof Edit.Done(Network after, String what, _)) {
                document.edit(what, after, sliding ? setting : null);
            }
            return true;
        } catch (IllegalArgumentException e) {
            messages.show(Message.refusal(String.valueOf(e.getMessage())));
            return false;
        }
    }

    /// Gives a block another name.
    ///
    /// @return whether the name was taken
    public boolean renameBlock(String id, String name) {
        return taken(BlockEdits.rename(document.network(), id, name));
    }

    /// Gives the network another name.
    ///
    /// @return whether the name was taken
    public boolean renameNetwork(String name) {
        return taken(BlockEdits.title(document.network(), name));
    }

    /// Selects a block and brings it on the screen.
    public void select(String block) {
        canvas.scenery()
                .diagram()
                .cardOf(block)
                .ifPresent(card -> canvas.select(Selection.of(card.id())));
    }

    private boolean taken(Edit edit) {
        canvas.edits().make(edit);
        return edit instanceof Edit.Done;
    }

    /// A slider was let go.
    public void endGesture() {
        document.endGesture();
    }

    private Content current() {
        List<Node> nodes = canvas.selectedNodes();
        return nodes.isEmpty()
                ? whole(document.analysis())
                : blocks(nodes, canvas.scenery().analysis());
    }

    private Content blocks(List<Node> nodes, Analysis analysis) {
        Node first = nodes.getFirst();
        boolean alike = nodes.stream().allMatch(n -> n.block().kind() == first.block().kind());
        Optional<BlockKind> kind = alike ? Optional.of(first.block().kind()) : Optional.empty();
        List<String> ids = nodes.stream().map(Node::id).toList();
        return new Content.Blocks(
                ids,
                nodes.size() == 1 ? first.id() : nodes.size() + " blocks",
                kind,
                shared(nodes),
                repeats(ids, analysis),
                changed(ids),
                nodes.size() == 1 ? facts(first, analysis) : sums(nodes, analysis),
                analysis.problems().stream()
                        .filter(p -> ids.contains(p.node()))
                        .findFirst()
                        .map(InspectorViewModel::sentence));
    }

    private OptionalInt repeats(List<String> ids, Analysis analysis) {
        return canvas.pathProperty().get().isEmpty()
                        && Segment.of(analysis.network(), ids).isPresent()
                ? OptionalInt.of(canvas.edits().repetitions())
                : OptionalInt.empty();
    }

    /// What was changed of the blocks since they came from the preset.
    private Optional<String> changed(List<String> ids) {
        return canvas.shownChanges().of(ids).map(InspectorViewModel::capital);
    }

    /// The first block's settings that all the others have too.
    private static List<Setting> shared(List<Node> nodes) {
        Set<String> names = new HashSet<>();
        List<Setting> settings = Settings.of(nodes.getFirst().block());
        settings.forEach(s -> names.add(s.name()));
        for (Node node : nodes) {
            names.retainAll(Settings.of(node.block()).stream().map(Setting::name).toList());
        }
        return settings.stream().filter(s -> names.contains(s.name())).toList();
    }

    private static List<Fact> facts(Node node, Analysis analysis) {
        List<Fact> facts = new ArrayList<>();
        String inputs =
                node.inputs().isEmpty()
                        ? "not wired"
                        : String.join(
                                ", ",
                                node.inputs().stream()
                                        .map(i ->
                                                analysis.shape(i).map(Shape::toString).orElse("?"))
                                        .distinct()
                                        .toList());
        facts.add(new Fact("Input", inputs, "Height × width × channels of what enters."));
        Optional<Analysis.Facts> known = analysis.facts(node.id());
        if (known.isEmpty()) {
            facts.add(new Fact("Output", "unknown", "A problem at or before this block hides it."));
            return facts;
        }
        Analysis.Facts f = known.get();
        facts.add(
                new Fact(
                        "Output",
                        f.output().toString(),
                        "Height × width × channels of what leaves."));
        costs(facts, f.parameters(), f.macs(), f.activations());
        facts.add(
                new Fact(
                        "Receptive field",
                        f.receptiveField() + "×" + f.receptiveField() + " px",
                        "The part of the image that one number of the output can see."));
        return facts;
    }

    private static List<Fact> sums(List<Node> nodes, Analysis analysis) {
        long parameters = 0;
        long macs = 0;
        long activations = 0;
        for (Node node : nodes) {
            Optional<Analysis.Facts> facts = analysis.facts(node.id());
            parameters += facts.map(Analysis.Facts::parameters).orElse(0L);
            macs += facts.map(Analysis.Facts::macs).orElse(0L);
            activations += facts.map(Analysis.Facts::activations).orElse(0L);
        }
        List<Fact> facts = new ArrayList<>();
        costs(facts, parameters, macs, activations);
        return facts;
    }

    private static void costs(List<Fact> facts, long parameters, long macs, long activations) {
        facts.add(
                new Fact("Parameters", Numbers.count(parameters), "Numbers that training moves."));
        facts.add(
                new Fact(
                        "MACs",
                        Quantity.brief(macs),
                        "Multiply-accumulates for one image forwards; papers call them FLOPs."));
        facts.add(
                new Fact(
                        "Activations",
                        Quantity.bytes(activations * BYTES),
                        "Memory for one image's feature maps in the forward pass, every layer's output counted."));
    }

    private Content whole(Analysis analysis) {
        Network network = analysis.network();
        List<Fact> facts = new ArrayList<>();
        facts.add(
                new Fact(
                        "Images",
                        network.input().toString(),
                        "Height × width × channels of one image."));
        facts.add(
                new Fact(
                        "Classes",
                        analysis.classes().map(Object::toString).orElse("no head yet"),
                        "Numbers that the network puts out."));
        facts.add(
                new Fact(
                        "Blocks",
                        Numbers.count(network.nodes().size()),
                        "Boxes on the canvas, folded ones counted singly."));
        costs(facts, analysis.parameters(), analysis.macs(), analysis.activations());
        analysis.output()
                .flatMap(n -> analysis.facts(n.id()))
                .ifPresent(f ->
                        facts.add(
                                new Fact(
                                        "Receptive field",
                                        f.receptiveField() + "×" + f.receptiveField() + " px",
                                        "The part of the image that the last block can see.")));
        boolean gated =
                network.nodes().stream().anyMatch(n -> Network.gateOf(n.block()).isPresent());
        return new Content.Whole(
                network.name(),
                facts,
                gated ? Optional.of(network.survival()) : Optional.empty(),
                claim(analysis));
    }

    /// An older network's comparison is shown until the newest is there.
    private Optional<Content.Claim> claim(Analysis analysis) {
        return origin.getValue()
                .filter(o -> o.network().name().equals(analysis.network().name()))
                .map(o ->
                        new Content.Claim(
                                o.preset(),
                                o.preset().published(),
                                analysis.parameters(),
                                o.difference().summary(),
                                o.difference().deviations().stream()
                                        .limit(MOST_CHANGES)
                                        .map(InspectorViewModel::changed)
                                        .toList()));
    }

    private static Content.Changed changed(Deviation deviation) {
        return switch (deviation) {
            case Deviation.Added(Node node) ->
                    new Content.Changed(
                            "+ " + node.id() + ": " + deviation.text(), Optional.of(node.id()));
            case Deviation.Removed(Node node) ->
                    new Content.Changed("− " + node.id(), Optional.empty());
            case Deviation.Altered altered ->
                    new Content.Changed(
                            "≠ " + altered.after().id() + ": " + deviation.text(),
                            Optional.of(altered.after().id()));
            case Deviation.Whole _ ->
                    new Content.Changed("≠ " + deviation.text(), Optional.empty());
        };
    }

    private static String sentence(Problem problem) {
        return capital(problem.why()) + ". To fix it: " + problem.fix() + ".";
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
