package org.skiplab.app.canvas;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was changed of blocks since the network was a preset.
///
/// @param byBlock in a few words, by the block's id
public record Changes(Map<String, String> byBlock) {

    public static final Changes NONE = new Changes(Map.of());

    public Changes {
        byBlock = Map.copyOf(byBlock);
    }

    public Set<String> blocks() {
        return byBlock.keySet();
    }

    /// Of these blocks together: what was changed, or of how many.
    public Optional<String> of(List<String> ids) {
        List<String> own = ids.stream().filter(byBlock::containsKey).toList();
        return switch (own.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.ofNullable(byBlock.get(own.getFirst()));
            default -> Optional.of(own.size() + " blocks changed");
        };
    }
}
