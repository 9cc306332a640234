package org.skiplab.app.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Edge;
import org.skiplab.app.diagram.layout.GraphLayout;
import org.skiplab.app.diagram.layout.Item;
import org.skiplab.app.diagram.layout.Placement;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.diagram.layout.Route;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;

/// Everything that the canvas draws of a network, placed: derived from the network's value, without
/// a toolkit.
///
/// @param placed the cards with their places, in the diagram's order
/// @param survival survival probability of each gated block, by id
/// @param stages the main path's stretches of one resolution
/// @param faulty ids of the cards that hold a block with a problem; an empty canvas has none
/// @param drawn the wires with their ways
/// @param inner whether it is the inside of a block, which is sound though it ends in no scores
public record Scenery(
        Analysis analysis,
        Diagram diagram,
        Placement placement,
        List<Placed> placed,
        Map<String, Double> survival,
        List<Stage> stages,
        Set<String> faulty,
        List<Drawn> drawn,
        boolean inner) {

    public static final double CARD_WIDTH = 98;
    public static final double CARD_HEIGHT = 104;
    public static final double GATE_HEIGHT = 24;
    public static final double IMAGE_SIZE = 66;
    public static final double PRIMITIVE_WIDTH = 78;
    public static final double PRIMITIVE_HEIGHT = 72;
    public static final double MERGE_SIZE = 38;

    /// How far an arc rises over its card, and how far it reaches out beside it.
    public static final double ARC_HEIGHT = 34;

    public static final double ARC_REACH = 15;

    /// Layers that a fan shows one by one; a denser block's fan stands for it.
    public static final int MOST_FAN = 24;

    private static final double FAN_STEP = 11;

    private static final double STAGE_PADDING = 9;

    /// A card in its place.
    ///
    /// @param bypass what leads around its block
    public record Placed(Card card, Box box, Bypass bypass) {}

    /// A wire with its way.
    ///
    /// @param around the box around the way
    /// @param labelOver whether what it carries is written over it, not under it
    public record Drawn(Diagram.Wire wire, Route route, Box around, boolean labelOver) {}

    /// A stretch of the main path with one resolution.
    ///
    /// @param resolution of what its blocks put out
    /// @param box around its cards, arcs included
    public record Stage(Shape resolution, Box box) {

        /// `28×28`.
        public String title() {
            return resolution.height() + "×" + resolution.width();
        }
    }

    public Scenery {
        placed = List.copyOf(placed);
        survival = Map.copyOf(survival);
        stages = List.copyOf(stages);
        faulty = Set.copyOf(faulty);
        drawn = List.copyOf(drawn);
    }

    /// Nothing yet: what is shown until a network is laid out.
    public static Scenery blank(Analysis analysis) {
        return new Scenery(
                analysis,
                new Diagram(List.of(), List.of(), Map.of()),
                new Placement(Map.of(), Map.of(), Map.of(), Map.of(), new Box(0, 0, 0, 0)),
                List.of(),
                Map.of(),
                List.of(),
                Set.of(),
                List.of(),
                false);
    }

    public boolean isBlank() {
        return placed.isEmpty();
    }

    /// @param folding whether the run that begins at a node is folded, where a person decided
    /// @param pins where a person put free nodes
    public static Scenery of(
            Analysis analysis, Map<String, Boolean> folding, Map<String, Point> pins) {
        return of(analysis, folding, pins, List.of());
    }

    /// @param groups ids of blocks that a person made one stage
    public static Scenery of(
            Analysis analysis,
            Map<String, Boolean> folding,
            Map<String, Point> pins,
            List<List<String>> groups) {
        return of(analysis, folding, pins, groups, false);
    }

    /// The inside of a block, see [Insides#network].
    public static Scenery inside(Analysis analysis, Map<String, Boolean> folding) {
        return of(analysis, folding, Map.of(), List.of(), true);
    }

    private static Scenery of(
            Analysis analysis,
            Map<String, Boolean> folding,
            Map<String, Point> pins,
            List<List<String>> groups,
            boolean inner) {
        Diagram diagram = Diagram.of(analysis, folding, groups);
        List<Bypass> bypasses =
                diagram.cards().stream().map(card -> bypass(card, analysis)).toList();
        List<Item> items = new ArrayList<>(bypasses.size());
        for (int i = 0; i < bypasses.size(); i++) {
            items.add(item(diagram.cards().get(i), bypasses.get(i)));
        }
        List<Edge> edges =
                diagram.wires().stream()
                        .map(w -> new Edge(w.fromCard(), w.toCard(), w.port()))
                        .toList();
        Placement placement = GraphLayout.of(items, edges, Network.INPUT, pins);
        List<Placed> placed = new ArrayList<>(bypasses.size());
        for (int i = 0; i < bypasses.size(); i++) {
            Card card = diagram.cards().get(i);
            placed.add(new Placed(card, placement.card(card.id()).orElseThrow(), bypasses.get(i)));
        }
        List<Drawn> drawn = new ArrayList<>(edges.size());
        for (int i = 0; i < edges.size(); i++) {
            drawn.add(drawn(diagram.wires().get(i), placement.route(edges.get(i)).orElseThrow()));
        }
        return new Scenery(
                analysis,
                diagram,
                placement,
                placed,
                analysis.network().survivalProbabilities(),
                stages(placed, analysis, placement),
                analysis.problems().stream()
                        .filter(_ -> !inner && !analysis.network().nodes().isEmpty())
                        .flatMap(p -> diagram.cardOf(p.node()).stream())
                        .map(Card::id)
                        .collect(Collectors.toSet()),
                labelled(drawn, placed),
                inner);
    }

    /// Where there is an arc around a block, nothing can be written over the wires beside it.
    private static List<Drawn> labelled(List<Drawn> wires, List<Placed> placed) {
        Set<String> arched =
                placed.stream()
                        .filter(p -> rise(p.bypass()) > 0)
                        .map(p -> p.card().id())
                        .collect(Collectors.toSet());
        List<Boolean> over = WireLabels.over(wires);
        List<Drawn> labelled = new ArrayList<>(wires.size());
        for (int i = 0; i < wires.size(); i++) {
            Drawn d = wires.get(i);
            boolean free =
                    !arched.contains(d.wire().fromCard()) && !arched.contains(d.wire().toCard());
            labelled.add(new Drawn(d.wire(), d.route(), d.around(), free && over.get(i)));
        }
        return labelled;
    }

    private static Drawn drawn(Diagram.Wire wire, Route route) {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (Point p : route.points()) {
            left = Math.min(left, p.x());
            top = Math.min(top, p.y());
            right = Math.max(right, p.x());
            bottom = Math.max(bottom, p.y());
        }
        return new Drawn(
                wire,
                route,
                new Box(left, top, Math.max(0.1, right - left), Math.max(0.1, bottom - top)),
                false);
    }

    /// Around everything that is drawn, the stages' titles included.
    public Box bounds() {
        Box box = placement.bounds();
        for (Stage stage : stages) {
            box = box.union(stage.box());
        }
        return stages.isEmpty()
                ? box
                : new Box(box.x(), box.y() - 18, box.width(), box.height() + 18);
    }

    /// Room over a dense block's card for the fan of so many layers.
    static double fanHeight(int layers) {
        return ARC_HEIGHT + 1.4 * Math.clamp(layers - 4L, 0, MOST_FAN);
    }

    public Bypass bypass(Card card) {
        return bypass(card, analysis);
    }

    public Box box(Card card) {
        return placement.card(card.id()).orElse(new Box(0, 0, 0, 0));
    }

    public Route route(Diagram.Wire wire) {
        return placement
                .route(new Edge(wire.fromCard(), wire.toCard(), wire.port()))
                .orElse(new Route(List.of(new Point(0, 0)), false));
    }

    /// The card at a point, the topmost if there are several.
    public Optional<Card> cardAt(Point point) {
        return placed.reversed().stream()
                .filter(p -> p.box().contains(point))
                .map(Placed::card)
                .findFirst();
    }

    /// The folded run whose count is at a point.
    ///
    /// @param zoom at which the counts are drawn
    public Optional<Card> countAt(Point point, double zoom) {
        return placed.stream()
                .filter(p ->
                        p.card().isRun()
                                && CardPainter.countPill(p.card(), p.box(), zoom).contains(point))
                .map(Placed::card)
                .findFirst();
    }

    private static Bypass bypass(Card card, Analysis analysis) {
        if (card.isImage() || card.isMixed()) {
            return new Bypass.None();
        }
        List<String> inputs = card.nodes().getFirst().inputs();
        return Bypass.of(card.block(), inputs.stream().findFirst().flatMap(analysis::shape));
    }

    private static Item item(Card card, Bypass bypass) {
        if (card.isImage()) {
            return new Item(card.id(), IMAGE_SIZE, IMAGE_SIZE);
        }
        if (card.isMixed()) {
            boolean gated =
                    card.nodes().stream().anyMatch(n -> Network.gateOf(n.block()).isPresent());
            return new Item(card.id(), CARD_WIDTH, CARD_HEIGHT + (gated ? GATE_HEIGHT : 0));
        }
        boolean merges = merges(card.block());
        double width = width(card.block());
        double height = height(card.block());
        return switch (bypass) {
            case Bypass.None _ -> new Item(card.id(), width, height, 0, 0, merges);
            case Bypass.Arc _, Bypass.Fan _ ->
                    new Item(card.id(), width, height, rise(bypass), ARC_REACH, merges);
        };
    }

    static double rise(Bypass bypass) {
        return switch (bypass) {
            case Bypass.None _ -> 0;
            case Bypass.Arc _ -> ARC_HEIGHT;
            case Bypass.Fan(int layers) -> fanHeight(layers);
        };
    }

    private static boolean merges(Block block) {
        return switch (block) {
            case Primitive.Add _, Primitive.Multiply _, Primitive.Concat _ -> true;
            default -> false;
        };
    }

    private static double width(Block block) {
        return switch (block) {
            case Primitive _ when merges(block) -> MERGE_SIZE;
            case Primitive _ -> PRIMITIVE_WIDTH;
            case DenseBlock d ->
                    Math.max(CARD_WIDTH, 16 + FAN_STEP * Math.min(d.layers(), MOST_FAN));
            case Stem _, Residual _, Wide _, Transition _, Head _ -> CARD_WIDTH;
        };
    }

    private static double height(Block block) {
        return switch (block) {
            case Primitive _ when merges(block) -> MERGE_SIZE;
            case Primitive.DropPath _ -> PRIMITIVE_HEIGHT + GATE_HEIGHT;
            case Primitive _ -> PRIMITIVE_HEIGHT;
            case Residual r when r.gate() != null -> CARD_HEIGHT + GATE_HEIGHT;
            case Wide w when w.gate() != null -> CARD_HEIGHT + GATE_HEIGHT;
            case Stem _, Residual _, Wide _, DenseBlock _, Transition _, Head _ -> CARD_HEIGHT;
        };
    }

    /// Groups neighbours on the main path by the resolution of what they put out. A transition
    /// belongs to neither side.
    private static List<Stage> stages(List<Placed> placed, Analysis analysis, Placement placement) {
        List<Stage> stages = new ArrayList<>();
        Map<Integer, Placed> path = new TreeMap<>();
        for (Placed each : placed) {
            String id = each.card().id();
            if (placement.onMainPath(id) && !each.card().isImage()) {
                path.put(placement.columns().getOrDefault(id, 0), each);
            }
        }
        Stage open = null;
        for (Placed each : path.values()) {
            Card card = each.card();
            Optional<Shape> shape = analysis.shape(card.last());
            boolean grouped =
                    shape.isPresent()
                            && !shape.get().isVector()
                            && !(card.block() instanceof Transition);
            if (open != null && (!grouped || !open.resolution().sameResolution(shape.get()))) {
                stages.add(open);
                open = null;
            }
            if (grouped) {
                Box box = around(each);
                open = new Stage(shape.get(), open == null ? box : open.box().union(box));
            }
        }
        if (open != null) {
            stages.add(open);
        }
        return level(stages);
    }

    private static Box around(Placed placed) {
        Box box = placed.box();
        double rise = rise(placed.bypass());
        double reach = rise == 0 ? 0 : ARC_REACH;
        return new Box(
                        box.x() - reach,
                        box.y() - rise,
                        box.width() + 2 * reach,
                        box.height() + rise)
                .grown(STAGE_PADDING);
    }

    /// All stages as high as the highest, so that they read as one band.
    private static List<Stage> level(List<Stage> stages) {
        double top = stages.stream().mapToDouble(s -> s.box().y()).min().orElse(0);
        double bottom = stages.stream().mapToDouble(s -> s.box().bottom()).max().orElse(0);
        return stages.stream()
                .map(s ->
                        new Stage(
                                s.resolution(),
                                new Box(s.box().x(), top, s.box().width(), bottom - top)))
                .toList();
    }
}
