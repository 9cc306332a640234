package org.skiplab.engine.kernel;

/// A range cut up for threads that take one part after the other: in rounds of one part a thread,
/// each half as long as the one before, so that nobody waits long for the last. The cuts do not
/// depend on who takes what, and so sums by part do not either.
final class Portions {

    /// With four, the last parts of two threads are a thirtieth of the range each.
    static final int ROUNDS = 4;

    private final long[] bounds;

    /// @param length of the range
    Portions(long length, int members) {
        this(length, 1, members, ROUNDS);
    }

    /// @param grain parts begin at its multiples
    /// @param rounds at least 1, which leaves one part a thread
    Portions(long length, int grain, int members, int rounds) {
        bounds = new long[members * rounds + 1];
        long grains = Math.ceilDiv(length, grain);
        for (int part = 0; part < bounds.length; part++) {
            bounds[part] = Math.min(length, grain * bound(grains, part, members, rounds));
        }
    }

    /// Parts of a range.
    static int count(int members) {
        return members * ROUNDS;
    }

    /// Where a part of a range begins and the one before it ends.
    static long bound(long length, int part, int members) {
        return bound(length, part, members, ROUNDS);
    }

    private static long bound(long length, int part, int members, int rounds) {
        int round = part / members;
        if (round == rounds) {
            return length;
        }
        // As long as a part of the last round is 1: so much a thread in all, before this round, and
        // in it.
        long all = (1L << rounds) - 1;
        long before = (1L << rounds) - (1L << rounds - round);
        long each = 1L << rounds - 1 - round;
        return length * (members * before + part % members * each) / (members * all);
    }

    int count() {
        return bounds.length - 1;
    }

    long begin(int part) {
        return bounds[part];
    }

    /// Behind the part, which may be empty.
    long end(int part) {
        return bounds[part + 1];
    }
}
