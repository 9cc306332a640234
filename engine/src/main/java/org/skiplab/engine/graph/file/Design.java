package org.skiplab.engine.graph.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.skiplab.engine.graph.Network;
import tools.jackson.databind.JsonNode;

/// What a `.skiplab` file holds: the network, and sections that other parts of SkipLab read and
/// write (`training`, `layout`, …), which are kept as they are.
///
/// @param sections JSON trees by name, in file order; treat them as immutable
public record Design(Network network, Map<String, JsonNode> sections) {

    /// @throws IllegalArgumentException if a section has a name that the file form needs itself
    public Design {
        for (String reserved : DesignFile.RESERVED) {
            if (sections.containsKey(reserved)) {
                throw new IllegalArgumentException("'" + reserved + "' is not a section");
            }
        }
        sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    }

    /// A design without further sections.
    public static Design of(Network network) {
        return new Design(network, Map.of());
    }

    public Optional<JsonNode> section(String name) {
        return Optional.ofNullable(sections.get(name));
    }

    public Design withNetwork(Network other) {
        return new Design(other, sections);
    }

    public Design withSection(String name, JsonNode tree) {
        Map<String, JsonNode> more = new LinkedHashMap<>(sections);
        more.put(name, tree);
        return new Design(network, more);
    }

    public Design withoutSection(String name) {
        Map<String, JsonNode> fewer = new LinkedHashMap<>(sections);
        fewer.remove(name);
        return new Design(network, fewer);
    }
}
