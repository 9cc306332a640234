package org.skiplab.engine.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.source.IdxReader.Convention;

/// MNIST and the sets published in its format: four IDX files, gzipped or not, in a folder or an
/// archive.
public record Idx(Kind kind, Path path) implements DataSource {
    /// What EMNIST is published as.
    private static final String ARCHIVE = "gzip.zip";

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// Which of them. EMNIST comes in several splits (Cohen et al. 2017, table II), and its images
    /// are stored with columns before rows.
    public enum Kind {
        MNIST("MNIST", "mnist", "", characters("0123456789"), Convention.MNIST),
        FASHION(
                "Fashion-MNIST",
                "fashion",
                "",
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
                Convention.MNIST),
        EMNIST_BALANCED("balanced", characters("0123456789" + LETTERS + "abdefghnqrt"), 0),
        EMNIST_BYMERGE("bymerge", characters("0123456789" + LETTERS + "abdefghnqrt"), 0),
        EMNIST_BYCLASS(
                "byclass",
                characters("0123456789" + LETTERS + LETTERS.toLowerCase(Locale.ROOT)),
                0),
        EMNIST_LETTERS("letters", characters(LETTERS), 1),
        EMNIST_DIGITS("digits", characters("0123456789"), 0);

        private final String title;
        private final String prefix;
        private final String split;
        private final List<String> classNames;
        private final Convention convention;

        Kind(
                String title,
                String prefix,
                String split,
                List<String> classNames,
                Convention convention) {
            this.title = title;
            this.prefix = prefix;
            this.split = split;
            this.classNames = classNames;
            this.convention = convention;
        }

        Kind(String split, List<String> classNames, int firstLabel) {
            this("EMNIST " + split, "emnist", split, classNames, new Convention(true, firstLabel));
        }

        public String title() {
            return title;
        }

        /// Which split of EMNIST, or empty.
        String split() {
            return split;
        }

        public List<String> classNames() {
            return classNames;
        }

        String attribution() {
            return switch (this) {
                case MNIST -> "MNIST by Yann LeCun and Corinna Cortes, CC BY-SA 3.0";
                case FASHION -> "Fashion-MNIST by Xiao, Rasul and Vollgraf (Zalando SE), MIT";
                default -> "EMNIST by Cohen, Afshar, Tapson and van Schaik, from NIST's SD 19";
            };
        }

        private static List<String> characters(String all) {
            return all.chars().mapToObj(Character::toString).toList();
        }

        private String stem(Part part) {
            return split.isEmpty()
                    ? (part == Part.TRAIN ? "train" : "t10k")
                    : "emnist-" + split + (part == Part.TRAIN ? "-train" : "-test");
        }
    }

    private enum Part {
        TRAIN,
        TEST
    }

    @Override
    public String spec() {
        return kind.prefix + ":" + path + (kind.split.isEmpty() ? "" : "#split=" + kind.split);
    }

    @Override
    public Result open(Progress progress) {
        return Boundary.open(path.toString(), () -> read(progress));
    }

    private Opened read(Progress progress) throws IOException, BadData {
        progress.at(kind.title + " training images", 0);
        ImageSet train = read(Part.TRAIN);
        progress.at(kind.title + " test images", 0.8);
        ImageSet test = read(Part.TEST);
        Boundary.checkAlike(train, test, path.toString());
        return new Opened(
                new DataSet(
                        kind.title, train, test, Normalisation.computed(train), kind.attribution()),
                List.of());
    }

    /// Labels first: an archive may hold them behind the images.
    private ImageSet read(Part part) throws IOException, BadData {
        byte[] labels =
                Members.first(
                        path,
                        ARCHIVE,
                        names(kind.stem(part) + "-labels", "idx1-ubyte"),
                        (where, bytes) -> IdxReader.labels(bytes, where));
        return Members.first(
                path,
                ARCHIVE,
                names(kind.stem(part) + "-images", "idx3-ubyte"),
                (where, bytes) ->
                        IdxReader.images(bytes, where, labels, kind.classNames, kind.convention));
    }

    /// The published name has a dash before `idx`, some mirrors a dot.
    private static List<String> names(String stem, String type) {
        return Stream.of("-" + type, "." + type, "-" + type + ".gz", "." + type + ".gz")
                .map(ending -> stem + ending)
                .toList();
    }
}
