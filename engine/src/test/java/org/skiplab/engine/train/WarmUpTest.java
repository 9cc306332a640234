package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private long nanos;
    private int run;
    private final List<Integer> seen = new ArrayList<>();

    /// Steps of some milliseconds, of which the first few make the compiler work.
    private WarmUp warmUp(int compiling, int ms, Duration longest) {
        return WarmUp.run(
                i -> {
                    seen.add(i);
                    run++;
                    nanos += Duration.ofMillis(ms).toNanos();
                },
                longest,
                () -> nanos,
                () -> Math.min(run, compiling));
    }

    @Test
    void endsWhenTheCompilerIsQuiet() {
        WarmUp done = warmUp(10, 100, Duration.ofSeconds(20));
        int still = (int) (WarmUp.QUIET.toMillis() / 100);
        Duration whole = WarmUp.QUIET.plusSeconds(1);
        assertThat(done).isEqualTo(new WarmUp(10 + still, whole, true));
        assertThat(seen).isEqualTo(IntStream.range(0, 10 + still).boxed().toList());
    }

    @Test
    void longStepsAreCounted() {
        assertThat(warmUp(10, 3000, Duration.ofSeconds(60)))
                .isEqualTo(new WarmUp(13, Duration.ofSeconds(39), true));
    }

    @Test
    void endsWhenTheTimeIsUp() {
        assertThat(warmUp(1000, 500, Duration.ofSeconds(20)))
                .isEqualTo(new WarmUp(40, Duration.ofSeconds(20), false));
    }

    @Test
    void someStepsAreRunHoweverLongTheyTake() {
        assertThat(warmUp(1000, 9000, Duration.ofSeconds(20)))
                .isEqualTo(new WarmUp(WarmUp.LEAST_STEPS, Duration.ofSeconds(54), false));
    }

    @Test
    void thisMachinesCompilerKeepsAnAccount() {
        assertThat(WarmUp.compilation().getAsLong()).isPositive();
    }
}
