package org.skiplab.app.canvas;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skiplab.app.diagram.Diagram;

/// What is selected on the canvas: cards, or one wire, or nothing.
///
/// @param cards ids of cards, in the order in which they were selected
/// @param wire the selected wire, only when no card is
public record Selection(List<String> cards, Optional<Diagram.Wire> wire) {

    public static final Selection NONE = new Selection(List.of(), Optional.empty());

    public Selection {
        cards = List.copyOf(cards);
    }

    public static Selection of(String card) {
        return new Selection(List.of(card), Optional.empty());
    }

    public static Selection of(List<String> cards) {
        return new Selection(cards, Optional.empty());
    }

    public static Selection of(Diagram.Wire wire) {
        return new Selection(List.of(), Optional.of(wire));
    }

    public boolean isEmpty() {
        return cards.isEmpty() && wire.isEmpty();
    }

    public boolean contains(String card) {
        return cards.contains(card);
    }

    /// The card that was selected last: where the keyboard is.
    public Optional<String> current() {
        return cards.isEmpty() ? Optional.empty() : Optional.of(cards.getLast());
    }

    /// Adds a card, or takes it out when it is in.
    public Selection toggled(String card) {
        Set<String> next = new LinkedHashSet<>(cards);
        if (!next.remove(card)) {
            next.add(card);
        }
        return of(List.copyOf(next));
    }

    public Selection with(String card) {
        Set<String> next = new LinkedHashSet<>(cards);
        next.remove(card);
        next.add(card);
        return of(List.copyOf(next));
    }

    /// Without what the diagram no longer shows.
    Selection within(Diagram diagram) {
        if (wire.isPresent() && !diagram.wires().contains(wire.get())) {
            return NONE;
        }
        List<String> present = cards.stream().filter(id -> diagram.card(id).isPresent()).toList();
        return present.size() == cards.size() ? this : of(present);
    }
}
