package org.skiplab.engine.graph.file;

import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Lays JSON out for people and for line-wise comparison: objects one property per line, arrays of
/// objects or arrays one element per line, everything inside an array's element on that line.
public final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    public static String of(JsonNode root) {
        JsonText text = new JsonText();
        text.open(root, 0);
        return text.out.append('\n').toString();
    }

    private void open(JsonNode tree, int depth) {
        if (tree.isObject() && !tree.isEmpty()) {
            Iterator<Map.Entry<String, JsonNode>> properties = tree.properties().iterator();
            out.append('{');
            while (properties.hasNext()) {
                Map.Entry<String, JsonNode> property = properties.next();
                line(depth + 1);
                key(property.getKey());
                open(property.getValue(), depth + 1);
                out.append(properties.hasNext() ? "," : "");
            }
            line(depth);
            out.append('}');
        } else if (tree.isArray() && tree.valueStream().anyMatch(JsonNode::isContainer)) {
            Iterator<JsonNode> elements = tree.iterator();
            out.append('[');
            while (elements.hasNext()) {
                line(depth + 1);
                flat(elements.next());
                out.append(elements.hasNext() ? "," : "");
            }
            line(depth);
            out.append(']');
        } else {
            flat(tree);
        }
    }

    private void flat(JsonNode tree) {
        if (tree.isObject()) {
            Iterator<Map.Entry<String, JsonNode>> properties = tree.properties().iterator();
            out.append('{');
            while (properties.hasNext()) {
                Map.Entry<String, JsonNode> property = properties.next();
                key(property.getKey());
                flat(property.getValue());
                out.append(properties.hasNext() ? ", " : "");
            }
            out.append('}');
        } else if (tree.isArray()) {
            Iterator<JsonNode> elements = tree.iterator();
            out.append('[');
            while (elements.hasNext()) {
                flat(elements.next());
                out.append(elements.hasNext() ? ", " : "");
            }
            out.append(']');
        } else {
            out.append(tree);
        }
    }

    private void key(String key) {
        out.append(JsonNodeFactory.instance.stringNode(key)).append(": ");
    }

    private void line(int depth) {
        out.append('\n').repeat("  ", depth);
    }
}
