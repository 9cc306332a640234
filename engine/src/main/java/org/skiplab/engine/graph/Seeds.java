package org.skiplab.engine.graph;

import java.util.random.RandomGenerator;

/// One seed, split by purpose, so that changing how one thing draws (say, augmentation) never moves
/// another (say, the initial weights). Values depend only on the arguments: not on the order of
/// calls, the thread or the machine.
public record Seeds(long seed) {

    /// What a random number is for.
    public enum Purpose {
        INIT(0x1),
        SHUFFLE(0x2),
        AUGMENT(0x3),
        GATE(0x4),
        DROPOUT(0x5),
        DATA(0x6);

        // Written out, so that reordering the constants cannot change anybody's run.
        private final long salt;

        Purpose(long salt) {
            this.salt = salt;
        }
    }

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    public long of(Purpose purpose) {
        return combine(mix(seed + GOLDEN), purpose.salt);
    }

    /// The seed of one part of a purpose: an epoch, a step, a layer.
    public long of(Purpose purpose, long part) {
        return combine(of(purpose), part);
    }

    /// The seed of one part of a part: an image in an epoch, a layer in a step.
    public long of(Purpose purpose, long part, long item) {
        return combine(combine(of(purpose), part), item);
    }

    /// An endless stream of 64-bit numbers (SplitMix64) from a seed that `of` returned.
    public static RandomGenerator stream(long seed) {
        return new SplitMix(seed);
    }

    private static long combine(long hash, long value) {
        return mix(GOLDEN * hash + mix(value + GOLDEN));
    }

    /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014; constants by Stafford, mix 13).
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static final class SplitMix implements RandomGenerator {
        private long state;

        private SplitMix(long state) {
            this.state = state;
        }

        @Override
        public long nextLong() {
            state += GOLDEN;
            return mix(state);
        }
    }
}
