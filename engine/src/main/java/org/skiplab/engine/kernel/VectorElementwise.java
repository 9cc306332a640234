package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/// Number-by-number arithmetic on float tensors of one shape and any pitch, split over a team by
/// rows.
final class VectorElementwise implements AutoCloseable {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    /// What one sweep over the tensors computes.
    private enum Kind {
        /// `out = fa`
        FILL,
        /// `out = fa·a`
        SCALE,
        /// `out = fa·a + fb·b`
        COMBINE,
        /// `out = max(fa·a + fb·b, 0)`
        COMBINE_RELU,
        /// `out = b > 0 ? a : 0`
        MASK,
        /// `out = a · b`
        MULTIPLY,
        /// `out = out + a · b`
        MULTIPLY_ADD
    }

    private final Team team;
    private final List<TensorMemory> owned = new ArrayList<>();
    private final Map<String, Tensor> stages = new HashMap<>();
    private final Team.Share share = this::sweep;
    private Kind kind = Kind.SCALE;
    private @Nullable Tensor out;
    private @Nullable Tensor a;
    private @Nullable Tensor b;
    private float factorA;
    private float factorB;
    private @Nullable GateFactors images;

    private final boolean imagined;

    /// @param imagined whether stages are addresses only, see [TensorMemory#imagined]
    VectorElementwise(Team team, boolean imagined) {
        this.team = team;
        this.imagined = imagined;
    }

    /// A dense stand-in for `like`, shared by all operations that stage the same slot and shape.
    Tensor staged(int slot, Tensor like) {
        return staged(slot, like.shape());
    }

    Tensor staged(int slot, long... shape) {
        return stages.computeIfAbsent(
                slot + ":" + Arrays.toString(shape),
                _ -> {
                    long size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
                    TensorMemory memory = TensorMemory.of(DataType.FLOAT, size, imagined);
                    owned.add(memory);
                    return memory.at(0, shape);
                });
    }

    long bytes() {
        return owned.stream().mapToLong(TensorMemory::bytes).sum();
    }

    void fill(Tensor to, double value) {
        run(Kind.FILL, to, to, (float) value, null, 0, null);
    }

    void copy(Tensor from, Tensor to) {
        run(Kind.SCALE, to, from, 1, null, 0, null);
    }

    /// `to = factor · from`
    void scale(Tensor from, double factor, Tensor to) {
        run(Kind.SCALE, to, from, (float) factor, null, 0, null);
    }

    /// `to[n] = factor[n] · from[n]`
    void scale(Tensor from, GateFactors factors, Tensor to) {
        run(Kind.SCALE, to, from, 1, null, 0, factors);
    }

    /// `to = to + from`
    void accumulate(Tensor from, Tensor to) {
        run(Kind.COMBINE, to, to, 1, from, 1, null);
    }

    /// `to = to + factor · from`
    void accumulate(Tensor from, double factor, Tensor to) {
        run(Kind.COMBINE, to, to, 1, from, (float) factor, null);
    }

    /// `to = to + factor[n] · from`
    void accumulate(Tensor from, GateFactors factors, Tensor to) {
        run(Kind.COMBINE, to, to, 1, from, 1, factors);
    }

    /// `to = x + factor[n] · y`, or 1 for null factors; then ReLU if asked.
    void sum(Tensor x, Tensor y, @Nullable GateFactors factors, boolean relu, Tensor to) {
        run(relu ? Kind.COMBINE_RELU : Kind.COMBINE, to, x, 1, y, 1, factors);
    }

    /// `to = x − y`
    void difference(Tensor x, Tensor y, Tensor to) {
        run(Kind.COMBINE, to, x, 1, y, -1, null);
    }

    /// `to = max(from, 0)`
    void relu(Tensor from, Tensor to) {
        run(Kind.COMBINE_RELU, to, from, 1, from, 0, null);
    }

    /// `to = sign > 0 ? from : 0`
    void mask(Tensor from, Tensor sign, Tensor to) {
        run(Kind.MASK, to, from, 1, sign, 1, null);
    }

    /// `to = x · y`, or added to what is there.
    void multiply(Tensor x, Tensor y, boolean add, Tensor to) {
        run(add ? Kind.MULTIPLY_ADD : Kind.MULTIPLY, to, x, 1, y, 1, null);
    }

    /// Hands a dense gradient on as [Operand] asks.
    void deliver(Tensor gradient, Operand to) {
        Tensor target = to.gradient();
        if (target == null || target.aliases(gradient)) {
            return;
        }
        if (to.accumulates()) {
            accumulate(gradient, target);
        } else {
            copy(gradient, target);
        }
    }

    private void run(
            Kind what,
            Tensor to,
            Tensor x,
            float fx,
            @Nullable Tensor y,
            float fy,
            @Nullable GateFactors perImage) {
        kind = what;
        out = to;
        a = x;
        b = y;
        factorA = fx;
        factorB = fy;
        images = perImage;
        team.run(share);
    }

