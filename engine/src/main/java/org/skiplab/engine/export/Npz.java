package org.skiplab.engine.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes NumPy's `.npz`: a zip of `.npy` arrays, little-endian and row-major, as `numpy.load`
/// reads them.
public final class Npz implements AutoCloseable {

    private final ZipOutputStream zip;

    /// @throws IOException if the file cannot be created
    public Npz(Path file) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        zip = new ZipOutputStream(out);
        // Weights hardly become smaller however long one tries; masks and zeros do at once.
        zip.setLevel(Deflater.BEST_SPEED);
    }

    /// Adds a float32 array.
    ///
    /// @param shape empty for a single number
    public void floats(String name, float[] values, long... shape) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        entry(name, "<f4", shape, bytes.array());
    }

    /// Adds a float64 array.
    public void doubles(String name, double[] values, long... shape) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        entry(name, "<f8", shape, bytes.array());
    }

    /// Adds an int64 array of one axis.
    public void longs(String name, long... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        entry(name, "<i8", new long[] {values.length}, bytes.array());
    }

    /// Adds a uint8 array: the bytes count as 0 to 255.
    public void bytes(String name, byte[] values, long... shape) throws IOException {
        entry(name, "|u1", shape, values);
    }

    private void entry(String name, String type, long[] shape, byte[] data) throws IOException {
        ZipEntry file = new ZipEntry(name + ".npy");
        // Always the same time: the same arrays give the same file.
        file.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(file);
        zip.write(header(type, shape));
        zip.write(data);
        zip.closeEntry();
    }

    /// Version 1.0: magic, length, and a Python dictionary padded with spaces so that the data
    /// begin at a multiple of 64.
    private static byte[] header(String type, long[] shape) {
        String extents =
                LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String tuple = shape.length == 1 ? "(" + extents + ",)" : "(" + extents + ")";
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + tuple + ", }";
        int total = (10 + text.length() + 1 + 63) / 64 * 64;
        ByteBuffer header = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        header.put((byte) 1).put((byte) 0).putShort((short) (total - 10));
        header.put(text.getBytes(StandardCharsets.US_ASCII));
        while (header.position() < total - 1) {
            header.put((byte) ' ');
        }
        header.put((byte) '\n');
        return header.array();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
