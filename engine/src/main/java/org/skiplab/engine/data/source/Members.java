package org.skiplab.engine.data.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// The files of a published data set, found by their names wherever they lie: in a folder, one
/// folder deeper, or in a tar or zip archive. Archives are read in passing and never unpacked, so a
/// path in one leads nowhere, and links in one are nothing.
final class Members {
    private static final int BUFFER = 1 << 16;
    private static final int TAR_BLOCK = 512;

    /// Gets the bytes of one file; need not read them all.
    interface Visitor {
        /// @param name without folders
        /// @param where for messages: archive and member, or path
        void visit(String name, String where, InputStream bytes) throws IOException, BadData;
    }

    private Members() {}

    /// Visits every file whose name is wanted: in a folder by name, in an archive in its order.
    ///
    /// @param archive name of the published archive, looked for in a folder without wanted files
    static void visit(Path path, String archive, Predicate<String> wanted, Visitor visitor)
            throws IOException, BadData {
        if (Files.isDirectory(path)) {
            List<Path> found = files(path, wanted);
            Path packed = path.resolve(archive);
            if (found.isEmpty() && Files.isRegularFile(packed)) {
                visitArchive(packed, wanted, visitor);
            }
            for (Path file : found) {
                // Asked again: one file may be enough.
                if (!wanted.test(file.getFileName().toString())) {
                    continue;
                }
                try (InputStream bytes = open(file)) {
                    told(visitor, file.getFileName().toString(), file.toString(), bytes);
                }
            }
        } else if (Files.exists(path)) {
            visitArchive(path, wanted, visitor);
        } else {
            throw new NoSuchFileException(path.toString());
        }
    }

    /// What one file of a set comes to.
    interface Reading<T> {
        T read(String where, InputStream bytes) throws IOException, BadData;
    }

    /// Reads the first file that has one of the names.
    static <T> T first(Path path, String archive, List<String> names, Reading<T> reading)
            throws IOException, BadData {
        List<T> results = new ArrayList<>();
        visit(
                path,
                archive,
                name -> results.isEmpty() && names.contains(name),
                (_, where, bytes) -> results.add(reading.read(where, bytes)));
        if (results.isEmpty()) {
            throw new BadData(
                    "there is no " + names.getFirst() + " in it",
                    path.toString(),
                    "give the folder or archive with the published files");
        }
        return results.getFirst();
    }

    private static InputStream open(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    private static List<Path> files(Path folder, Predicate<String> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path path : list(folder)) {
            if (Files.isDirectory(path) && Files.isReadable(path)) {
                for (Path file : list(path)) {
                    if (wanted.test(file.getFileName().toString()) && Files.isRegularFile(file)) {
                        found.add(file);
                    }
                }
            } else if (wanted.test(path.getFileName().toString()) && Files.isRegularFile(path)) {
                found.add(path);
            }
        }
        return found;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        }
    }

    private static void visitArchive(Path archive, Predicate<String> wanted, Visitor visitor)
            throws IOException, BadData {
        try (var stream = new PushbackInputStream(open(archive), 4)) {
            byte[] magic = stream.readNBytes(4);
            stream.unread(magic);
            if (magic.length == 4 && magic[0] == 'P' && magic[1] == 'K') {
                visitZip(archive, stream, wanted, visitor);
            } else if (isGzip(magic)) {
                try (var unpacked = new GZIPInputStream(stream, BUFFER)) {
                    visitTar(archive, unpacked, wanted, visitor);
                }
            } else {
                visitTar(archive, stream, wanted, visitor);
            }
        }
    }

    /// Visits, and says where it was when the decompressors find fault.
    private static void told(Visitor visitor, String name, String where, InputStream bytes)
            throws IOException, BadData {
        try {
            visitor.visit(name, where, bytes);
        } catch (EOFException | ZipException _) {
            throw new BadData(
                    "the compressed data are damaged or end early", where, "get the file again");
        }
    }

    static boolean isGzip(byte[] start) {
        return start.length >= 2 && start[0] == 0x1F && (start[1] & 0xFF) == 0x8B;
    }

    private static void visitZip(
            Path archive, InputStream stream, Predicate<String> wanted, Visitor visitor)
            throws IOException, BadData {
        // Not closed: closing the stream below is the caller's.
        var zip = new ZipInputStream(stream, StandardCharsets.UTF_8);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = baseName(entry.getName());
            if (!entry.isDirectory() && wanted.test(name)) {
                told(visitor, name, archive + ", member " + name, new Unclosed(zip));
            }
        }
    }

    private static void visitTar(
            Path archive, InputStream stream, Predicate<String> wanted, Visitor visitor)
            throws IOException, BadData {
        var tar = new BufferedInputStream(stream, BUFFER);
        byte[] header = new byte[TAR_BLOCK];
        while (true) {
            int read = tar.readNBytes(header, 0, TAR_BLOCK);
            if (read == 0 || isZero(header)) {
                return;
            }
            long size = octal(header, 124, 12);
            if (read < TAR_BLOCK || size < 0 || !checksumHolds(header)) {
                throw new BadData(
                        "it is neither a folder nor a sound tar or zip archive",
                        archive.toString(),
                        "give the published archive or the folder it unpacks to");
            }
            String name = baseName(text(header, 0, 100));
            var member = new Limited(tar, size);
            boolean file = header[156] == '0' || header[156] == 0;
            if (file && wanted.test(name)) {
                told(visitor, name, archive + ", member " + name, member);
            }
            member.skipNBytes(member.left());
            tar.skipNBytes(Math.floorMod(-size, TAR_BLOCK));
        }
    }

    private static String baseName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean checksumHolds(byte[] header) {
        int sum = 0;
        for (int i = 0; i < TAR_BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
        }
        return sum == octal(header, 148, 8);
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    /// A number in octal digits, ended by a blank or zero byte; -1 if there is none.
    private static long octal(byte[] header, int from, int length) {
        String digits = text(header, from, length).strip();
        try {
            return Long.parseLong(digits, 8);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static final class Unclosed extends FilterInputStream {
        private Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, length);
        }

        @Override
        public void close() {
            // The archive's stream goes on.
        }
    }
}
