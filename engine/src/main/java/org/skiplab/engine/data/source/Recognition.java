package org.skiplab.engine.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells by names what a file or folder holds, so that people need not know what it is called here.
final class Recognition {
    private static final int MOST_NAMES = 10_000;

    private Recognition() {}

    static Parsed of(Path path) {
        if (!Files.exists(path)) {
            return new DataSource.Failed("there is no such file", path.toString(), "check it");
        }
        if (!Files.isDirectory(path)) {
            return file(path)
                    .<Parsed>map(source -> source)
                    .orElseGet(() ->
                            new DataSource.Failed(
                                    "it is no data file SkipLab knows",
                                    path.toString(),
                                    "open a CIFAR archive, an SVHN .mat, an IDX or a CSV file, or"
                                            + " a folder"));
        }
        try {
            return folder(path);
        } catch (IOException _) {
            return new DataSource.Failed(
                    "it may not be read", path.toString(), "give yourself permission to read it");
        }
    }

    private static DataSource folder(Path folder) throws IOException {
        List<String> names = names(folder);
        if (names.contains("train.csv") || names.contains("train.csv.gz")) {
            return new PixelTable(folder);
        }
        for (String name : names) {
            Optional<DataSource> published = published(folder.resolve(name), folder);
            if (published.isPresent()) {
                return published.get();
            }
        }
        // One folder deeper, as archives unpack.
        for (String name : names) {
            Path below = folder.resolve(name);
            if (Files.isDirectory(below) && Files.isReadable(below)) {
                for (String file : names(below)) {
                    Optional<DataSource> published = published(below.resolve(file), folder);
                    if (published.isPresent()) {
                        return published.get();
                    }
                }
            }
        }
        return new ImageFolder(folder);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.limit(MOST_NAMES)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static Optional<DataSource> file(Path path) {
        String name = name(path);
        if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
            return Optional.of(new PixelTable(path));
        }
        if (name.matches(".*cifar-?_?100.*\\.(tar|tgz|tar\\.gz)")) {
            return Optional.of(new Cifar(Cifar.Kind.CIFAR_100, path));
        }
        if (name.matches(".*cifar.*\\.(tar|tgz|tar\\.gz)")) {
            return Optional.of(new Cifar(Cifar.Kind.CIFAR_10, path));
        }
        if (name.endsWith(".zip")) {
            return Optional.of(new Idx(Idx.Kind.EMNIST_BALANCED, path));
        }
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? Optional.empty() : published(path, parent);
    }

    /// A file of a published set tells what the folder is that holds it.
    private static Optional<DataSource> published(Path file, Path folder) {
        String name = name(file);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (name.matches("data_batch_[1-5]\\.bin|test_batch\\.bin|cifar-10-binary\\.tar\\.gz")) {
            return Optional.of(new Cifar(Cifar.Kind.CIFAR_10, folder));
        }
        if (name.matches("train\\.bin|test\\.bin|cifar-100-binary\\.tar\\.gz")) {
            return Optional.of(new Cifar(Cifar.Kind.CIFAR_100, folder));
        }
        if (name.matches("(train|test)_32x32\\.mat")) {
            return Optional.of(new Svhn(folder));
        }
        if (name.equals("gzip.zip")) {
            return Optional.of(new Idx(Idx.Kind.EMNIST_BALANCED, folder));
        }
        if (name.matches("(train|t10k)-(images|labels)[-.]idx[13]-ubyte(\\.gz)?")) {
            boolean fashion =
                    file.toAbsolutePath().toString().toLowerCase(Locale.ROOT).contains("fashion");
            return Optional.of(new Idx(fashion ? Idx.Kind.FASHION : Idx.Kind.MNIST, folder));
        }
        for (Idx.Kind kind : Idx.Kind.values()) {
            if (!kind.split().isEmpty() && name.startsWith("emnist-" + kind.split() + "-")) {
                return Optional.of(new Idx(kind, folder));
            }
        }
        return Optional.empty();
    }

    private static String name(Path path) {
        return path.getFileName() == null
                ? ""
                : path.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
