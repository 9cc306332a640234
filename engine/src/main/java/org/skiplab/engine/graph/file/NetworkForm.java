package org.skiplab.engine.graph.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.BlockKind;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Settings;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Spelling;
import org.skiplab.engine.graph.Survival;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The file's `network` section: `{"name", "input": [h, w, c], "survival", "blocks": [{"id",
/// "kind", "inputs", settings that differ from the kind's defaults}]}`.
final class NetworkForm {
    private static final String PLACE = "network";
    private static final Set<String> KEYS = Set.of("name", "input", "survival", "blocks");
    private static final Set<String> BLOCK_KEYS = Set.of("id", "kind", "inputs");
    private static final int LARGEST_EDGE = 1 << 14;
    private static final int MOST_BLOCKS = 20_000;
    private static final int LONGEST_NAME = 200;

    private NetworkForm() {}

    static ObjectNode tree(Network network) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("name", network.name());
        Shape input = network.input();
        tree.putArray("input").add(input.height()).add(input.width()).add(input.channels());
        tree.put("survival", network.survival().text());
        ArrayNode blocks = tree.putArray("blocks");
        for (Node node : network.nodes()) {
            ObjectNode block = blocks.addObject();
            block.put("id", node.id());
            block.put("kind", node.block().kind().id());
            ArrayNode inputs = block.putArray("inputs");
            node.inputs().forEach(inputs::add);
            Settings.changed(node.block())
                    .forEach((name, value) -> block.set(name, setting(value)));
        }
        return tree;
    }

    private static JsonNode setting(@Nullable Object value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case null -> json.nullNode();
            case Integer i -> json.numberNode(i);
            case Double d -> json.numberNode(d);
            case Boolean b -> json.booleanNode(b);
            default -> json.stringNode(value.toString());
        };
    }

    static Network network(JsonNode tree) throws Unfit {
        object(tree, PLACE);
        for (String key : tree.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw new Unfit(
                        PLACE + "." + key,
                        "a network has no '" + key + "'",
                        Spelling.suggestion(key, KEYS));
            }
        }
        String name = tree.has("name") ? string(tree.get("name"), PLACE + ".name") : "network";
        if (name.length() > LONGEST_NAME) {
            throw new Unfit(
                    PLACE + ".name",
                    "the name is longer than " + LONGEST_NAME + " characters",
                    "shorten it");
        }
        Shape input = input(tree.path("input"));
        List<Node> nodes = nodes(tree.path("blocks"));
        Survival survival = survival(tree.path("survival"));
        try {
            return new Network(name, input, nodes, survival);
        } catch (IllegalArgumentException e) {
            throw new Unfit(
                    PLACE + ".blocks",
                    Objects.requireNonNullElse(e.getMessage(), "the wires do not fit"),
                    "remove one of the wires in \"inputs\" so that signals flow one way");
        }
    }

    private static Shape input(JsonNode tree) throws Unfit {
        String place = PLACE + ".input";
        int[] extents = new int[3];
        if (tree.size() != 3 || !tree.isArray()) {
            throw new Unfit(
                    place,
                    "the input's shape is missing",
                    "write [height, width, channels], such as [32, 32, 3]");
        }
        for (int i = 0; i < 3; i++) {
            JsonNode extent = tree.get(i);
            if (!extent.isInt() || extent.intValue() < 1 || extent.intValue() > LARGEST_EDGE) {
                throw new Unfit(
                        place + "[" + i + "]",
                        "an extent must be a whole number from 1 to " + LARGEST_EDGE,
                        "write [height, width, channels], such as [32, 32, 3]");
            }
            extents[i] = extent.intValue();
        }
        return new Shape(extents[0], extents[1], extents[2]);
    }

    private static Survival survival(JsonNode tree) throws Unfit {
        if (tree.isMissingNode()) {
            return Survival.PAPER;
        }
        String place = PLACE + ".survival";
        try {
            return Survival.parse(string(tree, place));
        } catch (IllegalArgumentException e) {
            throw new Unfit(
                    place,
                    "the survival schedule is not understood",
                    "write linear:0.5, uniform:0.8, linear-first-kept:0.8 or"
                            + " first-to-last:0.9:0.5, probabilities in (0, 1]");
        }
    }

    private static List<Node> nodes(JsonNode tree) throws Unfit {
        String place = PLACE + ".blocks";
        if (!tree.isArray()) {
            throw new Unfit(
                    place,
                    "the list of blocks is missing",
                    "write \"blocks\": [ … ], which may be empty");
        }
        if (tree.size() > MOST_BLOCKS) {
            throw new Unfit(
                    place,
                    tree.size() + " blocks are more than SkipLab can show",
                    "use at most " + MOST_BLOCKS);
        }
        List<Node> nodes = new ArrayList<>(tree.size());
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < tree.size(); i++) {
            Node node = node(tree.get(i), place + "[" + i + "]");
            Integer earlier = seen.putIfAbsent(node.id(), i);
            if (earlier != null) {
                throw new Unfit(
                        place + "[" + i + "].id",
                        "'" + node.id() + "' is also the id of " + place + "[" + earlier + "]",
                        "rename one of them, also in the \"inputs\" of the blocks that read it");
            }
            nodes.add(node);
        }
        checkWires(nodes, place);
        return nodes;
    }

    private static void checkWires(List<Node> nodes, String place) throws Unfit {
        Set<String> ids = new HashSet<>();
        ids.add(Network.INPUT);
        nodes.forEach(n -> ids.add(n.id()));
        for (int i = 0; i < nodes.size(); i++) {
            for (int port = 0; port < nodes.get(i).inputs().size(); port++) {
                String from = nodes.get(i).inputs().get(port);
                if (!ids.contains(from)) {
                    throw new Unfit(
                            place + "[" + i + "].inputs[" + port + "]",
                            "there is no block '" + from + "'",
                            Spelling.suggestion(from, ids));
                }
            }
        }
    }

    private static Node node(JsonNode tree, String place) throws Unfit {
        object(tree, place);
        String id = string(tree.path("id"), place + ".id");
        if (!Node.isName(id)) {
            throw new Unfit(
                    place + ".id",
                    "'" + clipped(id) + "' cannot be a block's id",
                    "use letters, digits, '-' and '_', and not '" + Network.INPUT + "'");
        }
        String kindId = string(tree.path("kind"), place + ".kind");
        List<String> kinds = Stream.of(BlockKind.values()).map(BlockKind::id).toList();
        BlockKind kind = BlockKind.find(kindId).orElse(null);
        if (kind == null) {
            throw new Unfit(
                    place + ".kind",
                    "there is no kind of block called '" + clipped(kindId) + "'",
                    Spelling.suggestion(clipped(kindId), kinds));
        }
        List<String> inputs = inputs(tree, place);
        return new Node(id, block(tree, kind, place + " '" + id + "'"), inputs);
    }

    private static List<String> inputs(JsonNode tree, String place) throws Unfit {
        JsonNode list = tree.path("inputs");
        List<String> inputs = new ArrayList<>();
        if (!list.isArray()) {
            throw new Unfit(
                    place + ".inputs",
                    "the list of inputs is missing",
                    "write the ids of the blocks it reads, such as [\"stem\"], or []");
        }
        for (int i = 0; i < list.size(); i++) {
            inputs.add(string(list.get(i), place + ".inputs[" + i + "]"));
        }
        return inputs;
    }

    private static Block block(JsonNode tree, BlockKind kind, String place) throws Unfit {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : tree.properties()) {
            if (!BLOCK_KEYS.contains(property.getKey())) {
                values.put(
                        property.getKey(),
                        value(property.getValue(), place + "." + property.getKey()));
            }
        }
        try {
            return Settings.with(Settings.defaults(kind), values);
        } catch (IllegalArgumentException e) {
            throw new Unfit(
                    place,
                    Objects.requireNonNullElse(e.getMessage(), "its settings do not fit"),
                    "correct the value, or delete it to use the default");
        }
    }

    private static @Nullable Object value(JsonNode tree, String place) throws Unfit {
        return switch (tree.getNodeType()) {
            case NULL -> null;
            case BOOLEAN -> tree.booleanValue();
            case STRING -> clipped(tree.stringValue());
            case NUMBER ->
                    tree.isIntegralNumber() && tree.canConvertToLong()
                            ? (Object) tree.longValue()
                            : tree.doubleValue();
            case ARRAY, OBJECT, BINARY, POJO, MISSING ->
                    throw new Unfit(
                            place, "a setting has a single value", "write a number, text or true");
        };
    }

    private static void object(JsonNode tree, String place) throws Unfit {
        if (!tree.isObject()) {
            throw new Unfit(place, "an object { … } is missing", "write one, or restore a backup");
        }
    }

    private static String string(JsonNode tree, String place) throws Unfit {
        if (!tree.isString()) {
            throw new Unfit(
                    place,
                    tree.isMissingNode() ? "it is missing" : "it is not text",
                    "write text in quotes");
        }
        return tree.stringValue();
    }

    private static String clipped(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
