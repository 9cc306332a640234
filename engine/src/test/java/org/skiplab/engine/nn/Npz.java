package org.skiplab.engine.nn;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Reads NumPy's archives of float64 and int64 arrays in C order.
final class Npz {
    /// @param values row-major
    record Array(double[] values, int[] shape) {}

    private static final Pattern SHAPE = Pattern.compile("'shape': \\(([^)]*)\\)");

    private Npz() {}

    /// The arrays in the order in which they were written.
    static Map<String, Array> read(InputStream in) throws IOException {
        Map<String, Array> arrays = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                arrays.put(name.substring(0, name.length() - ".npy".length()), npy(zip));
            }
        }
        return arrays;
    }

    private static Array npy(InputStream in) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        int begin = 10 + bytes.getShort(8);
        String header = new String(bytes.array(), 10, begin - 10, StandardCharsets.ISO_8859_1);
        Matcher shape = SHAPE.matcher(header);
        if (!shape.find() || header.contains("'fortran_order': True")) {
            throw new IOException("not a C-ordered array: " + header);
        }
        int[] extents =
                Arrays.stream(shape.group(1).split(","))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .mapToInt(Integer::parseInt)
                        .toArray();
        double[] values = new double[Arrays.stream(extents).reduce(1, (a, b) -> a * b)];
        boolean integers = header.contains("'<i8'");
        if (!integers && !header.contains("'<f8'")) {
            throw new IOException("neither float64 nor int64: " + header);
        }
        bytes.position(begin);
        for (int i = 0; i < values.length; i++) {
            values[i] = integers ? bytes.getLong() : bytes.getDouble();
        }
        return new Array(values, extents);
    }
}
