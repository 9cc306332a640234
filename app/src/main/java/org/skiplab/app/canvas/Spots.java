package org.skiplab.app.canvas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Group;
import javafx.scene.Node;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.layout.Box;

/// Nodes over the drawn cards and wires that are in sight, for screen readers, tooltips and ports.
/// Of a crowd too small to point at only the selected cards get one.
final class Spots {

    private static final int CROWD = 80;

    /// Made in one frame at the most, so that no frame waits for them.
    private static final int AT_ONCE = 10;

    private final Group cards = new Group();
    private final Group wires = new Group();
    private final Map<String, CardSpot> liveCards = new HashMap<>();
    private final Map<Diagram.Wire, WireSpot> liveWires = new HashMap<>();
    private Changes changes = Changes.NONE;

    List<Node> nodes() {
        return List.of(wires, cards);
    }

    /// Moves what stays to its new place, and takes away what another picture no longer has.
    void follow(Scenery scenery) {
        List<CardSpot> gone =
                liveCards.values().stream().filter(s -> !s.follows(scenery, changes)).toList();
        gone.forEach(s -> liveCards.remove(s.card().id()));
        cards.getChildren().removeAll(gone);
        Map<Diagram.Wire, Scenery.Drawn> drawn = new HashMap<>();
        if (!liveWires.isEmpty()) {
            scenery.drawn().forEach(d -> drawn.put(d.wire(), d));
        }
        List<WireSpot> lost = new ArrayList<>();
        liveWires
                .entrySet()
                .removeIf(e -> {
                    Scenery.Drawn now = drawn.get(e.getKey());
                    boolean stays = now != null && e.getValue().follows(now, scenery);
                    if (!stays) {
                        lost.add(e.getValue());
                    }
                    return !stays;
                });
        wires.getChildren().removeAll(lost);
    }

    /// @return whether all are there; otherwise the next call goes on
    boolean show(Scenery scenery, Box visible, Collection<String> selected, Changes now) {
        if (!now.equals(changes)) {
            changes = now;
            follow(scenery);
        }
        List<Card> near =
                scenery.placed().stream()
                        .filter(p -> p.box().overlaps(visible))
                        .map(Scenery.Placed::card)
                        .toList();
        boolean crowd = near.size() > CROWD;
        Map<String, Card> wanted = new HashMap<>();
        for (Card card : near) {
            if (!crowd || selected.contains(card.id())) {
                wanted.put(card.id(), card);
            }
        }
        List<CardSpot> gone =
                liveCards.values().stream()
                        .filter(s -> !wanted.containsKey(s.card().id()))
                        .toList();
        gone.forEach(s -> liveCards.remove(s.card().id()));
        cards.getChildren().removeAll(gone);
        List<CardSpot> fresh =
                wanted.values().stream()
                        .filter(c -> !liveCards.containsKey(c.id()))
                        .limit(AT_ONCE)
                        .map(c -> new CardSpot(c, scenery, changes))
                        .toList();
        fresh.forEach(s -> liveCards.put(s.card().id(), s));
        cards.getChildren().addAll(fresh);
        boolean all = liveCards.size() == wanted.size();
        return showWires(scenery, crowd ? new Box(0, 0, -1, -1) : visible) && all;
    }

    private boolean showWires(Scenery scenery, Box visible) {
        List<Scenery.Drawn> near =
                visible.width() < 0
                        ? List.of()
                        : scenery.drawn().stream()
                                .filter(d -> d.around().overlaps(visible))
                                .toList();
        Set<Diagram.Wire> wanted =
                near.stream().map(Scenery.Drawn::wire).collect(Collectors.toSet());
        List<Diagram.Wire> gone =
                liveWires.keySet().stream().filter(w -> !wanted.contains(w)).toList();
        wires.getChildren().removeAll(gone.stream().map(liveWires::remove).toList());
        List<WireSpot> fresh = new ArrayList<>();
        for (Scenery.Drawn drawn : near) {
            if (fresh.size() < AT_ONCE && !liveWires.containsKey(drawn.wire())) {
                WireSpot spot = new WireSpot(drawn, scenery);
                liveWires.put(drawn.wire(), spot);
                fresh.add(spot);
            }
        }
        wires.getChildren().addAll(fresh);
        return liveWires.size() == wanted.size();
    }
}
