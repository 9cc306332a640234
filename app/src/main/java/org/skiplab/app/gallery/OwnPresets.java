package org.skiplab.app.gallery;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import org.skiplab.engine.graph.file.Reading;
import org.skiplab.engine.graph.file.Writing;

/// Designs kept as presets: one `.skiplab` file each, in a folder of the application's. What goes
/// wrong with the disk is an [IOException] with a line for people.
public final class OwnPresets {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._+-]{0,79}");

    /// Names that Windows keeps for devices.
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])([.].*)?");

    private static final String SUFFIX = "." + DesignFile.EXTENSION;

    private final Path folder;

    /// @param folder made when something is saved
    public OwnPresets(Path folder) {
        this.folder = folder;
    }

    /// Why a preset cannot have a name, or empty if it can.
    public static Optional<String> problem(String name) {
        if (name.isBlank()) {
            return Optional.of("give the preset a name");
        }
        return NAME.matcher(name).matches()
                        && !DEVICE.matcher(name).matches()
                        && !name.endsWith(".")
                        && !name.endsWith(" ")
                ? Optional.empty()
                : Optional.of("a preset's name may hold letters, digits, spaces and . _ + -");
    }

    /// By name.
    public List<Entry.Own> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Entry.Own> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(f -> f.toString().endsWith(SUFFIX))
                    .map(f -> new Entry.Own(nameOf(f), f))
                    .forEach(found::add);
        }
        found.sort(Comparator.comparing(e -> e.name().toLowerCase(Locale.ROOT)));
        return found;
    }

    /// @throws FileAlreadyExistsException if the name is taken
    public Entry.Own save(String name, Design design) throws IOException {
        Path file = free(name);
        Files.createDirectories(folder);
        Design named = design.withNetwork(design.network().withName(name));
        if (DesignFile.write(file, named) instanceof Writing.Unwritten problem) {
            throw new IOException(problem.toString());
        }
        return new Entry.Own(name, file);
    }

    /// @throws FileAlreadyExistsException if the new name is taken
    public Entry.Own rename(Entry.Own preset, String name) throws IOException {
        if (preset.name().equals(name)) {
            return preset;
        }
        Design design = read(preset.file());
        Entry.Own renamed = save(name, design);
        Files.deleteIfExists(preset.file());
        return renamed;
    }

    /// @return what was in it, to put it back
    public Design delete(Entry.Own preset) throws IOException {
        Design design = read(preset.file());
        Files.deleteIfExists(preset.file());
        return design;
    }

    /// @throws IOException if the file is no design, with what is wrong
    static Design read(Path file) throws IOException {
        return switch (DesignFile.read(file)) {
            case Reading.Read(Design design) -> design;
            case Reading.Unreadable problem -> throw new IOException(problem.toString());
        };
    }

    private Path free(String name) throws IOException {
        Optional<String> problem = problem(name);
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
        // Some file systems take two names that differ in case only for one.
        for (Entry.Own other : all()) {
            if (other.name().equalsIgnoreCase(name)) {
                throw new FileAlreadyExistsException(
                        "there is a preset called '" + other.name() + "' already");
            }
        }
        return folder.resolve(name + SUFFIX);
    }

    private static String nameOf(Path file) {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
