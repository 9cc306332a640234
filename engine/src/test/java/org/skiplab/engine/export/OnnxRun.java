package org.skiplab.engine.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;

/// Runs ONNX models in a process of its own: onnxruntime and our native libraries do not get along
/// in one.
final class OnnxRun {
    private OnnxRun() {}

    private static final String MODEL = "model.onnx";
    private static final String IMAGES = "images";
    private static final String LOGITS = "logits";

    /// Writes the logits of every `model.onnx` in a folder of `networks` for the images beside it.
    static void inOwnProcess(Path networks) throws IOException, InterruptedException {
        // One short argument for all: onnxruntime reads its process's command line as it starts,
        // and one of 4,000 characters overflows its stack (a silent SIGSEGV as its environment is
        // created).
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                place(OrtEnvironment.class)
                                        + File.pathSeparator
                                        + place(OnnxRun.class),
                                OnnxRun.class.getName(),
                                networks.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assertions.assertEquals(0, process.waitFor(), output);
    }

    private static String place(Class<?> type) {
        try {
            CodeSource source = Objects.requireNonNull(type.getProtectionDomain().getCodeSource());
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static void writeImages(Sample.Array images, Path folder) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(folder.resolve(IMAGES))))) {
            for (long extent : images.shape()) {
                out.writeLong(extent);
            }
            for (double v : images.values()) {
                out.writeFloat((float) v);
            }
        }
    }

    static List<Float> readLogits(Path folder) throws IOException {
        List<Float> logits = new ArrayList<>();
        try (DataInputStream in =
                new DataInputStream(Files.newInputStream(folder.resolve(LOGITS)))) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                logits.add(in.readFloat());
            }
        }
        return logits;
    }

    public static void main(String[] arguments) throws IOException, OrtException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of(arguments[0]))) {
            for (Path folder : folders) {
                run(folder);
            }
        }
    }

    private static void run(Path folder) throws IOException, OrtException {
        long[] shape = new long[4];
        FloatBuffer images;
        try (DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(Files.newInputStream(folder.resolve(IMAGES))))) {
            int size = 1;
            for (int i = 0; i < 4; i++) {
                shape[i] = in.readLong();
                size *= (int) shape[i];
            }
            images = FloatBuffer.allocate(size);
            while (images.hasRemaining()) {
                images.put(in.readFloat());
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(folder.resolve(MODEL).toString());
                OnnxTensor input = OnnxTensor.createTensor(environment, images.flip(), shape);
                OrtSession.Result result = session.run(Map.of("images", input));
                DataOutputStream out =
                        new DataOutputStream(Files.newOutputStream(folder.resolve(LOGITS)))) {
            float[][] logits = (float[][]) result.get(0).getValue();
            out.writeInt(logits.length * logits[0].length);
            for (float[] row : logits) {
                for (float v : row) {
                    out.writeFloat(v);
                }
            }
        }
    }
}
