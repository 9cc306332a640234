package org.skiplab.engine.nn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.SmallNetworks;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;

/// What PyTorch computed for a network in double precision; the archives' README says which array
/// is what.
enum Fixture {
    RESNET_V1_BASIC(
            stem(8),
            v1(Residual.Form.BASIC, 8, 1, null),
            v1(Residual.Form.BASIC, 16, 2, null),
            head()),
    RESNET_V1_BOTTLENECK(
            stem(8),
            v1(Residual.Form.BOTTLENECK, 8, 1, null),
            v1(Residual.Form.BOTTLENECK, 16, 2, null),
            head()),
    RESNET_IMAGENET_STEM(
            new Stem(Stem.Form.IMAGENET, 16, true), v1(Residual.Form.BASIC, 16, 1, null), head()),
    RESNET_V2_BASIC(
            stem(8),
            Residual.v2(Residual.Form.BASIC, 8, 1),
            Residual.v2(Residual.Form.BASIC, 16, 2),
            activatedHead()),
    RESNET_V2_SEED(stem(8), v2Raw(8, 1), v2Raw(16, 2), head()),
    WIDE_10(
            stem(8),
            new Wide(8, 2, 1, 0, null),
            new Wide(16, 2, 2, 0, null),
            new Wide(32, 2, 2, 0, null),
            activatedHead()),
    WIDE_COSINE_HEAD(
            stem(16), new Wide(16, 2, 1, 0, null), new Head(10, false, Head.Classifier.COSINE)),
    DENSENET_BC(
            stem(8),
            dense(),
            new Transition(0.5, true, 0),
            dense(),
            new Transition(0.5, true, 0),
            dense(),
            activatedHead()),
    DENSENET_BC_SEED(
            stem(8),
            dense(),
            new Transition(0.5, false, 0),
            dense(),
            new Transition(0.5, false, 0),
            dense(),
            activatedHead()),
    STOCHASTIC_OPEN(stem(8), gated(8, 1, 0.8), gated(16, 2, 0.5), head()),
    STOCHASTIC_CLOSED(stem(8), gated(8, 1, 0.8), gated(16, 2, 0.5), head()),
    DROP_PATH_PER_SAMPLE(
            stem(8), v1(Residual.Form.BASIC, 8, 1, new Gate(GateMode.SAMPLE_SCALED, 0.75)), head());

    private final List<Block> blocks;
    private @Nullable Map<String, Npz.Array> arrays;

    Fixture(Block... blocks) {
        this.blocks = List.of(blocks);
    }

    private static Stem stem(int channels) {
        return new Stem(Stem.Form.CIFAR, channels, false);
    }

    private static Residual v1(Residual.Form form, int width, int stride, @Nullable Gate gate) {
        return Residual.v1(form, width, stride).withGate(gate);
    }

    private static Residual gated(int width, int stride, double p) {
        return v1(Residual.Form.BASIC, width, stride, new Gate(GateMode.BATCH, p));
    }

    private static Residual v2Raw(int width, int stride) {
        return new Residual(
                Residual.Form.BASIC,
                width,
                stride,
                ActivationOrder.FULL_PRE_ACTIVATION,
                Shortcut.PROJECTION_ALWAYS,
                true,
                false,
                null);
    }

    private static DenseBlock dense() {
        return new DenseBlock(2, 4, 4, 0);
    }

    private static Head head() {
        return new Head(10, false, Head.Classifier.LINEAR);
    }

    private static Head activatedHead() {
        return new Head(10, true, Head.Classifier.LINEAR);
    }

    Network network() {
        int[] input = array("input").shape();
        Shape shape = new Shape(input[2], input[3], input[1]);
        return SmallNetworks.chain(name(), shape, blocks.toArray(Block[]::new))
                .withSurvival(new Survival.Uniform(1));
    }

    /// Puts the gates as PyTorch had them in training.
    void setGates(List<PlanGate> gates) {
        gates.forEach(gate -> gate.set(true));
        switch (this) {
            case STOCHASTIC_CLOSED -> gates.getLast().set(false);
            case DROP_PATH_PER_SAMPLE ->
                    gates.getFirst().set(new boolean[] {true, false, true, true});
            default -> {}
        }
    }

    int batch() {
        return array("input").shape()[0];
    }

    int[] labels() {
        return Arrays.stream(array("labels").values()).mapToInt(v -> (int) v).toArray();
    }

    double[] values(String name) {
        return array(name).values();
    }

    /// An array of images, turned from NCHW to NHWC.
    double[] images(String name) {
        Npz.Array nchw = array(name);
        int channels = nchw.shape()[1];
        int positions = nchw.shape()[2] * nchw.shape()[3];
        double[] nhwc = new double[nchw.values().length];
        for (int i = 0; i < nhwc.length; i++) {
            int image = i / (channels * positions);
            int channel = i / positions % channels;
            nhwc[(image * positions + i % positions) * channels + channel] = nchw.values()[i];
        }
        return nhwc;
    }

    /// The names behind a prefix, in construction order.
    List<String> names(String prefix) {
        return arrays().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    private Npz.Array array(String name) {
        return Objects.requireNonNull(arrays().get(name), name);
    }

    private Map<String, Npz.Array> arrays() {
        if (arrays == null) {
            String resource = "/fixtures/" + name().toLowerCase(java.util.Locale.ROOT) + ".npz";
            try (InputStream in =
                    Objects.requireNonNull(Fixture.class.getResourceAsStream(resource))) {
                arrays = Npz.read(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return arrays;
    }
}
