package org.skiplab.app.canvas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.file.Design;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The design's `layout` section: where a person put blocks that hang on no wire, and which blocks
/// a person made one stage, `{"pins": {"conv": [320, 240]}, "groups": [["conv", "bn"]]}`.
/// Everything else on the canvas is placed by rule.
final class CanvasLayout {

    static final String SECTION = "layout";

    private static final String PINS = "pins";
    private static final String GROUPS = "groups";

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

    /// The groups in a design; what does not read as one is ignored.
    static List<List<String>> groups(Design design) {
        List<List<String>> groups = new ArrayList<>();
        design.section(SECTION)
                .map(s -> s.path(GROUPS))
                .ifPresent(tree ->
                        tree.forEach(group -> {
                            List<String> ids = new ArrayList<>();
                            group.forEach(id -> ids.add(id.isString() ? id.stringValue() : ""));
                            groups.add(ids);
                        }));
        return groups;
    }

    /// The design with pins for those blocks that it has.
    static Design with(Design design, Map<String, Point> pins) {
        return with(design, pins, groups(design));
    }

    /// The design with these groups, as far as it has their blocks.
    static Design withGroups(Design design, List<List<String>> groups) {
        return with(design, pins(design), groups);
    }

    private static Design with(Design design, Map<String, Point> pins, List<List<String>> groups) {
        Network network = design.network();
        ObjectNode section = JsonNodeFactory.instance.objectNode();
        ObjectNode places = JsonNodeFactory.instance.objectNode();
        pins.forEach((id, at) -> {
            if (network.find(id).isPresent()) {
                places.putArray(id).add(Math.round(at.x())).add(Math.round(at.y()));
            }
        });
        if (!places.isEmpty()) {
            section.set(PINS, places);
        }
        ArrayNode stages = JsonNodeFactory.instance.arrayNode();
        for (List<String> group : groups) {
            if (group.stream().allMatch(id -> network.find(id).isPresent())) {
                ArrayNode ids = stages.addArray();
                group.forEach(ids::add);
            }
        }
        if (!stages.isEmpty()) {
            section.set(GROUPS, stages);
        }
        return section.isEmpty()
                ? design.withoutSection(SECTION)
                : design.withSection(SECTION, section);
    }

    private static void read(String id, JsonNode at, Map<String, Point> pins) {
        if (at.isArray() && at.size() == 2 && at.get(0).isNumber() && at.get(1).isNumber()) {
            pins.put(id, new Point(at.get(0).doubleValue(), at.get(1).doubleValue()));
        }
    }
}
