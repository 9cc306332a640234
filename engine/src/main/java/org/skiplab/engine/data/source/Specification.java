package org.skiplab.engine.data.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skiplab.engine.graph.Shape;

/// What a data set is called on the command line: `mnist`, or `NAME:PATH#setting=value,…`.
final class Specification {
    private static final Pattern EXTENTS =
            Pattern.compile("([1-9][0-9]{0,3})x([1-9][0-9]{0,3})x([13])");

    private final String spec;
    private final Options options;

    private Specification(String spec) {
        this.spec = spec;
        this.options = Options.of(spec);
    }

    static Parsed parse(String spec) {
        try {
            var specification = new Specification(spec);
            DataSource source = specification.source();
            specification.options.checkAllKnown();
            return source;
        } catch (BadData e) {
            return e.failed();
        }
    }

    private DataSource source() throws BadData {
        String address = options.address();
        int colon = address.indexOf(':');
        String name = colon < 0 ? address : address.substring(0, colon);
        if (address.equals(Digits.NAME)) {
            return new Digits();
        }
        if (address.equals(Shapes.PREFIX)) {
            return shapes();
        }
        return switch (name) {
            case "mnist" -> new Idx(Idx.Kind.MNIST, path(colon));
            case "fashion" -> new Idx(Idx.Kind.FASHION, path(colon));
            case "emnist" -> emnist(path(colon));
            case "cifar10" -> new Cifar(Cifar.Kind.CIFAR_10, path(colon));
            case "cifar100" -> cifar100(path(colon));
            case Svhn.PREFIX -> new Svhn(path(colon));
            case ImageFolder.PREFIX -> folder(path(colon));
            case PixelTable.PREFIX -> table(path(colon));
            default ->
                    throw new BadData(
                            "there is no data set '" + name + "'",
                            spec,
                            "use mnist, shapes, or one of cifar10:PATH, cifar100:PATH, svhn:PATH,"
                                    + " mnist:PATH, fashion:PATH, emnist:PATH, folder:PATH,"
                                    + " csv:PATH");
        };
    }

    private Path path(int colon) throws BadData {
        String path = options.address().substring(colon + 1);
        if (colon < 0 || path.isBlank()) {
            throw new BadData("the path is missing", spec, "write it behind a colon");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new BadData(
                    "it is not a path (" + e.getReason() + ")", path, "check its spelling");
        }
    }

    private DataSource shapes() throws BadData {
        Shapes usual = Shapes.DEFAULT;
        return new Shapes(
                (int) options.number("difficulty", usual.difficulty(), 0, Shapes.HARDEST),
                options.number("seed", usual.seed(), Long.MIN_VALUE, Long.MAX_VALUE),
                (int) options.number("train", usual.trainImages(), Shapes.FEWEST, Shapes.MOST),
                (int) options.number("test", usual.testImages(), Shapes.FEWEST, Shapes.MOST));
    }

    private DataSource emnist(Path path) throws BadData {
        Map<String, Idx.Kind> splits = new LinkedHashMap<>();
        for (Idx.Kind kind : Idx.Kind.values()) {
            if (!kind.split().isEmpty()) {
                splits.put(kind.split(), kind);
            }
        }
        return new Idx(options.choice("split", splits, Idx.Kind.EMNIST_BALANCED), path);
    }

    private DataSource cifar100(Path path) throws BadData {
        Map<String, Cifar.Kind> labels = new LinkedHashMap<>();
        labels.put("fine", Cifar.Kind.CIFAR_100);
        labels.put("coarse", Cifar.Kind.CIFAR_100_COARSE);
        return new Cifar(options.choice("labels", labels, Cifar.Kind.CIFAR_100), path);
    }

    private DataSource folder(Path path) throws BadData {
        var usual = new ImageFolder(path);
        Map<String, Boolean> colours = new LinkedHashMap<>();
        colours.put("yes", true);
        colours.put("no", false);
        Map<String, Boolean> fits = new LinkedHashMap<>();
        fits.put("crop", false);
        fits.put("stretch", true);
        return new ImageFolder(
                path,
                (int)
                        options.number(
                                "size", usual.size(), ImageFolder.SMALLEST, ImageFolder.LARGEST),
                !options.choice("colour", colours, true),
                options.choice("fit", fits, false),
                testPercent(usual.testPercent()),
                options.number("seed", usual.seed(), Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private DataSource table(Path path) throws BadData {
        var usual = new PixelTable(path);
        return new PixelTable(
                path,
                extents(),
                testPercent(usual.testPercent()),
                options.number("seed", usual.seed(), Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private int testPercent(int usual) throws BadData {
        return (int) options.number("test", usual, 1, ImageFolder.MOST_TEST_PERCENT);
    }

    private Optional<Shape> extents() throws BadData {
        String text = options.text("shape", "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = EXTENTS.matcher(text);
        if (!matcher.matches()) {
            throw new BadData(
                    "shape is '" + text + "'", spec, "write height x width x channels: 20x30x3");
        }
        return Optional.of(
                new Shape(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))));
    }
}
