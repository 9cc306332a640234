package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/// Number-by-number arithmetic on float tensors of one shape and any pitch, split over a team by
/// rows.
final class VectorElementwise implements AutoCloseable {

    private static final int L = FloatVector.SPECIES_PREFERRED.length();

    private final int members;
    private final List<TensorMemory> owned = new ArrayList<>();
    private final Map<String, Tensor> stages = new HashMap<>();
    private final Deal sweep;
    private Elementwise kind = Elementwise.SCALE;
    private @Nullable Tensor out;
    private @Nullable Tensor a;
    private @Nullable Tensor b;
    private float factorA;
    private float factorB;
    private @Nullable GateFactors images;

    private final boolean imagined;

    /// @param imagined whether stages are addresses only, see [TensorMemory#imagined]
    VectorElementwise(Team team, boolean imagined) {
        members = team.members();
        this.imagined = imagined;
        sweep = new Deal(team, Portions.count(team.members()), (_, part) -> sweep(part));
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
        run(Elementwise.FILL, to, to, (float) value, null, 0, null);
    }

    void copy(Tensor from, Tensor to) {
        run(Elementwise.SCALE, to, from, 1, null, 0, null);
    }

    /// `to = factor · from`
    void scale(Tensor from, double factor, Tensor to) {
        run(Elementwise.SCALE, to, from, (float) factor, null, 0, null);
    }

    /// `to[n] = factor[n] · from[n]`
    void scale(Tensor from, GateFactors factors, Tensor to) {
        run(Elementwise.SCALE, to, from, 1, null, 0, factors);
    }

    /// `to = to + from`
    void accumulate(Tensor from, Tensor to) {
        run(Elementwise.COMBINE, to, to, 1, from, 1, null);
    }

    /// `to = to + factor · from`
    void accumulate(Tensor from, double factor, Tensor to) {
        run(Elementwise.COMBINE, to, to, 1, from, (float) factor, null);
    }

    /// `to = to + factor[n] · from`
    void accumulate(Tensor from, GateFactors factors, Tensor to) {
        run(Elementwise.COMBINE, to, to, 1, from, 1, factors);
    }

    /// `to = x + factor[n] · y`, or 1 for null factors; then ReLU if asked.
    void sum(Tensor x, Tensor y, @Nullable GateFactors factors, boolean relu, Tensor to) {
        run(relu ? Elementwise.COMBINE_RELU : Elementwise.COMBINE, to, x, 1, y, 1, factors);
    }

    /// `to = x − y`
    void difference(Tensor x, Tensor y, Tensor to) {
        run(Elementwise.COMBINE, to, x, 1, y, -1, null);
    }

    /// `to = max(from, 0)`
    void relu(Tensor from, Tensor to) {
        run(Elementwise.COMBINE_RELU, to, from, 1, from, 0, null);
    }

    /// `to = sign > 0 ? from : 0`
    void mask(Tensor from, Tensor sign, Tensor to) {
        run(Elementwise.MASK, to, from, 1, sign, 1, null);
    }

    /// `to = x · y`, or added to what is there.
    void multiply(Tensor x, Tensor y, boolean add, Tensor to) {
        run(add ? Elementwise.MULTIPLY_ADD : Elementwise.MULTIPLY, to, x, 1, y, 1, null);
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
            Elementwise what,
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
        sweep.run();
    }

    private void sweep(int part) {
        Tensor to = Operands.present(out);
        Tensor x = Operands.present(a);
        Tensor y = b == null ? x : b;
        GateFactors factors = images;
        boolean flat = to.dense() && x.dense() && y.dense();
        if (factors == null) {
            if (flat) {
                long size = to.size();
                long from = number(size, part);
                long count = number(size, part + 1) - from;
                long at = from * Float.BYTES;
                kind.line(
                        to.address() + at,
                        x.address() + at,
                        y.address() + at,
                        count,
                        factorA,
                        factorB);
            } else {
                long from = Portions.bound(to.rows(), part, members);
                strip(
                        to,
                        x,
                        y,
                        from,
                        Portions.bound(to.rows(), part + 1, members),
                        false,
                        factorA,
                        factorB);
            }
            return;
        }
        int batch = to.batch();
        long rows = to.rows() / batch;
        boolean scalesA = kind == Elementwise.SCALE;
        long end = Portions.bound(batch, part + 1, members);
        for (long n = Portions.bound(batch, part, members); n < end; n++) {
            float f = (float) factors.factor((int) n);
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

    /// Where a part of `size` numbers begins; whole registers but for the end.
    private long number(long size, int part) {
        return part == Portions.count(members) ? size : Portions.bound(size, part, members) / L * L;
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
            long count = (until - from) * channels;
            kind.line(to.at(from, 0), x.at(from, 0), y.at(from, 0), count, fa, fb);
        } else {
            for (long r = from; r < until; r++) {
                kind.line(to.at(r, 0), x.at(r, 0), y.at(r, 0), channels, fa, fb);
            }
        }
    }

    @Override
    public void close() {
        owned.forEach(TensorMemory::close);
    }
}
