package org.skiplab.app.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
/// @param bypasses what leads around each card's block, by card id
/// @param survival survival probability of each gated block, by id
/// @param stages the main path's stretches of one resolution
public record Scenery(
        Analysis analysis,
        Diagram diagram,
        Placement placement,
        Map<String, Bypass> bypasses,
        Map<String, Double> survival,
        List<Stage> stages) {

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

    private static final double STAGE_PADDING = 9;

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
        bypasses = Map.copyOf(bypasses);
        survival = Map.copyOf(survival);
        stages = List.copyOf(stages);
    }

    /// @param folding whether the run that begins at a node is folded, where a person decided
    /// @param pins where a person put free nodes
    public static Scenery of(
            Analysis analysis, Map<String, Boolean> folding, Map<String, Point> pins) {
        Diagram diagram = Diagram.of(analysis, folding);
        Map<String, Bypass> bypasses = new LinkedHashMap<>();
        List<Item> items = new ArrayList<>();
        for (Card card : diagram.cards()) {
            Bypass bypass = bypass(card, analysis);
            bypasses.put(card.id(), bypass);
            items.add(item(card, bypass));
        }
        List<Edge> edges =
                diagram.wires().stream()
                        .map(w -> new Edge(w.fromCard(), w.toCard(), w.port()))
                        .toList();
        Placement placement = GraphLayout.of(items, edges, Network.INPUT, pins);
        return new Scenery(
                analysis,
                diagram,
                placement,
                bypasses,
                analysis.network().survivalProbabilities(),
                stages(analysis, diagram, placement));
    }

    public Bypass bypass(Card card) {
        return bypasses.getOrDefault(card.id(), new Bypass.None());
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
        return diagram.cards().reversed().stream().filter(c -> box(c).contains(point)).findFirst();
    }

    private static Bypass bypass(Card card, Analysis analysis) {
        if (card.isImage()) {
            return new Bypass.None();
        }
        List<String> inputs = card.nodes().getFirst().inputs();
        return Bypass.of(card.block(), inputs.stream().findFirst().flatMap(analysis::shape));
    }

    private static Item item(Card card, Bypass bypass) {
        if (card.isImage()) {
            return new Item(card.id(), IMAGE_SIZE, IMAGE_SIZE);
        }
        boolean merges = merges(card.block());
        double width = width(card.block());
        double height = height(card.block());
        return switch (bypass) {
            case Bypass.None _ -> new Item(card.id(), width, height, 0, 0, merges);
            case Bypass.Arc _, Bypass.Fan _ ->
                    new Item(card.id(), width, height, ARC_HEIGHT, ARC_REACH, merges);
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
            case Stem _, Residual _, Wide _, DenseBlock _, Transition _, Head _ -> CARD_WIDTH;
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
    private static List<Stage> stages(Analysis analysis, Diagram diagram, Placement placement) {
        List<Stage> stages = new ArrayList<>();
        Map<Integer, Card> path = new HashMap<>();
        for (Card card : diagram.cards()) {
            if (placement.onMainPath(card.id()) && !card.isImage()) {
                path.put(placement.columns().getOrDefault(card.id(), 0), card);
            }
        }
        Stage open = null;
        for (Card card :
                path.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList()) {
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
                Box box = around(card, analysis, placement);
                open = new Stage(shape.get(), open == null ? box : open.box().union(box));
            }
        }
        if (open != null) {
            stages.add(open);
        }
        return level(stages);
    }

    private static Box around(Card card, Analysis analysis, Placement placement) {
        Box box = placement.card(card.id()).orElseThrow();
        boolean bare = bypass(card, analysis) instanceof Bypass.None;
        double reach = bare ? 0 : ARC_REACH;
        double rise = bare ? 0 : ARC_HEIGHT;
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
