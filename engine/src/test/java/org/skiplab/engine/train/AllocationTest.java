package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.probe.Quartiles;

/// Once the compiler has seen a step, further ones leave next to nothing on the Java heap: not on
/// the training thread, not on the kernels' threads, not on the one that prepares the images.
class AllocationTest {

    private static final Path STATUS = Path.of("/proc/self/status");

    private static final DataSet DATA = Patterns.data(256, 64);
    private static final int WINDOW = 40;
    private static final int WINDOWS = 60;
    private static final long LIMIT = 10_000;

    private static Network fitted(String preset) {
        return ((Edit.Done) BlockEdits.fit(Presets.get(preset).network(), Patterns.SHAPE, 4))
                .network();
    }

    /// Bytes on all threads since the virtual machine began.
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    /// In a virtual machine of its own, as a run has it: after other tests the compiler knows the
    /// kernels by too many types to keep their vectors off the heap.
    @ParameterizedTest
    @ValueSource(strings = {"resnet-8", "stochastic-resnet-8", "densenet-bc-22-12"})
    void aStepAllocatesAlmostNothing(String preset) throws InterruptedException, IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(AllocationTest.class.getName());
        command.add(preset);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(Long.parseLong(output.lines().toList().getLast()))
                .as("bytes a step")
                .isLessThan(LIMIT);
    }

    /// Prints the fewest bytes a step that a preset's training came down to.
    public static void main(String[] preset) throws InterruptedException {
        TrainingSettings settings =
                TrainingSettings.DEFAULT.withBatch(16).withEpochs(1000).withClip(1);
        long least = Long.MAX_VALUE;
        try (Trainer trainer = new Trainer(fitted(preset[0]), DATA, settings, KernelPath.ONEDNN)) {
            for (int w = 0; w < WINDOWS && least >= LIMIT; w++) {
                long before = allocated();
                for (int i = 0; i < WINDOW; i++) {
                    trainer.step();
                }
                least = Math.min(least, (allocated() - before) / WINDOW);
            }
        }
        System.out.println(least);
        System.exit(0);
    }

    @Test
    void nativeMemoryIsFlatOverTenThousandSteps() throws InterruptedException, IOException {
        TrainingSettings settings = TrainingSettings.DEFAULT.withBatch(2).withEpochs(1000);
        try (Trainer trainer = new Trainer(tiny(), DATA, settings, KernelPath.ONEDNN)) {
            steps(trainer, 1000);
            System.gc();
            long arrays = trainer.plan().bytes() + trainer.parameters().bytes();
            long pointers = Pointer.totalBytes();
            // A leak grows all the time; the Java heap and the compiler's code now and then.
            double[] growth = new double[5];
            for (int i = 0; i < growth.length; i++) {
                long before = resident();
                steps(trainer, 2000);
                System.gc();
                growth[i] = resident() - before;
            }
            assertThat(trainer.plan().bytes() + trainer.parameters().bytes()).isEqualTo(arrays);
            assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(pointers);
            assertThat(Quartiles.median(growth))
                    .as("growth over 2,000 steps: %s", Arrays.toString(growth))
                    .isLessThan(4 << 20);
        }
    }

    /// One layer of each kind that a step spends native calls on.
    private static Network tiny() {
        return new Network(
                "tiny",
                Patterns.SHAPE,
                List.of(
                        new Node(
                                "conv",
                                new Primitive.Convolution(4, 3, 1, 1, false),
                                Network.INPUT),
                        new Node("bn", new Primitive.BatchNorm(false), "conv"),
                        new Node("relu", new Primitive.Relu(), "bn"),
                        new Node("dropout", new Primitive.Dropout(0.2), "relu"),
                        new Node("pool", new Primitive.GlobalAvgPool(), "dropout"),
                        new Node("fc", new Primitive.Linear(4, true), "pool")),
                Survival.PAPER);
    }

    private static void steps(Trainer trainer, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            trainer.step();
        }
    }

    /// Bytes of memory that the process has, 0 where the system does not say.
    private static long resident() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }
}
