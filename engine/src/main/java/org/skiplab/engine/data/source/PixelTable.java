package org.skiplab.engine.data.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.Selection;
import org.skiplab.engine.data.StoredImages;
import org.skiplab.engine.graph.Shape;

/// A CSV of pixels, gzipped or not: a line per image with its class and its values from 0 to 255,
/// row by row, channels innermost. The class stands in the column headed `label` or `class`, else
/// in the first. One file, of which a part of every class is kept for testing, or a folder with
/// `train.csv` and `test.csv`.
///
/// @param shape of the images; inferred if empty: square, grey or of three channels
/// @param testPercent of every class, 1 to 90, where there is one file only
/// @param seed chooses those
public record PixelTable(Path path, Optional<Shape> shape, int testPercent, long seed)
        implements DataSource {
    static final String PREFIX = "csv";
    private static final int MOST_CLASSES = 10_000;
    private static final int MOST_IMAGES = 5_000_000;
    private static final Set<String> LABEL_HEADINGS = Set.of("label", "class");
    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");

    /// Integers by value, then other names by spelling.
    private static final Comparator<String> CLASS_ORDER =
            Comparator.comparing((String name) -> !INTEGER.matcher(name).matches())
                    .thenComparing(
                            name -> INTEGER.matcher(name).matches() ? Integer.parseInt(name) : 0)
                    .thenComparing(Comparator.naturalOrder());

    /// Shape inferred, a fifth for testing.
    public PixelTable(Path path) {
        this(path, Optional.empty(), 20, 1);
    }

    /// @throws IllegalArgumentException if the share is out of its range
    public PixelTable {
        if (testPercent < 1 || testPercent > ImageFolder.MOST_TEST_PERCENT) {
            throw new IllegalArgumentException("test " + testPercent + " %");
        }
    }

    /// Which fields of a line are what.
    private record Layout(boolean heading, int label, int fields, Shape shape) {}

    private interface Use<T> {
        T of(CsvLines lines, Layout layout, String where) throws IOException, BadData;
    }

    @Override
    public String spec() {
        String extents =
                shape.map(s -> ",shape=%sx%sx%s".formatted(s.height(), s.width(), s.channels()))
                        .orElse("");
        return "%s:%s#test=%s,seed=%s%s".formatted(PREFIX, path, testPercent, seed, extents);
    }

    @Override
    public Result open(Progress progress) {
        return Boundary.open(path.toString(), () -> read(progress));
    }

    private Opened read(Progress progress) throws IOException, BadData {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        boolean folder = Files.isDirectory(path);
        List<Path> files = folder ? List.of(find("train"), find("test")) : List.of(path);
        progress.at("classes", 0);
        Set<String> classes = new TreeSet<>(CLASS_ORDER);
        for (Path file : files) {
            classes.addAll(with(file, PixelTable::classes));
        }
        if (classes.size() < 2) {
            throw new BadData(
                    "there is only one class, '" + String.join("", classes) + "'",
                    path.toString(),
                    "check which column has the class, and head it 'label'");
        }
        List<String> names = List.copyOf(classes);
        progress.at("pixels", 0.2);
        List<ImageSet> sets = new ArrayList<>();
        for (Path file : files) {
            sets.add(with(file, (lines, layout, where) -> images(lines, layout, where, names)));
        }
        if (folder) {
            Boundary.checkAlike(sets.get(0), sets.get(1), path.toString());
        }
        var split =
                folder
                        ? new Selection.Split(sets.get(0), sets.get(1))
                        : Selection.split(sets.get(0), testPercent / 100.0, seed);
        return new Opened(
                new DataSet(
                        path.toAbsolutePath().normalize().getFileName().toString(),
                        split.train(),
                        split.test(),
                        Normalisation.computed(split.train()),
                        ""),
                List.of());
    }

    private Path find(String part) throws BadData {
        return Stream.of(part + ".csv", part + ".csv.gz")
                .map(path::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() ->
                        new BadData(
                                "there is no " + part + ".csv",
                                path.toString(),
                                "give a folder with train.csv and test.csv, or one file"));
    }

    private <T> T with(Path file, Use<T> use) throws IOException, BadData {
        Layout layout;
        try (InputStream in = open(file)) {
            layout = layout(new CsvLines(in, file.toString()), file.toString());
        }
        try (InputStream in = open(file)) {
            var lines = new CsvLines(in, file.toString());
            if (layout.heading) {
                lines.next();
            }
            return use.of(lines, layout, file.toString());
        }
    }

    private static InputStream open(Path file) throws IOException {
        var stream = new PushbackInputStream(Files.newInputStream(file), 2);
        byte[] magic = stream.readNBytes(2);
        stream.unread(magic);
        return new BufferedInputStream(
                Members.isGzip(magic) ? new GZIPInputStream(stream, 1 << 16) : stream, 1 << 16);
    }

    /// From the first line.
    private Layout layout(CsvLines lines, String where) throws IOException, BadData {
        if (!lines.next()) {
            throw new BadData("it has no lines", where, "use another file");
        }
        int fields = lines.fields();
        int label = 0;
        boolean named = false;
        for (int i = fields - 1; i >= 0; i--) {
            if (LABEL_HEADINGS.contains(lines.text(i).toLowerCase(Locale.ROOT))) {
                label = i;
                named = true;
            }
        }
        // Without the name, a heading is a line whose second field is not a number.
        boolean heading = named || fields > 1 && !INTEGER.matcher(lines.text(1)).lookingAt();
        return new Layout(heading, label, fields, shape(fields - 1, where));
    }

    private Shape shape(int pixels, String where) throws BadData {
        if (shape.isPresent()) {
            if (shape.get().size() != pixels) {
                throw new BadData(
                        pixels + " values a line are not an image of " + shape.get(),
                        where,
                        "change the setting 'shape'");
            }
            return shape.get();
        }
        for (int channels : new int[] {1, 3}) {
            int side = (int) Math.round(Math.sqrt(pixels / (double) channels));
            if (side > 0 && side * side * channels == pixels) {
                return new Shape(side, side, channels);
            }
        }
        throw new BadData(
                pixels + " values a line are no square image",
                where,
                "say what they are, like #shape=20x30x3");
    }

    private static Set<String> classes(CsvLines lines, Layout layout, String where)
            throws IOException, BadData {
        Set<String> classes = new TreeSet<>();
        while (lines.next()) {
            if (layout.label >= lines.fields()) {
                throw lines.bad("it has no field " + (layout.label + 1));
            }
            classes.add(lines.text(layout.label));
            if (classes.size() > MOST_CLASSES) {
                throw new BadData(
                        "there are more than " + MOST_CLASSES + " classes",
                        where,
                        "check which column has the class, and head it 'label'");
            }
            Cancellation.check();
        }
        if (classes.isEmpty()) {
            throw new BadData("it has no images", where, "use another file");
        }
        return classes;
    }

    private static ImageSet images(CsvLines lines, Layout layout, String where, List<String> names)
            throws IOException, BadData {
        Map<String, Integer> labels = new HashMap<>();
        names.forEach(name -> labels.put(name, labels.size()));
        var builder = new StoredImages.Builder(layout.shape, names);
        byte[] image = new byte[Math.toIntExact(layout.shape.size())];
        while (lines.next()) {
            if (lines.fields() != layout.fields) {
                throw lines.bad("it has " + lines.fields() + " fields, the first " + layout.fields);
            }
            for (int i = 0; i < layout.fields; i++) {
                if (i != layout.label) {
                    image[i < layout.label ? i : i - 1] = (byte) lines.pixel(i);
                }
            }
            Integer label = labels.get(lines.text(layout.label));
            if (label == null || builder.size() == MOST_IMAGES) {
                throw new BadData(
                        "it changed while it was read, or has over " + MOST_IMAGES + " lines",
                        where,
                        "open it again");
            }
            builder.add(image, 0, label);
            Cancellation.check();
        }
        return builder.build();
    }
}
