package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class DropoutMaskTest {

    private static final int SIZE = 200_003;

    private static float[] draw(int threads, double probability, long seed) {
        Team team = Team.of(threads);
        try (Tensors tensors = new Tensors(DataType.FLOAT)) {
            Tensor mask = tensors.dense(SIZE);
            new DropoutMask(team).draw(mask, probability, seed);
            return mask.toFloats();
        } finally {
            team.close();
        }
    }

    @Test
    void threadsAndVectorsMakeNoDifference() {
        float[] one = draw(1, 0.3, 42);
        assertThat(draw(2, 0.3, 42)).isEqualTo(one);
        assertThat(draw(3, 0.3, 42)).isEqualTo(one);
        assertThat(draw(7, 0.3, 42)).isEqualTo(one);
        try (Tensors tensors = new Tensors(DataType.FLOAT)) {
            Tensor plain = tensors.dense(SIZE);
            DropoutMask.drawPlainly(plain, 0.3, 42);
            assertThat(plain.toFloats()).isEqualTo(one);
        }
        assertThat(draw(2, 0.3, 43)).isNotEqualTo(one);
    }

    /// Within four deviations.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.1, 0.2, 0.3, 0.5, 0.9})
    void dropsItsShareAndKeepsTheMean(double p) {
        float keep = (float) (1 / (1 - p));
        double dropped = 0;
        for (float m : draw(2, p, 7)) {
            assertThat(m == 0 || m == keep).isTrue();
            dropped += m == 0 ? 1 : 0;
        }
        double deviation = Math.sqrt(p * (1 - p) / SIZE);
        assertThat(dropped / SIZE).isBetween(p - 4 * deviation, p + 4 * deviation);
    }

    /// Correlations of independent draws have deviation 1/√n.
    @Test
    void placesStepsAndLayersAreIndependent() {
        double p = 0.5;
        double bound = 4.5 / Math.sqrt(SIZE);
        float[] mask = draw(2, p, 1);
        for (int lag : new int[] {1, 2, 3, 4, 8, 12, 16, 24, 32, 64, 160, 1024, 4096, 32768}) {
            assertThat(correlation(mask, mask, lag)).as("lag %d", lag).isBetween(-bound, bound);
        }
        for (long seed : new long[] {2, 3, 1L << 31, 1L << 32, 1L << 33, -1, 0x9E3779B9L}) {
            float[] other = draw(2, p, seed);
            for (int lag : new int[] {0, 1, 16}) {
                assertThat(correlation(mask, other, lag))
                        .as("seed %d, lag %d", seed, lag)
                        .isBetween(-bound, bound);
            }
        }
    }

    private static double correlation(float[] a, float[] b, int lag) {
        double sum = 0;
        int n = a.length - lag;
        for (int i = 0; i < n; i++) {
            sum += (a[i] - 1) * (b[i + lag] - 1);
        }
        return sum / n;
    }

    /// χ² of the 256 patterns of eight neighbours has mean 255 and deviation 22.6.
    @Test
    void patternsOfNeighboursAreEquallyLikely() {
        float[] mask = draw(2, 0.5, 5);
        int[] counts = new int[256];
        int windows = mask.length / 8;
        for (int w = 0; w < windows; w++) {
            int pattern = 0;
            for (int k = 0; k < 8; k++) {
                pattern = 2 * pattern + (mask[8 * w + k] == 0 ? 1 : 0);
            }
            counts[pattern]++;
        }
        double expected = windows / 256.0;
        double chi = 0;
        for (int count : counts) {
            chi += (count - expected) * (count - expected) / expected;
        }
        assertThat(chi).isBetween(255 - 4.5 * 22.6, 255 + 4.5 * 22.6);
    }
}