    private void sweep(int member, int members) {
        Tensor to = Operands.present(out);
        Tensor x = Operands.present(a);
        Tensor y = b == null ? x : b;
        GateFactors factors = images;
        boolean flat = to.dense() && x.dense() && y.dense();
        if (factors == null) {
            if (flat) {
                long size = to.size();
                long from = share(size, member, members);
                long count = share(size, member + 1, members) - from;
                line(
                        to.segment(),
                        from,
                        x.segment(),
                        from,
                        y.segment(),
                        from,
                        count,
                        factorA,
                        factorB);
            } else {
                long from = Rows.from(to.rows(), member, members);
                strip(
                        to,
                        x,
                        y,
                        from,
                        Rows.from(to.rows(), member + 1, members),
                        false,
                        factorA,
                        factorB);
            }
            return;
        }
        int batch = to.batch();
        long rows = to.rows() / batch;
        boolean scalesA = kind == Kind.SCALE;
        for (int n = batch * member / members; n < batch * (member + 1) / members; n++) {
            float f = (float) factors.factor(n);
            strip(
                    to,
                    x,
                    y,
                    n * rows,
                    (n + 1) * rows,
                    flat,
                    scalesA ? f : factorA,
                    scalesA ? factorB : f);
        }
    }

    /// Where a member's share of `size` numbers begins; whole registers but for the end.
    private static long share(long size, int member, int members) {
        return member == members ? size : size * member / members / L * L;
    }

    private void strip(
            Tensor to,
            Tensor x,
            Tensor y,
            long from,
            long until,
            boolean flat,
            float fa,
            float fb) {
        int channels = to.channels();
        if (flat) {
            long at = from * channels;
            line(
                    to.segment(),
                    at,
                    x.segment(),
                    at,
                    y.segment(),
                    at,
                    (until - from) * channels,
                    fa,
                    fb);
        } else {
            for (long r = from; r < until; r++) {
                line(
                        to.segment(),
                        r * to.pitch(),
                        x.segment(),
                        r * x.pitch(),
                        y.segment(),
                        r * y.pitch(),
                        channels,
                        fa,
                        fb);
            }
        }
    }

    private void line(
            MemorySegment to,
            long t,
            MemorySegment x,
            long i,
            MemorySegment y,
            long j,
            long count,
            float fa,
            float fb) {
        long whole = count / L * L;
        switch (kind) {
            case FILL -> {
                FloatVector value = FloatVector.broadcast(S, fa);
                for (long k = 0; k < whole; k += L) {
                    value.intoMemorySegment(to, 4 * (t + k), NATIVE);
                }
            }
            case SCALE -> {
                for (long k = 0; k < whole; k += L) {
                    load(x, i + k).mul(fa).intoMemorySegment(to, 4 * (t + k), NATIVE);
                }
            }
            case COMBINE -> {
                for (long k = 0; k < whole; k += L) {
                    load(x, i + k)
                            .mul(fa)
                            .add(load(y, j + k).mul(fb))
                            .intoMemorySegment(to, 4 * (t + k), NATIVE);
                }
            }
            case COMBINE_RELU -> {
                for (long k = 0; k < whole; k += L) {
                    load(x, i + k)
                            .mul(fa)
                            .add(load(y, j + k).mul(fb))
                            .max(0)
                            .intoMemorySegment(to, 4 * (t + k), NATIVE);
                }
            }
            case MASK -> {
                FloatVector zero = FloatVector.zero(S);
                for (long k = 0; k < whole; k += L) {
                    VectorMask<Float> open = load(y, j + k).compare(VectorOperators.GT, 0);
                    zero.blend(load(x, i + k), open).intoMemorySegment(to, 4 * (t + k), NATIVE);
                }
            }
            case MULTIPLY -> {
                for (long k = 0; k < whole; k += L) {
                    load(x, i + k).mul(load(y, j + k)).intoMemorySegment(to, 4 * (t + k), NATIVE);
                }
            }
            case MULTIPLY_ADD -> {
                for (long k = 0; k < whole; k += L) {
                    load(x, i + k)
                            .fma(load(y, j + k), load(to, t + k))
                            .intoMemorySegment(to, 4 * (t + k), NATIVE);
                }
            }
        }
        for (long k = whole; k < count; k++) {
            float u = Operands.get(x, i + k);
            float v = Operands.get(y, j + k);
            Operands.set(
                    to,
                    t + k,
                    switch (kind) {
                        case FILL -> fa;
                        case SCALE -> fa * u;
                        case COMBINE -> fa * u + fb * v;
                        case COMBINE_RELU -> Math.max(fa * u + fb * v, 0);
                        case MASK -> v > 0 ? u : 0;
                        case MULTIPLY -> u * v;
                        case MULTIPLY_ADD -> Operands.get(to, t + k) + u * v;
                    });
        }
    }

    private static FloatVector load(MemorySegment memory, long index) {
        return FloatVector.fromMemorySegment(S, memory, 4 * index, NATIVE);
    }

    @Override
    public void close() {
        owned.forEach(TensorMemory::close);
    }
}
