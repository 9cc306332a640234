package org.skiplab.engine.data.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.skiplab.engine.data.StoredImages;
import org.skiplab.engine.graph.Shape;

/// Reads the two IDX files (the format of MNIST) of an image set, gzipped or not: a magic number
/// with type and rank, the extents as big-endian 32-bit numbers, then the bytes.
final class IdxReader {
    private static final int IMAGES = 0x0803;
    private static final int LABELS = 0x0801;
    private static final int LARGEST_SIDE = 4096;
    private static final int MOST_LABELS = 10_000_000;
    private static final int BUFFER = 1 << 16;

    /// How the bytes of a file are meant.
    ///
    /// @param transposed columns come before rows
    /// @param firstLabel the number the file gives the first class
    record Convention(boolean transposed, int firstLabel) {
        static final Convention MNIST = new Convention(false, 0);
    }

    private IdxReader() {}

    /// The labels, as numbered in the file.
    static byte[] labels(InputStream stream, String where) throws IOException, BadData {
        try (InputStream file = unpacked(stream)) {
            int count = header(file, where, LABELS, 1)[0];
            if (count < 1 || count > MOST_LABELS) {
                throw new BadData(
                        "its header says " + count + " labels", where, "get the file again");
            }
            byte[] labels = file.readNBytes(count);
            if (labels.length < count) {
                throw truncated(where, "label", labels.length, count);
            }
            return labels;
        }
    }

    /// The images that belong to labels which were read before.
    static StoredImages images(
            InputStream stream,
            String where,
            byte[] labels,
            List<String> classNames,
            Convention convention)
            throws IOException, BadData {
        try (InputStream file = unpacked(stream)) {
            int[] extents = header(file, where, IMAGES, 3);
            int count = extents[0];
            if (count != labels.length) {
                throw new BadData(
                        "it has " + count + " images, the file of labels " + labels.length,
                        where,
                        "use the two files that belong together");
            }
            Shape shape = shape(extents[1], extents[2], where);
            var builder = new StoredImages.Builder(shape, classNames);
            byte[] image = new byte[Math.toIntExact(shape.size())];
            byte[] turned = new byte[image.length];
            for (int i = 0; i < count; i++) {
                int label = (labels[i] & 0xFF) - convention.firstLabel;
                if (label < 0 || label >= classNames.size()) {
                    throw BadData.label(labels[i] & 0xFF, i, classNames.size(), where);
                }
                if (file.readNBytes(image, 0, image.length) < image.length) {
                    throw truncated(where, "image", i, count);
                }
                if (convention.transposed) {
                    transpose(image, shape, turned);
                }
                builder.add(convention.transposed ? turned : image, 0, label);
                Cancellation.check();
            }
            if (file.read() >= 0) {
                throw new BadData(
                        "more bytes follow the last of " + count + " images",
                        where,
                        "get the file again");
            }
            return builder.build();
        }
    }

    private static InputStream unpacked(InputStream file) throws IOException {
        var stream = new PushbackInputStream(file, 2);
        byte[] magic = stream.readNBytes(2);
        stream.unread(magic);
        return new BufferedInputStream(
                Members.isGzip(magic) ? new GZIPInputStream(stream, BUFFER) : stream, BUFFER);
    }

    private static int[] header(InputStream file, String where, int magic, int rank)
            throws IOException, BadData {
        byte[] header = file.readNBytes(4 + 4 * rank);
        if (header.length < 4 + 4 * rank) {
            throw new BadData(
                    "it ends within its header, after " + header.length + " bytes",
                    where,
                    "get the file again");
        }
        var numbers = ByteBuffer.wrap(header).asIntBuffer();
        if (numbers.get(0) != magic) {
            throw new BadData(
                    "it starts with %08x where an IDX file of %s starts with %08x"
                            .formatted(
                                    numbers.get(0), magic == IMAGES ? "images" : "labels", magic),
                    where,
                    "check that it is the right file");
        }
        int[] extents = new int[rank];
        numbers.get(1, extents);
        return extents;
    }

    private static Shape shape(int height, int width, String where) throws BadData {
        if (Math.min(height, width) < 1 || Math.max(height, width) > LARGEST_SIDE) {
            throw new BadData(
                    "its header says images of " + height + "x" + width + " pixels",
                    where,
                    "get the file again");
        }
        return new Shape(height, width, 1);
    }

    private static void transpose(byte[] image, Shape shape, byte[] target) {
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                target[y * shape.width() + x] = image[x * shape.height() + y];
            }
        }
    }

    private static BadData truncated(String where, String part, int at, int count) {
        return new BadData(
                "it ends within " + part + " " + at + " of " + count, where, "get the file again");
    }
}
