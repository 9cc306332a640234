package org.skiplab.engine.kernel;

import static org.skiplab.engine.kernel.TensorMemory.known;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.function.Function;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.skiplab.engine.graph.Primitive;

/// A 1×1 convolution with a stride, as shortcuts have where the image shrinks: picks the pixels
/// that it reads and convolves those without a stride. Their gradient is added to few pixels where
/// it has to be added; oneDNN's own form works on all of them.
final class StridedPointwise implements Operation {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final MemorySegment ALL = TensorMemory.ALL;

    private final Team team;
    private final VectorElementwise elementwise;
    private final Operand x;
    private final Operand picked;
    private final int stride;
    private final Operation dense;
    private final Team.Share pick;
    private final Team.Share giveBack;

    /// Moves a row of pixels between the image that has all and the one that has few.
    private interface Move {
        void row(long all, long allStep, long few, long fewStep, long pixels, int channels);
    }

    static boolean takes(Primitive.Convolution layer) {
        return layer.kernel() == 1 && layer.stride() > 1 && layer.padding() == 0;
    }

    /// @param dense builds the convolution without a stride of the picked pixels
    StridedPointwise(
            Team team,
            VectorElementwise elementwise,
            int stride,
            Operand x,
            Operand y,
            Function<Operand, Operation> dense) {
        this.team = team;
        this.elementwise = elementwise;
        this.stride = stride;
        this.x = x;
        Tensor like = x.value();
        Tensor value =
                elementwise.staged(
                        4,
                        y.value().batch(),
                        y.value().height(),
                        y.value().width(),
                        like.channels());
        picked =
                x.gradient() == null
                        ? Operand.constant(value)
                        : Operand.of(value, elementwise.staged(5, value));
        this.dense = dense.apply(picked);
        pick = (member, members) -> each(member, members, x.value(), value, StridedPointwise::copy);
        giveBack =
                (member, members) ->
                        each(
                                member,
                                members,
                                x.incoming(),
                                picked.incoming(),
                                StridedPointwise::addBack);
    }

    @Override
    public void forward(boolean training) {
        team.run(pick);
        dense.forward(training);
    }

    @Override
    public void backward() {
        team.run(pick);
        dense.backward();
        Tensor dx = x.gradient();
        if (dx != null) {
            if (!x.accumulates()) {
                elementwise.fill(dx, 0);
            }
            team.run(giveBack);
        }
    }

    private void each(int member, int members, Tensor all, Tensor few, Move move) {
        long rows = (long) few.batch() * few.height();
        long width = few.width();
        for (long r = Rows.from(rows, member, members);
                r < Rows.from(rows, member + 1, members);
                r++) {
            move.row(
                    all.at(first(r), 0),
                    Float.BYTES * all.pitch() * stride,
                    few.at(r * width, 0),
                    Float.BYTES * few.pitch(),
                    width,
                    few.channels());
        }
    }

    /// The first pixel that a row of outputs reads.
    private long first(long row) {
        int height = picked.value().height();
        long image = row / height;
        long line = row % height * stride;
        return (image * x.value().height() + line) * x.value().width();
    }

    private static void copy(
            long from, long step, long to, long toStep, long pixels, int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> mask = S.indexInRange(c, channels);
            long at = from + (long) c * Float.BYTES;
            long out = to + (long) c * Float.BYTES;
            for (long i = 0; i < pixels; i++, at += step, out += toStep) {
                at = known(at);
                out = known(out);
                FloatVector.fromMemorySegment(S, ALL, at, NATIVE)
                        .intoMemorySegment(ALL, out, NATIVE, mask);
            }
        }
    }

    private static void addBack(
            long all, long allStep, long few, long fewStep, long pixels, int channels) {
        add(few, fewStep, all, allStep, pixels, channels);
    }

    private static void add(long from, long step, long to, long toStep, long pixels, int channels) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> mask = S.indexInRange(c, channels);
            long at = from + (long) c * Float.BYTES;
            long out = to + (long) c * Float.BYTES;
            for (long i = 0; i < pixels; i++, at += step, out += toStep) {
                at = known(at);
                out = known(out);
                FloatVector.fromMemorySegment(S, ALL, at, NATIVE)
                        .add(FloatVector.fromMemorySegment(S, ALL, out, NATIVE))
                        .intoMemorySegment(ALL, out, NATIVE, mask);
            }
        }
    }
}
