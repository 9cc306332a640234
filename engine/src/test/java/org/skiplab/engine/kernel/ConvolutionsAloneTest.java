package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;

class ConvolutionsAloneTest {

    @ParameterizedTest
    @EnumSource(KernelPath.class)
    void runsEverySizeOfConvolution(KernelPath path) {
        // Narrow and 1×1 ones in densely connected layers; strided ones, and biases.
        for (Network network :
                List.of(
                        Presets.get("densenet-bc-40-12").network(new Shape(8, 8, 3), 10),
                        Presets.get("resnet-34-v1").network(new Shape(32, 32, 3), 10),
                        chain(new Primitive.Convolution(5, 3, 2, 1, true)))) {
            try (ConvolutionsAlone alone =
                    new ConvolutionsAlone(path, Analysis.of(network.expanded()), 2)) {
                assertThat(alone.ms()).isFinite().isPositive();
            }
        }
    }

    @Test
    void takesNoTimeWhereNothingConvolves() {
        try (ConvolutionsAlone alone =
                new ConvolutionsAlone(
                        KernelPath.PORTABLE, Analysis.of(chain(new Primitive.Relu())), 2)) {
            assertThat(alone.ms()).isZero();
        }
    }

    private static Network chain(Primitive layer) {
        return new Network(
                "small",
                new Shape(7, 7, 3),
                List.of(
                        new Node("layer", layer, "input"),
                        new Node("gap", new Primitive.GlobalAvgPool(), "layer"),
                        new Node("fc", new Primitive.Linear(5, true), "gap")),
                new Survival.Uniform(1));
    }
}
