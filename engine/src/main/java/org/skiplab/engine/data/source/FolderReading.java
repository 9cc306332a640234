package org.skiplab.engine.data.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.Selection;
import org.skiplab.engine.data.StoredImages;
import org.skiplab.engine.data.source.PictureReader.BadPicture;
import org.skiplab.engine.graph.Shape;

/// One pass over an [ImageFolder]. Pictures that cannot be read are left out, and told.
final class FolderReading {
    private static final Set<String> TEST_NAMES = Set.of("test", "val", "valid", "validation");
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "jpe", "jfif");
    private static final int DEEPEST = 8;
    private static final int MOST_PICTURES = 2_000_000;
    private static final int WINDOW = 64;
    private static final int MOST_TOLD = 5;

    private final ImageFolder folder;
    private final Progress progress;
    private final PictureReader reader;
    private final List<String> leftOut = new ArrayList<>();
    private int leftOutCount;
    private int done;

    private record Picture(Path file, int label) {}

    /// Either bytes or a problem.
    private record Decoded(Picture picture, byte @Nullable [] bytes, @Nullable String problem) {}

    FolderReading(ImageFolder folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
        this.reader = new PictureReader(folder.size(), folder.channels(), folder.fit());
    }

    DataSource.Opened read() throws IOException, BadData {
        Path root = folder.path();
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        Path train = root.resolve("train");
        Optional<Path> test =
                folders(root).stream()
                        .filter(f -> TEST_NAMES.contains(name(f).toLowerCase(Locale.ROOT)))
                        .findFirst();
        boolean separate = Files.isDirectory(train) && test.isPresent();
        SortedMap<String, List<Path>> classes = classes(separate ? train : root);
        List<String> names = List.copyOf(classes.keySet());
        if (names.size() < 2) {
            throw new BadData(
                    names.isEmpty()
                            ? "no sub-folder of it has PNG or JPEG pictures"
                            : "there is only one class, '" + names.getFirst() + "'",
                    (separate ? train : root).toString(),
                    "put the pictures of every class into a sub-folder of its own");
        }
        List<Picture> trainPictures = pictures(classes, names);
        List<Picture> testPictures =
                separate ? pictures(classes(test.orElseThrow()), names) : List.of();
        int total = trainPictures.size() + testPictures.size();
        ImageSet all = decode(trainPictures, names, total, separate ? train : root);
        Selection.Split split =
                separate
                        ? new Selection.Split(
                                all, decode(testPictures, names, total, test.orElseThrow()))
                        : split(all);
        return new DataSource.Opened(
                new DataSet(
                        name(root.toAbsolutePath().normalize()),
                        split.train(),
                        split.test(),
                        Normalisation.computed(split.train()),
                        ""),
                warnings());
    }

    private Selection.Split split(ImageSet all) throws BadData {
        if (all.size() < 2) {
            throw new BadData(
                    "there is only one picture", folder.path().toString(), "add more pictures");
        }
        return Selection.split(all, folder.testPercent() / 100.0, folder.seed());
    }

    private static String name(Path path) {
        Path last = path.getFileName();
        // Macs take names apart into letters and accents.
        return last == null
                ? path.toString()
                : Normalizer.normalize(last.toString(), Normalizer.Form.NFC);
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> paths = Files.list(parent)) {
            return paths.filter(p -> Files.isDirectory(p) && !name(p).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /// The pictures of every sub-folder that has some, by its name.
    private SortedMap<String, List<Path>> classes(Path parent) throws IOException {
        SortedMap<String, List<Path>> classes = new TreeMap<>();
        for (Path path : folders(parent)) {
            List<Path> files = files(path);
            if (files.isEmpty()) {
                leaveOut(path, "no PNG or JPEG pictures");
            } else {
                classes.put(name(path), files);
            }
        }
        return classes;
    }

    private List<Picture> pictures(SortedMap<String, List<Path>> classes, List<String> names)
            throws BadData {
        List<Picture> pictures = new ArrayList<>();
        classes.forEach((name, files) -> {
            int label = names.indexOf(name);
            for (Path file : files) {
                if (label < 0) {
                    leaveOut(file, "class '" + name + "' has no training pictures");
                } else {
                    pictures.add(new Picture(file, label));
                }
            }
        });
        if (pictures.size() > MOST_PICTURES) {
            throw new BadData(
                    "there are more than " + MOST_PICTURES + " pictures",
                    folder.path().toString(),
                    "choose a folder with fewer");
        }
        return pictures;
    }

    /// Everything named like a picture, at any depth. Links to folders are not followed below the
    /// class: they may lead in circles.
    private List<Path> files(Path parent) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                parent.toRealPath(),
                EnumSet.noneOf(FileVisitOption.class),
                DEEPEST,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (ENDINGS.contains(ending(file))) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        leaveOut(file, "may not be read");
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(null);
        return files;
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".")
                ? ""
                : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private StoredImages decode(List<Picture> pictures, List<String> names, int total, Path where)
            throws IOException, BadData {
        var builder =
                new StoredImages.Builder(
                        new Shape(folder.size(), folder.size(), folder.channels()), names);
        for (int from = 0; from < pictures.size(); from += WINDOW) {
            Cancellation.check();
            List<Picture> window = pictures.subList(from, Math.min(from + WINDOW, pictures.size()));
            for (Decoded decoded : window.parallelStream().map(this::decode).toList()) {
                if (decoded.bytes != null) {
                    builder.add(decoded.bytes, 0, decoded.picture.label);
                } else {
                    leaveOut(decoded.picture.file, String.valueOf(decoded.problem));
                }
            }
            done += window.size();
            progress.at("pictures", (double) done / total);
        }
        if (builder.size() == 0) {
            throw new BadData(
                    pictures.isEmpty()
                            ? "there are no pictures"
                            : "none of "
                                    + pictures.size()
                                    + " pictures can be read; "
                                    + leftOut.getFirst(),
                    where.toString(),
                    "use PNG or JPEG pictures");
        }
        return builder.build();
    }

    private Decoded decode(Picture picture) {
        try {
            return new Decoded(picture, reader.read(picture.file), null);
        } catch (BadPicture e) {
            return new Decoded(picture, null, e.getMessage());
        } catch (AccessDeniedException e) {
            return new Decoded(picture, null, "may not be read");
        } catch (IOException e) {
            return new Decoded(picture, null, "cannot be read");
        }
    }

    private void leaveOut(Path path, String reason) {
        leftOutCount++;
        if (leftOut.size() < MOST_TOLD) {
            leftOut.add(path + ": " + reason);
        }
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (String line : leftOut) {
            warnings.add(line + "; left out");
        }
        if (leftOutCount > leftOut.size()) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "%,d more files or folders are left out",
                            leftOutCount - leftOut.size()));
        }
        return warnings;
    }
}
