package org.skiplab.engine.data.source;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Which way up a camera says it was held: the tag `Orientation` in a JPEG's EXIF segment (CIPA
/// DC-008, 4.6.4), which the JDK's decoder ignores.
final class ExifOrientation {
    static final int UPRIGHT = 1;
    private static final int ORIENTATION = 0x0112;
    private static final String EXIF = "Exif\0\0";

    private ExifOrientation() {}

    /// 1 (upright) to 8; 1 if the file does not say.
    static int of(Path file) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readUnsignedShort() != 0xFFD8) {
                return UPRIGHT;
            }
            while (true) {
                int marker = in.readUnsignedShort();
                int length = in.readUnsignedShort() - 2;
                if (marker < 0xFFE0 || marker > 0xFFEF && marker != 0xFFFE || length < 0) {
                    return UPRIGHT;
                }
                // Other data, such as XMP, come in segments with the same marker.
                if (marker != 0xFFE1) {
                    in.skipNBytes(length);
                    continue;
                }
                byte[] segment = in.readNBytes(length);
                if (new String(segment, StandardCharsets.ISO_8859_1).startsWith(EXIF)) {
                    return of(segment);
                }
            }
        } catch (EOFException _) {
            return UPRIGHT;
        }
    }

    /// A TIFF file behind `Exif\0\0`: byte order, 42, offset of a list of 12-byte entries.
    private static int of(byte[] segment) {
        if (segment.length < 20) {
            return UPRIGHT;
        }
        ByteBuffer tiff = ByteBuffer.wrap(segment, 6, segment.length - 6).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int list = tiff.getInt(4);
        if (list < 8 || list > tiff.limit() - 2) {
            return UPRIGHT;
        }
        int entries = tiff.getShort(list) & 0xFFFF;
        for (int i = 0; i < entries && list + 2 + 12 * i + 12 <= tiff.limit(); i++) {
            int entry = list + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
                int value = tiff.getShort(entry + 8);
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}
