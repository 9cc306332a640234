package org.skiplab.app.symptom;

import java.util.List;

/// Something conspicuous.
///
/// @param rule that found it
/// @param blocks where, input first; empty when it is the network as a whole
/// @param evidence the numbers
public record Symptom(Rule rule, List<String> blocks, String evidence) {
    public Symptom {
        blocks = List.copyOf(blocks);
    }
}
