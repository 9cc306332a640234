package org.skiplab.engine.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Lines of a CSV, split into fields at commas, semicolons or tabs outside of double quotes. Only
/// the present line is held, and a line too long for an image is refused.
final class CsvLines {
    private static final int LONGEST_LINE = 1 << 24;
    private static final int MOST_FIELDS = 1 << 22;

    private final InputStream in;
    private final String where;
    private byte[] bytes = new byte[1 << 12];
    private int length;
    private int[] ends = new int[1 << 10];
    private int fields;
    private int number;

    /// @param in buffered; a byte order mark at its start is skipped
    CsvLines(InputStream in, String where) throws IOException {
        this.in = in;
        this.where = where;
        in.mark(3);
        byte[] mark = in.readNBytes(3);
        if (!Arrays.equals(mark, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF})) {
            in.reset();
        }
    }

    /// Goes to the next line that is not blank.
    ///
    /// @return false at the end
    boolean next() throws IOException, BadData {
        int end;
        do {
            end = readLine();
        } while (end >= 0 && fields == 1 && length == 0);
        return fields > 1 || length > 0;
    }

    /// Reads to the end of a line and returns the byte there, or -1.
    private int readLine() throws IOException, BadData {
        number++;
        length = 0;
        fields = 0;
        boolean quoted = false;
        while (true) {
            int next = in.read();
            boolean lineEnd = next < 0 || next == '\n' && !quoted;
            if (lineEnd || !quoted && (next == ',' || next == ';' || next == '\t')) {
                endField();
                if (lineEnd) {
                    return next;
                }
            } else if (next == '"') {
                quoted = !quoted;
            } else if (next != '\r') {
                if (length == bytes.length) {
                    if (length >= LONGEST_LINE) {
                        throw bad("it is longer than any image");
                    }
                    bytes = Arrays.copyOf(bytes, 2 * length);
                }
                bytes[length++] = (byte) next;
            }
        }
    }

    private void endField() throws BadData {
        if (fields == ends.length) {
            if (fields >= MOST_FIELDS) {
                throw bad("it has more fields than any image");
            }
            ends = Arrays.copyOf(ends, 2 * fields);
        }
        ends[fields++] = length;
    }

    int fields() {
        return fields;
    }

    String text(int field) {
        int start = start(field);
        return new String(bytes, start, ends[field] - start, StandardCharsets.UTF_8).strip();
    }

    /// A field as a byte value.
    ///
    /// @throws BadData if it is not a whole number from 0 to 255
    int pixel(int field) throws BadData {
        int value = 0;
        for (int i = start(field); i < ends[field]; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || value > 255) {
                return spelledOut(field);
            }
            value = 10 * value + digit;
        }
        return value > 255 || start(field) == ends[field] ? spelledOut(field) : value;
    }

    /// The slow way, for `7.0` and blanks.
    private int spelledOut(int field) throws BadData {
        String text = text(field);
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value <= 255 && value == Math.rint(value)) {
                return (int) value;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        String shown = text.length() > 20 ? text.substring(0, 20) + "…" : text;
        throw bad("field " + (field + 1) + ": '" + shown + "' is not a whole number from 0 to 255");
    }

    private int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    BadData bad(String what) {
        return new BadData("line " + number + ": " + what, where, "check the file");
    }
}
