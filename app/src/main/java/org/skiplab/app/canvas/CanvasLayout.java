package org.skiplab.app.canvas;

import java.util.LinkedHashMap;
import java.util.Map;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.file.Design;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The design's `layout` section: where a person put blocks that hang on no wire, `{"pins":
/// {"conv": [320, 240]}}`. Everything else on the canvas is placed by rule.
final class CanvasLayout {

    static final String SECTION = "layout";

    private static final String PINS = "pins";

    private CanvasLayout() {}

    /// The pins in a design; what does not read as a pin is ignored, for a place is no reason to
    /// refuse a file.
    static Map<String, Point> pins(Design design) {
        Map<String, Point> pins = new LinkedHashMap<>();
        design.section(SECTION)
                .map(s -> s.path(PINS))
                .ifPresent(tree ->
                        tree.properties().forEach(e -> read(e.getKey(), e.getValue(), pins)));
        return pins;
    }

    /// The design with pins for those blocks that it has.
    static Design with(Design design, Map<String, Point> pins) {
        Network network = design.network();
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        pins.forEach((id, at) -> {
            if (network.find(id).isPresent()) {
                tree.putArray(id).add(Math.round(at.x())).add(Math.round(at.y()));
            }
        });
        if (tree.isEmpty()) {
            return design.withoutSection(SECTION);
        }
        ObjectNode section = JsonNodeFactory.instance.objectNode();
        section.set(PINS, tree);
        return design.withSection(SECTION, section);
    }

    private static void read(String id, JsonNode at, Map<String, Point> pins) {
        if (at.isArray() && at.size() == 2 && at.get(0).isNumber() && at.get(1).isNumber()) {
            pins.put(id, new Point(at.get(0).doubleValue(), at.get(1).doubleValue()));
        }
    }
}
