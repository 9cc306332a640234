package org.skiplab.engine.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.skiplab.engine.data.Concatenation;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.StoredImages;
import org.skiplab.engine.graph.Shape;

/// CIFAR-10 and CIFAR-100 in their binary version: the published `.tar.gz`, or the folder it
/// unpacks to. An image is one or two label bytes and 3,072 bytes of pixels, planes red, green,
/// blue.
public record Cifar(Kind kind, Path path) implements DataSource {
    public static final Shape SHAPE = new Shape(32, 32, 3);
    private static final int PLANE = 32 * 32;

    /// Ten times what a published file holds.
    private static final int MOST_IMAGES = 500_000;

    /// Which set, and which of its labels.
    public enum Kind {
        CIFAR_10("CIFAR-10", "cifar10", "", 1, 0, CifarNames.TEN),
        CIFAR_100("CIFAR-100", "cifar100", "", 2, 1, CifarNames.HUNDRED),
        CIFAR_100_COARSE("CIFAR-100 coarse", "cifar100", "coarse", 2, 0, CifarNames.TWENTY);

        private final String title;
        private final String prefix;
        private final String labels;
        private final int labelBytes;
        private final int labelAt;
        private final List<String> classNames;

        Kind(
                String title,
                String prefix,
                String labels,
                int labelBytes,
                int labelAt,
                List<String> classNames) {
            this.title = title;
            this.prefix = prefix;
            this.labels = labels;
            this.labelBytes = labelBytes;
            this.labelAt = labelAt;
            this.classNames = classNames;
        }

        public List<String> classNames() {
            return classNames;
        }

        private List<String> trainFiles() {
            return this == CIFAR_10
                    ? List.of(
                            "data_batch_1.bin",
                            "data_batch_2.bin",
                            "data_batch_3.bin",
                            "data_batch_4.bin",
                            "data_batch_5.bin")
                    : List.of("train.bin");
        }

        private String testFile() {
            return this == CIFAR_10 ? "test_batch.bin" : "test.bin";
        }

        private String archive() {
            return this == CIFAR_10 ? "cifar-10-binary.tar.gz" : "cifar-100-binary.tar.gz";
        }
    }

    @Override
    public String spec() {
        return kind.prefix + ":" + path + (kind.labels.isEmpty() ? "" : "#labels=" + kind.labels);
    }

    @Override
    public Result open(Progress progress) {
        return Boundary.open(path.toString(), () -> read(progress));
    }

    private Opened read(Progress progress) throws IOException, BadData {
        Set<String> wanted = new HashSet<>(kind.trainFiles());
        wanted.add(kind.testFile());
        // By name, so that the order within an archive does not matter.
        Map<String, ImageSet> files = new TreeMap<>();
        Members.visit(
                path,
                kind.archive(),
                wanted::contains,
                (name, where, bytes) -> {
                    progress.at(kind.title, (double) files.size() / wanted.size());
                    if (files.put(name, images(bytes, where)) != null) {
                        throw new BadData(
                                "there is a second " + name, where, "give one folder or archive");
                    }
                });
        ImageSet test = files.remove(kind.testFile());
        if (test == null || files.isEmpty()) {
            throw new BadData(
                    "there is no "
                            + (test == null ? kind.testFile() : kind.trainFiles().getFirst()),
                    path.toString(),
                    "give the binary version: " + kind.archive() + " or its unpacked folder");
        }
        List<String> missing = new ArrayList<>(kind.trainFiles());
        missing.removeAll(files.keySet());
        ImageSet train = Concatenation.of(List.copyOf(files.values()));
        return new Opened(
                new DataSet(
                        kind.title,
                        train,
                        test,
                        Normalisation.computed(train),
                        kind.title + " by Krizhevsky, Nair and Hinton, University of Toronto"),
                missing.isEmpty()
                        ? List.of()
                        : List.of(
                                String.format(
                                        Locale.ROOT,
                                        "%s: %s missing, so there are %,d training images",
                                        path,
                                        String.join(", ", missing),
                                        train.size())));
    }

    private StoredImages images(InputStream file, String where) throws IOException, BadData {
        var builder = new StoredImages.Builder(SHAPE, kind.classNames);
        byte[] entry = new byte[kind.labelBytes + 3 * PLANE];
        byte[] image = new byte[3 * PLANE];
        while (true) {
            int read = file.readNBytes(entry, 0, entry.length);
            if (read == 0 && builder.size() > 0) {
                return builder.build();
            }
            if (read < entry.length || builder.size() == MOST_IMAGES) {
                throw new BadData(
                        builder.size() == MOST_IMAGES
                                ? "it has more than " + MOST_IMAGES + " images"
                                : "it ends within image " + builder.size(),
                        where,
                        "get the file again");
            }
            int label = entry[kind.labelAt] & 0xFF;
            if (label >= kind.classNames.size()) {
                throw BadData.label(label, builder.size(), kind.classNames.size(), where);
            }
            for (int p = 0, plane = kind.labelBytes; p < PLANE; p++) {
                image[3 * p] = entry[plane + p];
                image[3 * p + 1] = entry[plane + PLANE + p];
                image[3 * p + 2] = entry[plane + 2 * PLANE + p];
            }
            builder.add(image, 0, label);
            Cancellation.check();
        }
    }
}
