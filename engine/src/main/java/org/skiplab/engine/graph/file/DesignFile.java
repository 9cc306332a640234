package org.skiplab.engine.graph.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.skiplab.engine.graph.Network;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes `.skiplab` files: `{"skiplab": 1, "network": {…}, …}`.
public final class DesignFile {

    /// The version of the file form that is written; older ones are read too.
    public static final int VERSION = 1;

    /// File name extension, without dot.
    public static final String EXTENSION = "skiplab";

    /// Larger files are refused: the deepest published network takes a fortieth of it.
    public static final int MOST_BYTES = 8 << 20;

    static final Set<String> RESERVED = Set.of("skiplab", "network");

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(100)
                                                    .build())
                                    .build())
                    .build();

    private DesignFile() {}

    /// Reads a file; every way in which it can be bad gives [Reading.Unreadable].
    public static Reading read(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            return new Reading.Unreadable(
                    "", "the file does not exist", "check its name and folder");
        } catch (AccessDeniedException e) {
            return new Reading.Unreadable(
                    "", "the file may not be read", "change its permissions, or copy it");
        } catch (IOException e) {
            return Files.isDirectory(file)
                    ? new Reading.Unreadable(
                            "", "it is a folder", "choose a ." + EXTENSION + " file in it")
                    : new Reading.Unreadable(
                            "",
                            "the file cannot be read (" + WholeFile.reason(e) + ")",
                            "try again");
        }
        return parse(bytes);
    }

    /// Reads a file's text.
    public static Reading parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Reading parse(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            return new Reading.Unreadable(
                    "",
                    "the file is larger than " + (MOST_BYTES >> 20) + " MB",
                    "choose a ." + EXTENSION + " file");
        }
        try {
            return new Reading.Read(design(JSON.readTree(bytes)));
        } catch (Unfit e) {
            return e.reading();
        } catch (StreamConstraintsException e) {
            return new Reading.Unreadable(
                    place(e),
                    "the file nests too deeply or holds too long a text",
                    "choose a ." + EXTENSION + " file");
        } catch (StreamReadException e) {
            String complaint = complaint(e);
            return complaint.startsWith("Unexpected end-of-input")
                    ? new Reading.Unreadable(
                            place(e),
                            "the file ends in the middle",
                            "it was cut off: restore a backup, or complete it by hand")
                    : new Reading.Unreadable(
                            place(e),
                            "this is not valid JSON (" + complaint + ")",
                            "correct it, or restore a backup");
        } catch (MismatchedInputException e) {
            return new Reading.Unreadable(
                    place(e), "something follows the end of the design", "delete it");
        } catch (JacksonException e) {
            return new Reading.Unreadable(
                    place(e), "this is not text in UTF-8", "choose a ." + EXTENSION + " file");
        }
    }

    private static Design design(JsonNode root) throws Unfit {
        if (!root.isObject() || !root.has("skiplab")) {
            throw new Unfit(
                    "",
                    "this is not a SkipLab design: \"skiplab\": " + VERSION + " is missing",
                    "choose a ." + EXTENSION + " file");
        }
        JsonNode version = root.get("skiplab");
        if (!version.isInt() || version.intValue() < 1) {
            throw new Unfit(
                    "skiplab",
                    "the version is not a number from 1",
                    "write \"skiplab\": " + VERSION);
        }
        if (version.intValue() > VERSION) {
            throw new Unfit(
                    "skiplab",
                    "the file was written by a newer SkipLab (form "
                            + version.intValue()
                            + ", this one reads "
                            + VERSION
                            + ")",
                    "update SkipLab");
        }
        Network network = NetworkForm.network(root.path("network"));
        Map<String, JsonNode> sections = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> section : root.properties()) {
            if (!RESERVED.contains(section.getKey())) {
                sections.put(section.getKey(), section.getValue());
            }
        }
        return new Design(network, sections);
    }

    /// The file's text: one line per block, so that differences stay readable.
    public static String text(Design design) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("skiplab", VERSION);
        root.set("network", NetworkForm.tree(design.network()));
        design.sections().forEach(root::set);
        return JsonText.of(root);
    }

    /// Writes a file as a whole or not at all.
    public static Writing write(Path file, Design design) {
        byte[] bytes = text(design).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BYTES) {
            return new Writing.Unwritten(
                    "the design takes more than " + (MOST_BYTES >> 20) + " MB",
                    "remove blocks, or split it");
        }
        try {
            WholeFile.write(file, fresh -> Files.write(fresh, bytes));
            return new Writing.Written();
        } catch (NoSuchFileException e) {
            return new Writing.Unwritten(
                    "the folder " + file.toAbsolutePath().getParent() + " does not exist",
                    "create it, or choose another place");
        } catch (AccessDeniedException e) {
            return new Writing.Unwritten(
                    file + " may not be written", "choose another place or name");
        } catch (IOException e) {
            return new Writing.Unwritten(
                    file + " cannot be written (" + WholeFile.reason(e) + ")",
                    "make room, or choose another place");
        }
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : "line "
                        + e.getLocation().getLineNr()
                        + ", column "
                        + e.getLocation().getColumnNr();
    }

    /// The parser's complaint without its advice to programmers.
    private static String complaint(JacksonException e) {
        String message = Objects.requireNonNullElse(e.getOriginalMessage(), "unknown");
        return message.lines().findFirst().orElse("unknown").replaceFirst(": enable .*", "");
    }
}
