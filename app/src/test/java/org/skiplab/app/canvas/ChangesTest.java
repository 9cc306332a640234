package org.skiplab.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final Changes CHANGES = new Changes(Map.of("a", "Width 16 → 24", "b", "added"));

    @Test
    void oneChangedBlockSaysHowAndSeveralSayHowMany() {
        assertThat(CHANGES.of(List.of("a", "c"))).contains("Width 16 → 24");
        assertThat(CHANGES.of(List.of("a", "b", "c"))).contains("2 blocks changed");
        assertThat(CHANGES.of(List.of("c"))).isEmpty();
    }
}
