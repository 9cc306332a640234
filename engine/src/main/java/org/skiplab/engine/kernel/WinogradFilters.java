package org.skiplab.engine.kernel;

import static org.skiplab.engine.kernel.Winograd.L;
import static org.skiplab.engine.kernel.Winograd.PATCH;
import static org.skiplab.engine.kernel.Winograd.S;
import static org.skiplab.engine.kernel.Winograd.load;
import static org.skiplab.engine.kernel.Winograd.store;

import jdk.incubator.vector.FloatVector;

/// What the algorithm of [Winograd] does to filters, `L` of them at a time. Addresses are absolute;
/// the scratch arrays `t` belong to the calling thread.
final class WinogradFilters {
    private WinogradFilters() {}

    /// `G g Gᵀ` for `L` filters.
    ///
    /// @param g the filters' nine numbers, `L` of each
    /// @param to address in the first plane
    static void transform(float[] g, long to, long plane, float[] t) {
        for (int j = 0; j < 3; j++) {
            FloatVector g0 = FloatVector.fromArray(S, g, j * L);
            FloatVector g1 = FloatVector.fromArray(S, g, (3 + j) * L);
            FloatVector g2 = FloatVector.fromArray(S, g, (6 + j) * L);
            FloatVector a = g0.add(g2).mul(-1f / 6);
            FloatVector b = g1.mul(1f / 6);
            FloatVector c = g0.mul(1f / 24).add(g2.mul(1f / 6));
            FloatVector d = g1.mul(1f / 12);
            int k = j * L;
            g0.mul(0.25f).intoArray(t, k);
            a.sub(b).intoArray(t, k + 3 * L);
            a.add(b).intoArray(t, k + 6 * L);
            c.add(d).intoArray(t, k + 9 * L);
            c.sub(d).intoArray(t, k + 12 * L);
            g2.intoArray(t, k + 15 * L);
        }
        long out = to;
        for (int i = 0; i < PATCH; i++) {
            FloatVector g0 = FloatVector.fromArray(S, t, 3 * i * L);
            FloatVector g1 = FloatVector.fromArray(S, t, (3 * i + 1) * L);
            FloatVector g2 = FloatVector.fromArray(S, t, (3 * i + 2) * L);
            FloatVector a = g0.add(g2).mul(-1f / 6);
            FloatVector b = g1.mul(1f / 6);
            FloatVector c = g0.mul(1f / 24).add(g2.mul(1f / 6));
            FloatVector d = g1.mul(1f / 12);
            store(g0.mul(0.25f), out);
            store(a.sub(b), out + plane);
            store(a.add(b), out + 2 * plane);
            store(c.add(d), out + 3 * plane);
            store(c.sub(d), out + 4 * plane);
            store(g2, out + 5 * plane);
            out += PATCH * plane;
        }
    }

    /// `Gᵀ u G` for `L` filters: the adjoint of [#transform].
    ///
    /// @param from address in the first plane
    /// @param accumulate whether to add to `g`
    /// @param g receives the filters' nine numbers, `L` of each
    static void gradient(long from, long plane, boolean accumulate, float[] g, float[] t) {
        long in = from;
        for (int k = 0; k < PATCH * L; k += L) {
            fold(
                    load(in),
                    load(in + PATCH * plane),
                    load(in + 2 * PATCH * plane),
                    load(in + 3 * PATCH * plane),
                    load(in + 4 * PATCH * plane),
                    load(in + 5 * PATCH * plane),
                    t,
                    k,
                    PATCH * L);
            in += plane;
        }
        int sum = 3 * PATCH * L;
        int target = accumulate ? sum : 0;
        float[] to = accumulate ? t : g;
        for (int i = 0; i < 3; i++) {
            int k = i * PATCH * L;
            fold(
                    FloatVector.fromArray(S, t, k),
                    FloatVector.fromArray(S, t, k + L),
                    FloatVector.fromArray(S, t, k + 2 * L),
                    FloatVector.fromArray(S, t, k + 3 * L),
                    FloatVector.fromArray(S, t, k + 4 * L),
                    FloatVector.fromArray(S, t, k + 5 * L),
                    to,
                    target + 3 * i * L,
                    L);
        }
        if (accumulate) {
            for (int k = 0; k < 9 * L; k += L) {
                FloatVector.fromArray(S, g, k)
                        .add(FloatVector.fromArray(S, t, sum + k))
                        .intoArray(g, k);
            }
        }
    }

    private static void fold(
            FloatVector u0,
            FloatVector u1,
            FloatVector u2,
            FloatVector u3,
            FloatVector u4,
            FloatVector u5,
            float[] to,
            int at,
            int step) {
        FloatVector s12 = u1.add(u2).mul(-1f / 6);
        FloatVector s34 = u3.add(u4);
        u0.mul(0.25f).add(s12).add(s34.mul(1f / 24)).intoArray(to, at);
        u2.sub(u1).mul(1f / 6).add(u3.sub(u4).mul(1f / 12)).intoArray(to, at + step);
        s12.add(s34.mul(1f / 6)).add(u5).intoArray(to, at + 2 * step);
    }
}
