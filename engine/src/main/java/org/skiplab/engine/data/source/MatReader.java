package org.skiplab.engine.data.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Finds one numeric array in a MATLAB 5 MAT-file ("MAT-File Format", MathWorks) and streams its
/// values. Memory does not depend on what the file announces.
final class MatReader {
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;
    private static final int HEADER = 128;
    private static final int MOST_DIMENSIONS = 8;
    private static final int LONGEST_NAME = 256;
    private static final int BUFFER = 1 << 16;

    /// An array's extents and its values as stored, first extent fastest.
    ///
    /// @param values may end early; says so by returning no more bytes
    record Numbers(int[] extents, NumberType type, ByteOrder byteOrder, InputStream values) {

        /// As a double, because the product of damaged extents may be anything.
        double count() {
            return Arrays.stream(extents).asDoubleStream().reduce(1, (a, b) -> a * b);
        }
    }

    /// How numbers are stored, which may be narrower than what they are in MATLAB.
    enum NumberType {
        INT8(1, 1),
        UINT8(2, 1),
        INT16(3, 2),
        UINT16(4, 2),
        INT32(5, 4),
        UINT32(6, 4),
        SINGLE(7, 4),
        DOUBLE(9, 8);

        private final int code;
        private final int bytes;

        NumberType(int code, int bytes) {
            this.code = code;
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }

        double value(ByteBuffer values, int index) {
            int at = index * bytes;
            return switch (this) {
                case INT8 -> values.get(at);
                case UINT8 -> values.get(at) & 0xFF;
                case INT16 -> values.getShort(at);
                case UINT16 -> values.getShort(at) & 0xFFFF;
                case INT32 -> values.getInt(at);
                case UINT32 -> values.getInt(at) & 0xFFFFFFFFL;
                case SINGLE -> values.getFloat(at);
                case DOUBLE -> values.getDouble(at);
            };
        }
    }

    interface Use<T> {
        T of(Numbers numbers) throws IOException, BadData;
    }

    private final String where;
    private final ByteOrder order;

    private MatReader(String where, ByteOrder order) {
        this.where = where;
        this.order = order;
    }

    /// Reads the array of a name. The file is read up to it; other arrays are skipped.
    static <T> T read(InputStream file, String where, String name, Use<T> use)
            throws IOException, BadData {
        byte[] header = file.readNBytes(HEADER);
        ByteOrder order = byteOrder(header);
        if (order == null) {
            String start =
                    new String(header, 0, Math.min(10, header.length), StandardCharsets.US_ASCII);
            throw start.startsWith("MATLAB 7.3")
                    ? new BadData(
                            "it is a MATLAB 7.3 (HDF5) file",
                            where,
                            "save it in MATLAB with -v7, or get the published file")
                    : new BadData("it is not a MATLAB file", where, "get the file again");
        }
        return new MatReader(where, order).find(file, name, use);
    }

    private static @Nullable ByteOrder byteOrder(byte[] header) {
        if (header.length < HEADER) {
            return null;
        }
        return switch ((header[126] & 0xFF) << 8 | header[127] & 0xFF) {
            case 'I' << 8 | 'M' -> ByteOrder.LITTLE_ENDIAN;
            case 'M' << 8 | 'I' -> ByteOrder.BIG_ENDIAN;
            default -> null;
        };
    }

    private <T> T find(InputStream file, String name, Use<T> use) throws IOException, BadData {
        while (true) {
            byte[] start = file.readNBytes(8);
            if (start.length < 8) {
                throw new BadData("it has no array named " + name, where, "get the published file");
            }
            ByteBuffer tag = ByteBuffer.wrap(start).order(order);
            int type = tag.getInt();
            long length = tag.getInt() & 0xFFFFFFFFL;
            try (var element = new Element(file, length)) {
                if (type == COMPRESSED) {
                    try (var inflated =
                            new BufferedInputStream(new InflaterInputStream(element), BUFFER)) {
                        byte[] inner = inflated.readNBytes(8);
                        if (inner.length == 8
                                && ByteBuffer.wrap(inner).order(order).getInt() == MATRIX) {
                            T result = matrix(inflated, name, use);
                            if (result != null) {
                                return result;
                            }
                        }
                    }
                } else if (type == MATRIX) {
                    T result = matrix(element, name, use);
                    if (result != null) {
                        return result;
                    }
                }
            }
        }
    }

    /// Null if the array has another name.
    private <T> @Nullable T matrix(InputStream in, String name, Use<T> use)
            throws IOException, BadData {
        small(in, 16);
        ByteBuffer dimensions = small(in, 4 * MOST_DIMENSIONS);
        String found = StandardCharsets.US_ASCII.decode(small(in, LONGEST_NAME)).toString();
        if (!found.equals(name)) {
            return null;
        }
        int[] extents = new int[dimensions.remaining() / 4];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = dimensions.getInt();
            if (extents[i] < 0) {
                throw damaged("array " + name + " has an extent of " + extents[i]);
            }
        }
        return use.of(values(in, extents));
    }

    /// A tag is a type and a length, or both in its first half and up to four bytes of values in
    /// the other.
    private Numbers values(InputStream in, int[] extents) throws IOException, BadData {
        byte[] start = in.readNBytes(8);
        if (start.length < 8) {
            throw damaged("it ends within an array's header");
        }
        int word = ByteBuffer.wrap(start).order(order).getInt();
        int packed = word >>> 16;
        int code = packed > 0 ? word & 0xFFFF : word;
        for (NumberType type : NumberType.values()) {
            if (type.code == code) {
                InputStream values =
                        packed > 0 ? new ByteArrayInputStream(start, 4, Math.min(packed, 4)) : in;
                return new Numbers(extents, type, order, values);
            }
        }
        throw damaged("an array has elements of type " + code);
    }

    /// A sub-element that must be short, padding skipped.
    private ByteBuffer small(InputStream in, int most) throws IOException, BadData {
        byte[] start = in.readNBytes(4);
        if (start.length < 4) {
            throw damaged("it ends within an array's header");
        }
        int word = ByteBuffer.wrap(start).order(order).getInt();
        int packed = word >>> 16;
        byte[] rest = in.readNBytes(4);
        if (rest.length < 4) {
            throw damaged("it ends within an array's header");
        }
        if (packed > 0) {
            if (packed > 4) {
                throw damaged("an array's header is damaged");
            }
            return ByteBuffer.wrap(rest, 0, packed).slice().order(order);
        }
        long length = ByteBuffer.wrap(rest).order(order).getInt() & 0xFFFFFFFFL;
        if (length > most) {
            throw damaged("an array's header is damaged");
        }
        byte[] bytes = in.readNBytes((int) (length + 7) / 8 * 8);
        if (bytes.length < length) {
            throw damaged("it ends within an array's header");
        }
        return ByteBuffer.wrap(bytes, 0, (int) length).slice().order(order);
    }

    private BadData damaged(String what) {
        return new BadData(what, where, "get the file again");
    }

    /// One top-level element; closing skips to its end.
    private static final class Element extends Limited {

        private Element(InputStream in, long length) {
            super(in, length);
        }

        @Override
        public void close() throws IOException {
            // A stream that cannot skip can still be read; one that has ended gives nothing.
            while (skip(Long.MAX_VALUE) > 0 || read() >= 0) {}
        }
    }
}
