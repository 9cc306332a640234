package org.skiplab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.train.Benchmark;

class RooflineTest {
    private static final int BATCH = 10;

    /// Images of 8×8×3, 192 numbers each; tensors of 8×8×4, 256 numbers each.
    private static final Network NETWORK =
            new Network(
                    "small",
                    new Shape(8, 8, 3),
                    List.of(
                            new Node("first", Primitive.Convolution.c3(4, 1), "input"),
                            new Node("norm", Primitive.BatchNorm.PLAIN, "first"),
                            new Node("second", Primitive.Convolution.c3(4, 1), "norm"),
                            new Node("sum", new Primitive.Add(), "first", "second"),
                            new Node("cat", new Primitive.Concat(), "sum", "first"),
                            new Node("gap", new Primitive.GlobalAvgPool(), "cat"),
                            new Node("fc", new Primitive.Linear(5, true), "gap")),
                    new Survival.Uniform(1));

    /// A machine that does a million operations and moves a million bytes a millisecond.
    private static final Roofline ROOFLINE = roofline(1, 1);

    private static Roofline roofline(double gigaflops, double gigabytes) {
        return new Roofline(Analysis.of(NETWORK), BATCH, gigaflops, gigabytes);
    }

    /// A machine so many times as fast; on the first, convolutions alone take 0.4 ms.
    private static StepProfile.Moment moment(double speed) {
        return new StepProfile.Moment(roofline(speed, speed), 0.4 / speed);
    }

    @ParameterizedTest
    @CsvSource({
        // 64 places × 4 × 27 products an image: forward and for the filters, not for the images.
        "first, 2 * 2 * 6912 * 10",
        "norm, 0",
        // 64 × 4 × 36 products, three times.
        "second, 2 * 3 * 9216 * 10",
        "fc, 0"
    })
    void convolutionsMultiply(String layer, String operations) {
        assertThat(ROOFLINE.work(layer).gigaflop() * 1e9)
                .isCloseTo(product(operations), within(1e-3));
    }

    private static double product(String factors) {
        double product = 1;
        for (String factor : factors.split(" \\* ")) {
            product *= Double.parseDouble(factor);
        }
        return product;
    }

    @ParameterizedTest
    @CsvSource({
        // In and out; the gradient in, and the images again for the filters' gradient; 108 weights.
        "first, 192, 256, 448, 108",
        // In and out; the gradient in, the input, the gradient out; gamma and beta.
        "norm, 256, 256, 768, 8",
        "second, 256, 256, 768, 144",
        // Two in, one out; the gradient is handed on.
        "sum, 512, 256, 0, 0",
        // Lies where its inputs lie.
        "cat, 0, 0, 0, 0",
        // The input is not needed any more.
        "gap, 512, 8, 520, 0",
        "fc, 8, 5, 21, 45"
    })
    void tensorsAreMovedOnce(String layer, long in, long out, long backward, long weights) {
        long numbers = BATCH * (in + out + backward) + 3 * weights;
        assertThat(ROOFLINE.work(layer).gigabyte() * 1e9).isCloseTo(4 * numbers, within(1e-3));
    }

    @Test
    void theLongerOfBothIsTheFloor() {
        Roofline.Work work = new Roofline.Work(0.2, 0.03);
        assertThat(roofline(100, 10).computeMs(work)).isCloseTo(2, within(1e-9));
        assertThat(roofline(100, 10).floorMs(work)).isCloseTo(3, within(1e-9));
        assertThat(roofline(10, 10).floorMs(work)).isCloseTo(20, within(1e-9));
    }

    @Test
    void theProfileAddsUp() {
        // The convolution's 276,480 operations, the batch norm's 51,296 bytes.
        double first = ROOFLINE.floorMs(ROOFLINE.work("first"));
        double norm = ROOFLINE.floorMs(ROOFLINE.work("norm"));
        assertThat(first).isCloseTo(0.27648, within(1e-9));
        assertThat(norm).isCloseTo(0.051296, within(1e-9));
        List<String> lines =
                StepProfile.lines(
                        new Benchmark.Profile(
                                List.of(
                                        new Benchmark.LayerTime("first", 0.25, 0.5),
                                        new Benchmark.LayerTime("norm", 0.125, 0.125)),
                                List.of(1.0)),
                        List.of(moment(1), moment(1)));
        assertThat(lines.get(2).split("\\s+"))
                .containsExactly(
                        "first", "0.25", "0.50", "75.0", "0.00", "0", "37", "0.0", "0.28", "37");
        assertThat(lines.get(3).split("\\s+"))
                .containsExactly("norm", "0.13", "0.13", "25.0", "0.1", "0.05", "21");
        assertThat(lines)
                .anyMatch(l -> l.matches("convolutions +0\\.8 ms +75\\.0 %"))
                .contains("layers together 1.0 ms a step, mean of 1")
                .contains(
                        "convolution floor for 0.0 GFLOP: 0.3 ms; the steps run at 28 % of it,"
                                + " half of them between 28 and 28 %")
                .contains(
                        "the same convolutions alone, in their direct form: 0.4 ms; the steps run"
                                + " at 40 % of it, half of them between 40 and 40 %")
                .contains(
                        "floor with memory and 0.00 GB: 0.3 ms; the steps run at 33 % of it,"
                                + " half of them between 33 and 33 %");
    }

    @Test
    void aStepIsSetAgainstWhatTheMachineCouldDoAroundIt() {
        // The machine halves its speed after the second of three steps, and the step follows.
        List<String> lines =
                StepProfile.lines(
                        new Benchmark.Profile(
                                List.of(new Benchmark.LayerTime("first", 0.4, 0.4)),
                                List.of(0.55296, 0.55296, 1.10592)),
                        List.of(moment(1), moment(1), moment(0.5), moment(0.5)));

        assertThat(lines)
                .anyMatch(l ->
                        l.startsWith("convolution floor")
                                && l.endsWith(
                                        "the steps run at 50 % of it, half of them between 50 and"
                                                + " 75 %"));
    }
}
