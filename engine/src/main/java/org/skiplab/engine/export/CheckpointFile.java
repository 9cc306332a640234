package org.skiplab.engine.export;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.graph.file.WholeFile;
import org.skiplab.engine.train.Checkpoint;

/// A [Checkpoint] as an `.npz` file: every array under its name, the optimiser's momenta under
/// `momentum/NAME` and `variance/NAME`, and `training/place` with step, epoch, the next
/// mini-batch's epoch and offset, the optimiser's steps and the seed.
///
/// Weights that [Weights] or NumPy wrote are read too: without momenta, at step 0.
public final class CheckpointFile {
    private CheckpointFile() {}

    private static final String MOMENTUM = "momentum/";
    private static final String VARIANCE = "variance/";
    private static final String PLACE = "training/place";

    /// What came of reading.
    public sealed interface Reading {
        record Read(Checkpoint checkpoint) implements Reading {}

        /// @param message one line: which file, what is wrong, what to do
        record Unreadable(String message) implements Reading {}
    }

    /// Writes a file as a whole or not at all.
    ///
    /// @throws IOException if there is no room or no permission; an older file is left alone
    public static void write(Checkpoint checkpoint, Path file) throws IOException {
        WholeFile.write(file, fresh -> writeAll(checkpoint, fresh));
    }

    private static void writeAll(Checkpoint checkpoint, Path file) throws IOException {
        try (Npz npz = new Npz(file)) {
            for (Checkpoint.Array a : checkpoint.arrays()) {
                long[] shape = a.shape().stream().mapToLong(Integer::longValue).toArray();
                npz.floats(a.name(), a.values(), shape);
                moments(npz, MOMENTUM + a.name(), a.momentum(), shape);
                moments(npz, VARIANCE + a.name(), a.variance(), shape);
            }
            Checkpoint.Place p = checkpoint.place();
            npz.longs(
                    PLACE,
                    p.step(),
                    p.epoch(),
                    p.position().epoch(),
                    p.position().offset(),
                    p.updates(),
                    p.seed());
        }
    }

    /// Writes the arrays alone, as [Weights] does: as a whole or not at all.
    ///
    /// @throws IOException if the file cannot be written; an older file is left alone
    public static void writeWeights(Checkpoint checkpoint, Path file) throws IOException {
        WholeFile.write(
                file,
                fresh -> {
                    try (Npz npz = new Npz(fresh)) {
                        for (Checkpoint.Array a : checkpoint.arrays()) {
                            npz.floats(
                                    a.name(),
                                    a.values(),
                                    a.shape().stream().mapToLong(Integer::longValue).toArray());
                        }
                    }
                });
    }

    private static void moments(Npz npz, String name, float[] values, long[] shape)
            throws IOException {
        if (values.length > 0) {
            npz.floats(name, values, shape);
        }
    }

    /// Reads a file; every way in which it can be bad gives [Reading.Unreadable].
    public static Reading read(Path file) {
        try {
            return new Reading.Read(checkpoint(NpzReader.read(file)));
        } catch (NoSuchFileException e) {
            return new Reading.Unreadable(
                    file + ": the file does not exist; check its name and folder");
        } catch (OutOfMemoryError e) {
            return new Reading.Unreadable(
                    file + ": the weights do not fit into memory; close other programs");
        } catch (IOException e) {
            String reason =
                    Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
            return new Reading.Unreadable(
                    file + ": the weights cannot be read (" + reason + "); choose another file");
        }
    }

    private static Checkpoint checkpoint(Map<String, NpzReader.Array> entries) throws IOException {
        Map<String, float[]> momenta = new LinkedHashMap<>();
        Map<String, float[]> variances = new LinkedHashMap<>();
        Map<String, NpzReader.Array.Floats> values = new LinkedHashMap<>();
        Checkpoint.Place place = Checkpoint.Place.start(0);
        for (Map.Entry<String, NpzReader.Array> entry : entries.entrySet()) {
            String name = entry.getKey();
            switch (entry.getValue()) {
                case NpzReader.Array.Longs longs when name.equals(PLACE) -> place = place(longs);
                // Counters of other programs: nothing that a network here remembers.
                case NpzReader.Array.Longs _ -> {}
                case NpzReader.Array.Floats floats -> {
                    if (name.startsWith(MOMENTUM)) {
                        momenta.put(name.substring(MOMENTUM.length()), floats.values());
                    } else if (name.startsWith(VARIANCE)) {
                        variances.put(name.substring(VARIANCE.length()), floats.values());
                    } else {
                        values.put(name, floats);
                    }
                }
            }
        }
        if (values.isEmpty()) {
            throw new IOException("it holds no weights");
        }
        List<Checkpoint.Array> arrays = new ArrayList<>();
        for (Map.Entry<String, NpzReader.Array.Floats> entry : values.entrySet()) {
            String name = entry.getKey();
            float[] numbers = entry.getValue().values();
            arrays.add(
                    new Checkpoint.Array(
                            name,
                            entry.getValue().shape(),
                            numbers,
                            fitting(name, momenta.getOrDefault(name, new float[0]), numbers.length),
                            fitting(
                                    name,
                                    variances.getOrDefault(name, new float[0]),
                                    numbers.length)));
        }
        return new Checkpoint(arrays, place);
    }

    private static float[] fitting(String name, float[] moments, int length) throws IOException {
        if (moments.length > 0 && moments.length != length) {
            throw new IOException("the momenta of '" + name + "' are not as many as its weights");
        }
        return moments;
    }

    private static Checkpoint.Place place(NpzReader.Array.Longs longs) throws IOException {
        long[] v = longs.values();
        if (v.length != 6) {
            throw new IOException("its place in the run is not known");
        }
        try {
            return new Checkpoint.Place(
                    Math.toIntExact(v[0]),
                    Math.toIntExact(v[1]),
                    new Feed.Position(Math.toIntExact(v[2]), Math.toIntExact(v[3])),
                    v[4],
                    v[5]);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IOException("its place in the run is impossible", e);
        }
    }
}
