package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBandwidthTest {

    @Test
    void countsBytes() {
        // Any size will do, also one that threads cannot share evenly.
        try (MemoryBandwidth memory = new MemoryBandwidth((1 << 20) + 7)) {
            assertThat(memory.gigabytes()).isFinite().isPositive();
        }
    }
}
