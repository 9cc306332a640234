package org.skiplab.engine.graph;

import java.util.List;
import java.util.stream.Stream;

/// The depths that a family of networks can have: `step · n + base` with n ≥ 1, where n counts what
/// is repeated in each of the three stages and the base counts the layers outside the stages.
///
/// @param step layers that one more repetition adds to all stages together
/// @param base layers outside the stages
public record DepthRule(int step, int base) {

    /// CIFAR ResNets and plain nets of two-convolution blocks: `6n + 2` (1512.03385 §4.2).
    public static final DepthRule BASIC = new DepthRule(6, 2);

    /// CIFAR ResNets of bottleneck blocks: `9n + 2` (1603.05027 §5).
    public static final DepthRule BOTTLENECK = new DepthRule(9, 2);

    /// Wide residual networks, which also count the projections: `6n + 4` (1605.07146 §2.3).
    public static final DepthRule WIDE = new DepthRule(6, 4);

    /// DenseNets without bottlenecks, n layers in each block: `3n + 4` (1608.06993 §3).
    public static final DepthRule DENSE = new DepthRule(3, 4);

    /// DenseNets with bottlenecks, n layers of two convolutions in each block: `6n + 4` (1608.06993
    /// §3).
    public static final DepthRule DENSE_BOTTLENECK = new DepthRule(6, 4);

    /// No published network comes near; deeper ones could not be drawn or trained here.
    public static final int DEEPEST = 9_000;

    public boolean allows(int depth) {
        return depth >= step + base && depth <= DEEPEST && (depth - base) % step == 0;
    }

    /// The n of a legal depth.
    ///
    /// @throws IllegalArgumentException naming the nearest legal depths, if there is no such n
    public int repeats(int depth) {
        if (!allows(depth)) {
            throw new IllegalArgumentException(refusal(depth));
        }
        return (depth - base) / step;
    }

    /// The closest legal depths around `depth`: one below and one above, or the first or last.
    public List<Integer> nearest(int depth) {
        int most = (DEEPEST - base) / step;
        int n = Math.clamp(Math.floorDiv((long) depth - base, step), 1, most);
        return Stream.of(n, Math.min(n + 1, most))
                .map(i -> step * i + base)
                .filter(d -> depth >= step + base || d == step + base)
                .distinct()
                .toList();
    }

    /// Why `depth` is not possible, and which depths are: one line.
    public String refusal(int depth) {
        List<String> near = nearest(depth).stream().map(String::valueOf).toList();
        return depth
                + " layers are not possible: the depth must be "
                + this
                + "; the nearest "
                + (near.size() == 1 ? "is " : "are ")
                + String.join(" and ", near);
    }

    /// `6n + 2`.
    @Override
    public String toString() {
        return step + "n + " + base;
    }
}
