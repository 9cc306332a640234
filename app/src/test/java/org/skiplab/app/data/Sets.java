package org.skiplab.app.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import javafx.beans.property.SimpleObjectProperty;
import org.skiplab.app.fx.Background;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.DataShelf;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.PlanViewModel;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;

/// Small data sets, and a plan that is never trained.
final class Sets {

    final List<DataChoice> fitted = new ArrayList<>();
    final PlanViewModel plan;

    Sets() {
        Network network = Presets.get("resnet-8").network(new Shape(28, 28, 1), 10);
        plan =
                new TrainingViewModel(
                                new SimpleObjectProperty<>(network),
                                DataChoice.BUILT_IN,
                                (_, _) -> {
                                    throw new AssertionError("nobody asked to train");
                                },
                                Runnable::run,
                                new NetworkEdits() {
                                    @Override
                                    public void survival(Survival rule) {}

                                    @Override
                                    public void dropPaths(GateMode mode) {}

                                    @Override
                                    public <S> void turned(
                                            String what,
                                            S before,
                                            S after,
                                            Consumer<S> put,
                                            String gesture) {}

                                    @Override
                                    public void fit(DataChoice data) {
                                        fitted.add(data);
                                    }

                                    @Override
                                    public void endGesture() {}
                                })
                        .plan();
    }

    /// The data half on the plan: nothing is fetched, and everything is read at once.
    DataViewModel viewModel(Path folder) {
        return new DataViewModel(
                plan,
                new DataShelf(),
                folder,
                (_, _, _) -> {
                    throw new AssertionError("nobody asked to fetch");
                },
                Background.INLINE,
                Background.INLINE);
    }

    /// Six images of 2x2 pixels in three classes.
    static Path csv(Path folder) {
        return write(
                folder.resolve("pixels.csv"),
                """
                label,a,b,c,d
                cat,0,1,2,3
                dog,4,5,6,7
                cat,8,9,10,11
                dog,12,13,14,15
                cat,16,17,18,19
                ant,20,21,22,23
                """
                        .getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The files of MNIST with ten images in each part.
    static Map<String, byte[]> digits() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String part : List.of("train", "t10k")) {
            ByteBuffer images = ByteBuffer.allocate(16 + 10 * 784);
            images.putInt(0x0803).putInt(10).putInt(28).putInt(28);
            ByteBuffer labels = ByteBuffer.allocate(8 + 10);
            labels.putInt(0x0801).putInt(10);
            for (int i = 0; i < 10; i++) {
                images.put(16 + 784 * i + 28 * i, (byte) (25 * i + (part.equals("t10k") ? 1 : 2)));
                labels.put((byte) i);
            }
            files.put(part + "-images-idx3-ubyte.gz", gzip(images.array()));
            files.put(part + "-labels-idx1-ubyte.gz", gzip(labels.array()));
        }
        return files;
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
