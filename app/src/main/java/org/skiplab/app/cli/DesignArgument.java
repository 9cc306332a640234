package org.skiplab.app.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import org.skiplab.engine.graph.file.Reading;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `DESIGN [--input HxWxC] [--classes N]`: a preset's name or a `.skiplab` file. A mixin for every
/// command that takes a design.
public final class DesignArgument {
    @Parameters(
            paramLabel = "DESIGN",
            description = "A preset's name (see 'skiplab presets') or a .skiplab file.")
    private String design = "";

    @Option(
            names = "--input",
            paramLabel = "HxWxC",
            converter = ShapeConverter.class,
            description = "Shape of one image; by default the design's or the data's.")
    private @Nullable Shape input;

    @Option(
            names = "--classes",
            paramLabel = "N",
            description = "Number of classes; by default the design's or the data's.")
    private @Nullable Integer classes;

    /// What the user called the design.
    public String text() {
        return design;
    }

    /// The design as it is, with `--input` and `--classes` applied.
    public Design read() throws CommandFailure {
        Design found = isFile() ? file() : Design.of(preset());
        return found.withNetwork(fitted(found.network(), Optional.empty(), Optional.empty()));
    }

    /// The design for data of that shape and that many classes, unless `--input` and `--classes`
    /// say otherwise.
    public Design readFor(Shape images, int classCount) throws CommandFailure {
        Design found = isFile() ? file() : Design.of(preset());
        return found.withNetwork(
                fitted(found.network(), Optional.of(images), Optional.of(classCount)));
    }

    private Network fitted(Network network, Optional<Shape> images, Optional<Integer> classCount)
            throws CommandFailure {
        Shape shape = input != null ? input : images.orElse(network.input());
        Optional<Integer> logits =
                Optional.ofNullable(classes)
                        .or(() -> classCount)
                        .or(() -> Analysis.of(network).classes());
        if (logits.isEmpty()) {
            return network.withInput(shape);
        }
        return switch (BlockEdits.fit(network, shape, logits.get())) {
            case Edit.Done(Network fitting, _, _) -> fitting;
            case Edit.Refused refused -> throw CommandFailure.wrongUse(refused.toString());
        };
    }

    private boolean isFile() {
        String lower = design.toLowerCase(Locale.ROOT);
        return lower.endsWith("." + DesignFile.EXTENSION)
                || design.contains("/")
                || design.contains("\\");
    }

    private Network preset() throws CommandFailure {
        return switch (Presets.find(design)) {
            case Presets.Lookup.Found(var preset) -> preset.network();
            case Presets.Lookup.Missing(String why, String fix) ->
                    throw CommandFailure.wrongUse(why + "; " + fix + " (see 'skiplab presets')");
        };
    }

    private Design file() throws CommandFailure {
        Path path;
        try {
            path = Path.of(design);
        } catch (InvalidPathException e) {
            throw CommandFailure.wrongUse("'" + design + "' cannot be a file's name");
        }
        return switch (DesignFile.read(path)) {
            case Reading.Read(Design read) -> read;
            case Reading.Unreadable unreadable -> {
                String line = design + ": " + unreadable;
                throw Files.exists(path)
                        ? CommandFailure.failed(line)
                        : CommandFailure.wrongUse(line);
            }
        };
    }

    /// Reads `32x32x3`.
    static final class ShapeConverter implements ITypeConverter<Shape> {
        @Override
        public Shape convert(String text) {
            String[] extents = text.split("[x×]", -1);
            try {
                if (extents.length == 3) {
                    return new Shape(
                            Integer.parseInt(extents[0]),
                            Integer.parseInt(extents[1]),
                            Integer.parseInt(extents[2]));
                }
            } catch (IllegalArgumentException e) {
                // Not numbers, or below 1: the message is the same as for a wrong count.
            }
            throw new TypeConversionException(
                    "'" + text + "' is not HEIGHTxWIDTHxCHANNELS, such as 32x32x3");
        }
    }
}
