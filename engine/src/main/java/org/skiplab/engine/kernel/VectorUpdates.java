package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Optimiser steps in one sweep over the arrays, split over a team.
final class VectorUpdates {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    /// Numbers that one member sums at a time.
    private static final int PIECE = 1 << 15;

    private final Team team;
    private double[] sums = {};

    VectorUpdates(Team team) {
        this.team = team;
    }

    private static long from(long size, int member, int members) {
        return member == members ? size : size * member / members / L * L;
    }

    void sgd(Tensor value, Tensor gradient, Tensor velocity, SgdStep step) {
        MemorySegment w = value.segment();
        MemorySegment g = gradient.segment();
        MemorySegment v = velocity.segment();
        float rate = (float) step.rate();
        float momentum = (float) step.momentum();
        float decay = (float) step.decay();
        float scale = (float) step.scale();
        boolean nesterov = step.nesterov();
        long size = value.size();
        team.run((member, members) -> {
            long end = from(size, member + 1, members);
            long i = from(size, member, members);
            for (; i + L <= end; i += L) {
                FloatVector weight = load(w, i);
                FloatVector slope = load(g, i).mul(scale).add(weight.mul(decay));
                FloatVector speed = load(v, i).mul(momentum).add(slope);
                speed.intoMemorySegment(v, 4 * i, NATIVE);
                FloatVector move = nesterov ? speed.mul(momentum).add(slope) : speed;
                weight.sub(move.mul(rate)).intoMemorySegment(w, 4 * i, NATIVE);
            }
            for (; i < end; i++) {
                float weight = Operands.get(w, i);
                float slope = scale * Operands.get(g, i) + decay * weight;
                float speed = momentum * Operands.get(v, i) + slope;
                Operands.set(v, i, speed);
                float move = nesterov ? slope + momentum * speed : speed;
                Operands.set(w, i, weight - rate * move);
            }
        });
    }

    void adam(Tensor value, Tensor gradient, Tensor first, Tensor second, AdamStep step) {
        MemorySegment w = value.segment();
        MemorySegment g = gradient.segment();
        MemorySegment m = first.segment();
        MemorySegment v = second.segment();
        long size = value.size();
        float beta1 = (float) step.beta1();
        float beta2 = (float) step.beta2();
        float rest1 = (float) (1 - step.beta1());
        float rest2 = (float) (1 - step.beta2());
        float rate = (float) (step.rate() / (1 - Math.pow(step.beta1(), step.number())));
        float root2 = (float) Math.sqrt(1 - Math.pow(step.beta2(), step.number()));
        float keep = step.decoupled() ? (float) (1 - step.rate() * step.decay()) : 1;
        float decay = step.decoupled() ? 0 : (float) step.decay();
        float epsilon = (float) step.epsilon();
        float scale = (float) step.scale();
        team.run((member, members) -> {
            long end = from(size, member + 1, members);
            for (long i = from(size, member, members); i < end; i++) {
                float weight = Operands.get(w, i) * keep;
                float d = scale * Operands.get(g, i) + decay * weight;
                float mean = beta1 * Operands.get(m, i) + rest1 * d;
                float square = beta2 * Operands.get(v, i) + rest2 * d * d;
                Operands.set(m, i, mean);
                Operands.set(v, i, square);
                float root = (float) Math.sqrt(square) / root2 + epsilon;
                Operands.set(w, i, weight - rate * mean / root);
            }
        });
    }

    /// Sum of squares, in double precision and in an order that does not depend on the team.
    double squares(Tensor tensor) {
        MemorySegment x = tensor.segment();
        long size = tensor.size();
        int pieces = Math.toIntExact((size + PIECE - 1) / PIECE);
        if (sums.length < pieces) {
            sums = new double[pieces];
        }
        team.run((member, members) -> {
            for (int p = member; p < pieces; p += members) {
                long end = Math.min(size, (p + 1L) * PIECE);
                double even = 0;
                double odd = 0;
                for (long i = (long) p * PIECE; i < end; i += 2) {
                    double a = Operands.get(x, i);
                    double b = i + 1 < end ? Operands.get(x, i + 1) : 0;
                    even += a * a;
                    odd += b * b;
                }
                sums[p] = even + odd;
            }
        });
        double sum = 0;
        for (int p = 0; p < pieces; p++) {
            sum += sums[p];
        }
        return sum;
    }

    private static FloatVector load(MemorySegment memory, long index) {
        return FloatVector.fromMemorySegment(S, memory, 4 * index, NATIVE);
    }
}
