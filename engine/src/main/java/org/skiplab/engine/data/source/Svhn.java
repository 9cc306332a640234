package org.skiplab.engine.data.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.StoredImages;
import org.skiplab.engine.graph.Shape;

/// Street View House Numbers, format 2 (cropped digits): a folder with `train_32x32.mat` and
/// `test_32x32.mat`. `X` holds height x width x channel x image bytes, first extent fastest; `y`
/// the digits, with 10 for zero.
public record Svhn(Path path) implements DataSource {
    static final String PREFIX = "svhn";
    private static final String NO_ARCHIVE = "";
    private static final String TRAIN = "train_32x32.mat";
    private static final String TEST = "test_32x32.mat";
    private static final int MOST_IMAGES = 2_000_000;
    private static final int LARGEST_SIDE = 1024;
    private static final List<String> DIGITS =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    @Override
    public String spec() {
        return PREFIX + ":" + path;
    }

    @Override
    public Result open(Progress progress) {
        return Boundary.open(path.toString(), () -> read(progress));
    }

    private Opened read(Progress progress) throws IOException, BadData {
        ImageSet train = read(TRAIN, progress);
        ImageSet test = read(TEST, progress);
        Boundary.checkAlike(train, test, path.toString());
        return new Opened(
                new DataSet(
                        "SVHN",
                        train,
                        test,
                        Normalisation.computed(train),
                        "SVHN by Netzer et al. (Stanford), for non-commercial use only"),
                List.of());
    }

    /// Twice: the labels lie behind the images, which are kept as they come.
    private ImageSet read(String file, Progress progress) throws IOException, BadData {
        int[] labels =
                Members.first(
                        path,
                        NO_ARCHIVE,
                        List.of(file),
                        (where, in) -> MatReader.read(in, where, "y", y -> labels(y, where)));
        return Members.first(
                path,
                NO_ARCHIVE,
                List.of(file),
                (where, in) ->
                        MatReader.read(in, where, "X", x -> images(x, labels, where, progress)));
    }

    private static int[] labels(MatReader.Numbers y, String where) throws IOException, BadData {
        if (!(y.count() >= 1 && y.count() <= MOST_IMAGES)) {
            throw new BadData(
                    "y is " + Arrays.toString(y.extents()) + " labels",
                    where,
                    "get the file again");
        }
        int count = (int) y.count();
        int bytes = count * y.type().bytes();
        byte[] values = y.values().readNBytes(bytes);
        if (values.length < bytes) {
            throw new BadData(
                    "y ends within label " + values.length / y.type().bytes() + " of " + count,
                    where,
                    "get the file again");
        }
        ByteBuffer numbers = ByteBuffer.wrap(values).order(y.byteOrder());
        int[] labels = new int[count];
        for (int i = 0; i < labels.length; i++) {
            double label = y.type().value(numbers, i);
            if (!(label >= 0 && label <= 10) || label != Math.rint(label)) {
                throw new BadData(
                        "label " + label + " of image " + i + " is not a digit",
                        where,
                        "check that this is the right data set");
            }
            labels[i] = (int) label % 10;
        }
        return labels;
    }

    private static StoredImages images(
            MatReader.Numbers x, int[] labels, String where, Progress progress)
            throws IOException, BadData {
        int[] extents = x.extents();
        boolean single = extents.length == 3 && labels.length == 1;
        if (x.type() != MatReader.NumberType.UINT8
                || !(extents.length == 4 && extents[3] == labels.length || single)
                || Math.min(extents[0], extents[1]) < 1
                || Math.max(extents[0], extents[1]) > LARGEST_SIDE
                || extents[2] != 3) {
            throw new BadData(
                    "X is %s of %s, not bytes of height x width x 3 x %s"
                            .formatted(Arrays.toString(extents), x.type(), labels.length),
                    where,
                    "use the cropped digits (format 2)");
        }
        Shape shape = new Shape(extents[0], extents[1], 3);
        var builder = new StoredImages.Builder(shape, DIGITS);
        byte[] stored = new byte[Math.toIntExact(shape.size())];
        byte[] image = new byte[stored.length];
        for (int i = 0; i < labels.length; i++) {
            if (x.values().readNBytes(stored, 0, stored.length) < stored.length) {
                throw new BadData(
                        "X ends within image " + i + " of " + labels.length,
                        where,
                        "get the file again");
            }
            reorder(stored, shape, image);
            builder.add(image, 0, labels[i]);
            if (i % 1000 == 0) {
                progress.at("SVHN", (double) i / labels.length);
            }
            Cancellation.check();
        }
        return builder.build();
    }

    private static void reorder(byte[] stored, Shape shape, byte[] image) {
        int s = 0;
        for (int c = 0; c < shape.channels(); c++) {
            for (int x = 0; x < shape.width(); x++) {
                for (int y = 0; y < shape.height(); y++) {
                    image[(y * shape.width() + x) * shape.channels() + c] = stored[s++];
                }
            }
        }
    }
}
