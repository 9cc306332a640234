package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Which numbers a dropout layer keeps: a hash of the seed and the number's place decides each, so
/// that masks depend neither on threads nor on vectors' lengths.
final class DropoutMask {

    /// Bits of randomness that are compared with the probability.
    private static final int BITS = 24;

    private static final VectorSpecies<Integer> S = IntVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final IntVector LANES = IntVector.zero(S).addIndex(1);

    private static final int GOLDEN = 0x9E3779B9;

    // Wellons' lowbias32.
    private static final int FIRST = 0x7FEB352D;
    private static final int SECOND = 0x846CA68B;

    private final Team team;
    private final Team.Share share = this::draw;
    private MemorySegment memory = MemorySegment.NULL;
    private long size;
    private int low;
    private int high;
    private int threshold;
    private float keep;

    DropoutMask(Team team) {
        this.team = team;
    }

    private static int threshold(double probability) {
        return (int) Math.round(probability * (1 << BITS));
    }

    /// Fills a dense float mask with 0 (with that probability) and `1/(1 − p)`.
    void draw(Tensor mask, double probability, long seed) {
        memory = mask.segment();
        size = mask.size();
        low = (int) seed;
        high = (int) (seed >>> 32);
        threshold = threshold(probability);
        keep = (float) (1 / (1 - probability));
        team.run(share);
    }

    private void draw(int member, int members) {
        MemorySegment to = memory;
        int key = low;
        int salt = high;
        int limit = threshold;
        float kept = keep;
        FloatVector keeps = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, kept);
        long from = size * member / members / L * L;
        long end = member == members - 1 ? size : size * (member + 1) / members / L * L;
        long i = from;
        for (; i + L <= end; i += L) {
            IntVector x = mixed(LANES.add((int) i).mul(GOLDEN).add(key));
            IntVector bits = mixed(x.add(salt)).lanewise(VectorOperators.LSHR, 32 - BITS);
            FloatVector.zero(FloatVector.SPECIES_PREFERRED)
                    .blend(
                            keeps,
                            bits.compare(VectorOperators.GE, limit)
                                    .cast(FloatVector.SPECIES_PREFERRED))
                    .intoMemorySegment(to, 4 * i, ByteOrder.nativeOrder());
        }
        for (; i < end; i++) {
            Operands.set(to, i, bits(i, key, salt) >= limit ? kept : 0);
        }
    }

    private static IntVector mixed(IntVector start) {
        IntVector x = start.lanewise(VectorOperators.XOR, start.lanewise(VectorOperators.LSHR, 16));
        x = x.mul(FIRST);
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 15));
        x = x.mul(SECOND);
        return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16));
    }

    private static int mixed(int start) {
        int x = start ^ start >>> 16;
        x *= FIRST;
        x ^= x >>> 15;
        x *= SECOND;
        return x ^ x >>> 16;
    }

    private static int bits(long place, int low, int high) {
        return mixed(mixed((int) place * GOLDEN + low) + high) >>> 32 - BITS;
    }

    /// The same numbers, one by one, for any type.
    static void drawPlainly(Tensor mask, double probability, long seed) {
        int limit = threshold(probability);
        double keep = 1 / (1 - probability);
        for (long i = 0; i < mask.size(); i++) {
            mask.set(i, bits(i, (int) seed, (int) (seed >>> 32)) >= limit ? keep : 0);
        }
    }
}
