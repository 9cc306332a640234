package org.skiplab.engine.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.Normalisation;

/// MNIST and the sets published in its format: a folder with four IDX files, gzipped or not.
public record IdxFolder(Kind kind, Path folder) implements DataSource {

    /// Which of them.
    public enum Kind {
        MNIST("mnist", "MNIST", digits(), "Yann LeCun and Corinna Cortes, CC BY-SA 3.0"),
        FASHION(
                "fashion",
                "Fashion-MNIST",
                List.of(
                        "T-shirt/top",
                        "Trouser",
                        "Pullover",
                        "Dress",
                        "Coat",
                        "Sandal",
                        "Shirt",
                        "Sneaker",
                        "Bag",
                        "Ankle boot"),
                "Zalando SE, MIT");

        private final String spec;
        private final String title;
        private final List<String> classNames;
        private final String attribution;

        Kind(String spec, String title, List<String> classNames, String attribution) {
            this.spec = spec;
            this.title = title;
            this.classNames = classNames;
            this.attribution = attribution;
        }

        String spec() {
            return spec;
        }

        List<String> classNames() {
            return classNames;
        }

        private static List<String> digits() {
            return IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        }
    }

    @Override
    public String spec() {
        return kind.spec + ":" + folder;
    }

    @Override
    public Result open() {
        return Boundary.open(folder.toString(), this::read);
    }

    private Opened read() throws IOException, BadData {
        ImageSet train = read("train");
        ImageSet test = read("t10k");
        if (!train.shape().equals(test.shape())) {
            throw new BadData(
                    "training images are " + train.shape() + ", test images " + test.shape(),
                    folder.toString(),
                    "use files that belong together");
        }
        return new Opened(
                new DataSet(
                        kind.title,
                        train,
                        test,
                        Normalisation.computed(train),
                        kind.title + ": " + kind.attribution),
                List.of());
    }

    private ImageSet read(String part) throws IOException, BadData {
        Path images = find(part + "-images", "idx3-ubyte");
        Path labels = find(part + "-labels", "idx1-ubyte");
        try (InputStream pixels = Files.newInputStream(images);
                InputStream classes = Files.newInputStream(labels)) {
            return IdxReader.read(
                    new IdxReader.Source(images.toString(), pixels),
                    new IdxReader.Source(labels.toString(), classes),
                    kind.classNames,
                    IdxReader.Convention.MNIST);
        }
    }

    /// The published name has a dash before `idx`, some mirrors a dot.
    private Path find(String stem, String type) throws IOException, BadData {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        List<Path> names =
                Stream.of("-" + type, "." + type, "-" + type + ".gz", "." + type + ".gz")
                        .map(ending -> folder.resolve(stem + ending))
                        .toList();
        for (Path name : names) {
            if (Files.isRegularFile(name)) {
                return name;
            }
        }
        throw new BadData(
                "there is no " + stem + "-" + type + " or " + stem + "-" + type + ".gz",
                folder.toString(),
                "give the folder with the four published files");
    }
}
