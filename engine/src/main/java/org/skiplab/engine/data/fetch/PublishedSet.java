package org.skiplab.engine.data.fetch;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.skiplab.engine.data.source.Cifar;
import org.skiplab.engine.data.source.DataSource;
import org.skiplab.engine.data.source.Idx;
import org.skiplab.engine.data.source.Svhn;
import org.skiplab.engine.graph.Shape;

/// The data sets of the papers and their kin that can be fetched.
public enum PublishedSet {
    MNIST(
            "MNIST",
            "70,000 handwritten digits, 28x28 grey",
            "CC BY-SA 3.0",
            "https://yann.lecun.org/exdb/mnist/",
            List.of(
                    file(
                            "https://storage.googleapis.com/cvdf-datasets/mnist/train-images-idx3-ubyte.gz",
                            9_912_422,
                            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                    file(
                            "https://storage.googleapis.com/cvdf-datasets/mnist/train-labels-idx1-ubyte.gz",
                            28_881,
                            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                    file(
                            "https://storage.googleapis.com/cvdf-datasets/mnist/t10k-images-idx3-ubyte.gz",
                            1_648_877,
                            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                    file(
                            "https://storage.googleapis.com/cvdf-datasets/mnist/t10k-labels-idx1-ubyte.gz",
                            4_542,
                            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"))),
    FASHION_MNIST(
            "Fashion-MNIST",
            "70,000 pieces of clothing, 28x28 grey",
            "MIT",
            "https://github.com/zalandoresearch/fashion-mnist",
            List.of(
                    file(
                            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/train-images-idx3-ubyte.gz",
                            26_421_880,
                            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                    file(
                            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/train-labels-idx1-ubyte.gz",
                            29_515,
                            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                    file(
                            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/t10k-images-idx3-ubyte.gz",
                            4_422_102,
                            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                    file(
                            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/t10k-labels-idx1-ubyte.gz",
                            5_148,
                            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"))),
    CIFAR_10(
            "CIFAR-10",
            "60,000 photographs of 10 things, 32x32 colour",
            "none stated; to be cited as Krizhevsky 2009",
            "https://www.cs.toronto.edu/~kriz/cifar.html",
            List.of(
                    file(
                            "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
                            170_052_171,
                            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"))),
    CIFAR_100(
            "CIFAR-100",
            "60,000 photographs of 100 things in 20 groups, 32x32 colour",
            "none stated; to be cited as Krizhevsky 2009",
            "https://www.cs.toronto.edu/~kriz/cifar.html",
            List.of(
                    file(
                            "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
                            168_513_733,
                            "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"))),
    SVHN(
            "SVHN",
            "99,289 digits of house numbers, 32x32 colour",
            "for non-commercial use only",
            "http://ufldl.stanford.edu/housenumbers/",
            List.of(
                    file(
                            "http://ufldl.stanford.edu/housenumbers/train_32x32.mat",
                            182_040_794,
                            "435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8"),
                    file(
                            "http://ufldl.stanford.edu/housenumbers/test_32x32.mat",
                            64_275_384,
                            "cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b"))),
    EMNIST(
            "EMNIST",
            "814,255 handwritten digits and letters in several splits, 28x28 grey",
            "none stated; made from a public database of NIST",
            "https://www.nist.gov/itl/products-and-services/emnist-dataset",
            List.of(
                    file(
                            "https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip",
                            561_753_746,
                            "fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e")));

    private final String title;
    private final String content;
    private final String licence;
    private final URI home;
    private final List<PublishedFile> files;

    PublishedSet(
            String title, String content, String licence, String home, List<PublishedFile> files) {
        this.title = title;
        this.content = content;
        this.licence = licence;
        this.home = URI.create(home);
        this.files = files;
    }

    private static PublishedFile file(String origin, long bytes, String sha256) {
        String name = origin.substring(origin.lastIndexOf('/') + 1);
        return new PublishedFile(name, URI.create(origin), bytes, sha256);
    }

    public String title() {
        return title;
    }

    /// What it is called on the command line: `cifar10`.
    public String prefix() {
        String address = source(Path.of("x")).address();
        return address.substring(0, address.indexOf(':'));
    }

    /// What is in it, in a few words.
    public String content() {
        return content;
    }

    /// On which terms it may be used.
    public String licence() {
        return licence;
    }

    /// The page of those who made it.
    public URI home() {
        return home;
    }

    public List<PublishedFile> files() {
        return files;
    }

    /// Length of all files together.
    public long bytes() {
        return files.stream().mapToLong(PublishedFile::bytes).sum();
    }

    /// The folder of this set below the one that holds all.
    public Path folder(Path parent) {
        return parent.resolve(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /// Whether all files are there, by name and length. They got their names only after their
    /// checksums were found right.
    public boolean isIn(Path parent) {
        Path folder = folder(parent);
        return files.stream().allMatch(file -> hasLength(folder.resolve(file.name()), file));
    }

    private static boolean hasLength(Path path, PublishedFile file) {
        return Files.isRegularFile(path) && path.toFile().length() == file.bytes();
    }

    /// How much of it is there: whole files, and parts of files still to be fetched.
    public long bytesIn(Path parent) {
        Path folder = folder(parent);
        long bytes = 0;
        for (PublishedFile file : files) {
            Path whole = folder.resolve(file.name());
            bytes +=
                    hasLength(whole, file)
                            ? file.bytes()
                            : folder.resolve(file.name() + ".part").toFile().length();
        }
        return bytes;
    }

    /// Of every image, as it is read with the usual settings.
    public Shape shape() {
        return switch (this) {
            case MNIST, FASHION_MNIST, EMNIST -> new Shape(28, 28, 1);
            case CIFAR_10, CIFAR_100, SVHN -> Cifar.SHAPE;
        };
    }

    /// As it is read with the usual settings.
    public List<String> classNames() {
        return switch (this) {
            case MNIST, SVHN -> Idx.Kind.MNIST.classNames();
            case FASHION_MNIST -> Idx.Kind.FASHION.classNames();
            case EMNIST -> Idx.Kind.EMNIST_BALANCED.classNames();
            case CIFAR_10 -> Cifar.Kind.CIFAR_10.classNames();
            case CIFAR_100 -> Cifar.Kind.CIFAR_100.classNames();
        };
    }

    /// Reads the set from where it was fetched to.
    public DataSource source(Path parent) {
        Path folder = folder(parent);
        return switch (this) {
            case MNIST -> new Idx(Idx.Kind.MNIST, folder);
            case FASHION_MNIST -> new Idx(Idx.Kind.FASHION, folder);
            case EMNIST -> new Idx(Idx.Kind.EMNIST_BALANCED, folder);
            case CIFAR_10 -> new Cifar(Cifar.Kind.CIFAR_10, folder);
            case CIFAR_100 -> new Cifar(Cifar.Kind.CIFAR_100, folder);
            case SVHN -> new Svhn(folder);
        };
    }
}
