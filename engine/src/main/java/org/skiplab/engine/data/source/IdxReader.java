package org.skiplab.engine.data.source;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.skiplab.engine.data.StoredImages;
import org.skiplab.engine.graph.Shape;

/// Reads pairs of IDX files (the format of MNIST): a magic number with type and rank, the extents
/// as big-endian 32-bit numbers, then the bytes.
final class IdxReader {
    private static final int IMAGES = 0x0803;
    private static final int LABELS = 0x0801;
    private static final int LARGEST_SIDE = 4096;

    /// An IDX file, gzipped or not, and what to call it in messages.
    record Source(String name, InputStream stream) {}

    /// How the bytes of a file are meant.
    ///
    /// @param transposed columns come before rows (EMNIST)
    /// @param firstLabel the number the file gives the first class
    record Convention(boolean transposed, int firstLabel) {
        static final Convention MNIST = new Convention(false, 0);
    }

    private IdxReader() {}

    static StoredImages read(
            Source images, Source labels, List<String> classNames, Convention convention)
            throws IOException, BadData {
        try (DataInputStream pixels = unpacked(images);
                DataInputStream classes = unpacked(labels)) {
            int count = header(pixels, images.name, IMAGES);
            int labelCount = header(classes, labels.name, LABELS);
            if (count != labelCount) {
                throw new BadData(
                        "it has " + labelCount + " labels for " + count + " images",
                        labels.name,
                        "use the two files that belong together");
            }
            if (count < 1) {
                throw new BadData("it has no images", images.name, "use another file");
            }
            Shape shape = extents(pixels, images.name);
            var builder = new StoredImages.Builder(shape, classNames);
            byte[] image = new byte[Math.toIntExact(shape.size())];
            byte[] turned = new byte[image.length];
            for (int i = 0; i < count; i++) {
                int label = classes.read() - convention.firstLabel;
                if (pixels.readNBytes(image, 0, image.length) < image.length) {
                    throw truncated(images.name, "image", i, count);
                }
                if (label < 0 || label >= classNames.size()) {
                    throw label + convention.firstLabel < 0
                            ? truncated(labels.name, "label", i, count)
                            : new BadData(
                                    "label "
                                            + (label + convention.firstLabel)
                                            + " of image "
                                            + i
                                            + " is not one of the "
                                            + classNames.size()
                                            + " classes",
                                    labels.name,
                                    "check that this is the right data set");
                }
                if (convention.transposed) {
                    transpose(image, shape, turned);
                }
                builder.add(convention.transposed ? turned : image, 0, label);
            }
            if (pixels.read() >= 0) {
                throw new BadData(
                        "more bytes follow the last of " + count + " images",
                        images.name,
                        "get the file again");
            }
            return builder.build();
        }
    }

    private static DataInputStream unpacked(Source source) throws IOException {
        var stream = new PushbackInputStream(source.stream, 2);
        byte[] magic = stream.readNBytes(2);
        stream.unread(magic);
        boolean gzip = magic.length == 2 && magic[0] == 0x1F && (magic[1] & 0xFF) == 0x8B;
        return new DataInputStream(
                new BufferedInputStream(
                        gzip ? new GZIPInputStream(stream, 1 << 16) : stream, 1 << 16));
    }

    private static int header(DataInputStream file, String name, int magic)
            throws IOException, BadData {
        byte[] header = file.readNBytes(8);
        if (header.length < 8) {
            throw new BadData(
                    "it ends within its header, after " + header.length + " bytes",
                    name,
                    "get the file again");
        }
        var numbers = ByteBuffer.wrap(header);
        int found = numbers.getInt();
        if (found != magic) {
            throw new BadData(
                    "it starts with %08x where an IDX file of %s starts with %08x"
                            .formatted(found, magic == IMAGES ? "images" : "labels", magic),
                    name,
                    "check that it is the right file");
        }
        return numbers.getInt();
    }

    private static Shape extents(DataInputStream file, String name) throws IOException, BadData {
        byte[] header = file.readNBytes(8);
        var numbers = ByteBuffer.wrap(Arrays.copyOf(header, 8));
        int height = numbers.getInt();
        int width = numbers.getInt();
        if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
            throw new BadData(
                    "its header says images of " + height + "x" + width + " pixels",
                    name,
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

    private static BadData truncated(String name, String part, int at, int count) {
        return new BadData(
                "it ends within " + part + " " + at + " of " + count, name, "get the file again");
    }
}
