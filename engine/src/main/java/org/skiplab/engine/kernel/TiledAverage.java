package org.skiplab.engine.kernel;

import static org.skiplab.engine.kernel.TensorMemory.known;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Average pooling whose windows tile the image, as a transition's 2×2 ones and the global average
/// do. Every input has one window, so its gradient is that window's, once.
final class TiledAverage implements Operation {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final MemorySegment ALL = TensorMemory.ALL;

    private final Operand x;
    private final Operand y;
    private final int height;
    private final int width;
    private final float share;
    private final int channels;
    private final Portions lines;
    private final Deal forward;
    private final Deal backward;

    static boolean takes(Operand x, Operand y, int height, int width, int stride) {
        Tensor in = x.value();
        Tensor out = y.value();
        // A single window may have any stride.
        boolean down = out.height() == 1 || stride == height;
        boolean across = out.width() == 1 || stride == width;
        return down
                && across
                && in.height() == height * out.height()
                && in.width() == width * out.width();
    }

    TiledAverage(Team team, Operand x, Operand y, int height, int width) {
        this.x = x;
        this.y = y;
        this.height = height;
        this.width = width;
        share = 1f / (height * width);
        channels = y.value().channels();
        lines = new Portions((long) y.value().batch() * y.value().height(), team.members());
        forward = new Deal(team, lines.count(), (_, part) -> forward(part));
        backward = new Deal(team, lines.count(), (_, part) -> backward(part));
    }

    @Override
    public void forward(boolean training) {
        forward.run();
    }

    @Override
    public void backward() {
        if (x.gradient() != null) {
            backward.run();
        }
    }

    /// Since windows tile images, and images follow one another, line `i` of all outputs has the
    /// lines from `i·height` of all inputs.
    private static long first(Tensor in, long line, int height) {
        return line * height * in.width();
    }

    private void forward(int part) {
        Tensor in = x.value();
        Tensor out = y.value();
        for (long line = lines.begin(part); line < lines.end(part); line++) {
            for (int j = 0; j < out.width(); j++) {
                average(
                        in.at(first(in, line, height) + (long) j * width, 0),
                        4L * in.pitch(),
                        4L * in.pitch() * in.width(),
                        out.at(line * out.width() + j, 0));
            }
        }
    }

    /// @param right bytes to the next place
    /// @param down bytes to the place below
    private void average(long from, long right, long down, long to) {
        for (int c = 0; c < channels; c += L) {
            FloatVector sum = FloatVector.zero(S);
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    sum = sum.add(load(from + i * down + j * right + 4L * c));
                }
            }
            store(sum.mul(share), to + 4L * c, S.indexInRange(c, channels));
        }
    }

    private void backward(int part) {
        Tensor target = Operands.present(x.gradient());
        Tensor source = y.incoming();
        long right = 4L * target.pitch();
        long down = right * target.width();
        for (long line = lines.begin(part); line < lines.end(part); line++) {
            for (int j = 0; j < source.width(); j++) {
                long from = source.at(line * source.width() + j, 0);
                long to = target.at(first(target, line, height) + (long) j * width, 0);
                if (x.accumulates()) {
                    add(from, right, down, to);
                } else {
                    spread(from, right, down, to);
                }
            }
        }
    }

    private void spread(long from, long right, long down, long to) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> mask = S.indexInRange(c, channels);
            FloatVector gradient = load(from + 4L * c).mul(share);
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    store(gradient, to + i * down + j * right + 4L * c, mask);
                }
            }
        }
    }

    private void add(long from, long right, long down, long to) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> mask = S.indexInRange(c, channels);
            FloatVector gradient = load(from + 4L * c).mul(share);
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    long at = to + i * down + j * right + 4L * c;
                    store(gradient.add(load(at)), at, mask);
                }
            }
        }
    }

    /// A whole register, also where fewer channels are left: see [TensorMemory#SLACK].
    private static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(S, ALL, known(address), NATIVE);
    }

    private static void store(FloatVector value, long address, VectorMask<Float> mask) {
        value.intoMemorySegment(ALL, known(address), NATIVE, mask);
    }
}
