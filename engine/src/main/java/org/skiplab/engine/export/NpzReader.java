package org.skiplab.engine.export;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Reads of NumPy's `.npz` what checkpoints and weights are made of: float32 and int64 arrays,
/// little-endian and row-major. A file that claims to be larger than it can be, or holds anything
/// else, is refused before it costs memory.
public final class NpzReader {
    private NpzReader() {}

    /// Numbers that one file may hold.
    private static final long MOST = 1L << 30;

    /// Deflate makes at most 1,032 bytes of one: who announces more lies.
    private static final long MOST_INFLATION = 1100;

    private static final Pattern HEADER =
            Pattern.compile(
                    "\\{'descr': '(<f4|<i8)', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\), ?\\}\\s*");

    /// One array.
    public sealed interface Array {
        List<Integer> shape();

        record Floats(List<Integer> shape, float[] values) implements Array {}

        record Longs(List<Integer> shape, long[] values) implements Array {}
    }

    /// Reads all arrays, in the file's order.
    ///
    /// @throws IOException with a one-line reason if the file cannot be read or is no such file
    public static Map<String, Array> read(Path file) throws IOException {
        Map<String, Array> arrays = new LinkedHashMap<>();
        long budget = MOST;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.getName().endsWith(".npy")) {
                    throw new IOException("it holds '" + entry.getName() + "', not only arrays");
                }
                if (entry.getSize() > 1 << 20
                        && entry.getSize() / MOST_INFLATION > entry.getCompressedSize()) {
                    throw new IOException("'" + entry.getName() + "' claims an impossible size");
                }
                String name = entry.getName().substring(0, entry.getName().length() - 4);
                CRC32 sum = new CRC32();
                try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
                    Array array =
                            array(name, new DataInputStream(new BufferedInputStream(in)), budget);
                    if (in.read() >= 0 || sum.getValue() != entry.getCrc()) {
                        throw new IOException("'" + name + "' is damaged");
                    }
                    budget -= size(array.shape());
                    if (arrays.put(name, array) != null) {
                        throw new IOException("it holds '" + name + "' twice");
                    }
                }
            }
        } catch (ZipException e) {
            throw new IOException("it is cut off, or not an .npz file", e);
        } catch (EOFException e) {
            throw new IOException("it is cut off", e);
        }
        return arrays;
    }

    private static Array array(String name, DataInputStream in, long budget) throws IOException {
        byte[] magic = new byte[8];
        in.readFully(magic);
        if (magic[0] != (byte) 0x93
                || !new String(magic, 1, 5, StandardCharsets.US_ASCII).equals("NUMPY")
                || magic[6] != 1) {
            throw new IOException("'" + name + "' is no array of NumPy's format 1.0");
        }
        byte[] header = new byte[Short.toUnsignedInt(Short.reverseBytes(in.readShort()))];
        in.readFully(header);
        Matcher text = HEADER.matcher(new String(header, StandardCharsets.US_ASCII));
        if (!text.matches()) {
            throw new IOException("'" + name + "' is not float32 or int64 in rows");
        }
        List<Integer> shape = shape(name, text.group(2));
        long size = size(shape);
        if (size > budget) {
            throw new IOException("'" + name + "' is larger than any network's array");
        }
        if (text.group(1).equals("<f4")) {
            ByteBuffer bytes = bytes(in, 4 * size);
            float[] values = new float[(int) size];
            bytes.asFloatBuffer().get(values);
            return new Array.Floats(shape, values);
        }
        ByteBuffer bytes = bytes(in, 8 * size);
        long[] values = new long[(int) size];
        bytes.asLongBuffer().get(values);
        return new Array.Longs(shape, values);
    }

    private static ByteBuffer bytes(DataInputStream in, long count) throws IOException {
        byte[] bytes = in.readNBytes(Math.toIntExact(Math.min(count, Integer.MAX_VALUE - 8)));
        if (bytes.length < count) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<Integer> shape(String name, String tuple) throws IOException {
        try {
            return Arrays.stream(tuple.split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
        } catch (NumberFormatException e) {
            throw new IOException("'" + name + "' has an impossible shape", e);
        }
    }

    private static long size(List<Integer> shape) throws IOException {
        long size = 1;
        for (int extent : shape) {
            size *= extent;
            if (size > MOST) {
                throw new IOException("an array of " + shape + " is larger than any network's");
            }
        }
        return size;
    }
}
