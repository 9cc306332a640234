package org.skiplab.engine.kernel;

/// How row-wise kernels walk: blocks of rows that stay in the first-level cache, split evenly over
/// a team.
final class Rows {

    private static final int BLOCK_BYTES = 16 << 10;

    private Rows() {}

    /// Rows per block for rows of `channels` floats.
    static int block(int channels) {
        return Math.max(4, BLOCK_BYTES / (4 * channels));
    }

    static long from(long rows, int member, int members) {
        return rows * member / members;
    }
}
