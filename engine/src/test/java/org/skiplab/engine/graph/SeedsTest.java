package org.skiplab.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Seeds.Purpose;

class SeedsTest {
    @Test
    void everySeedPurposeAndPartHasItsOwnStream() {
        Set<Long> all = new HashSet<>();
        int count = 0;
        for (long seed = 0; seed < 5; seed++) {
            var seeds = new Seeds(seed);
            for (Purpose purpose : Purpose.values()) {
                all.add(seeds.of(purpose));
                count++;
                for (int part = -1; part < 100; part++) {
                    all.add(seeds.of(purpose, part));
                    all.add(seeds.of(purpose, part, 0));
                    all.add(seeds.of(purpose, 0, part + 1000));
                    count += 3;
                }
            }
        }
        assertThat(all).hasSize(count);
    }

    @Test
    void runsOfEarlierReleasesStayRepeatable() {
        assertThat(new Seeds(1).of(Purpose.INIT)).isEqualTo(0x6ED4904A3001BC9DL);
        assertThat(new Seeds(42).of(Purpose.AUGMENT, 3, 17)).isEqualTo(0xB1622849F7B86ACBL);
        // The reference values of SplitMix64 for seed 0.
        var stream = Seeds.stream(0);
        assertThat(stream.nextLong()).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(stream.nextLong()).isEqualTo(0x6E789E6AA1B965F4L);
        assertThat(stream.nextLong()).isEqualTo(0x06C45D188009454FL);
    }
}
