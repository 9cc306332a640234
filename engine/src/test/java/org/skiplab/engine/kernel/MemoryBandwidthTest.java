package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBandwidthTest {

    @Test
    void countsBytes() {
        // Any size will do, also one that threads cannot share evenly.
        assertThat(MemoryBandwidth.gigabytes((1 << 20) + 7)).isFinite().isPositive();
    }
}
