package org.skiplab.app.diagram.layout;

/// What has to be placed: a card with the room that its own arc takes above and beside it.
///
/// @param id unique in the graph
/// @param width of the card
/// @param height of the card; wires meet it half-way up
/// @param above room over the card for its own arc or fan
/// @param beside room left and right of the card for its own arc
/// @param merges whether arcs land on its top (a round sum) instead of on its left side
public record Item(
        String id, double width, double height, double above, double beside, boolean merges) {

    public Item(String id, double width, double height) {
        this(id, width, height, 0, 0, false);
    }
}
