package org.skiplab.engine.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Numbers that have left memory, in a temporary file without a name. One thread puts chunks of
/// equal length in, in their order; any may read.
///
/// Nobody closes the file: a run that has ended can still be looked at and is still being written
/// down, so it goes when the last view of its numbers does, or with the program.
final class Attic {

    /// An interrupt of who reads or writes would close the file for everybody: these threads, which
    /// nobody knows, do it for them.
    private static final Executor UNDISTURBED = task -> Thread.ofVirtual().start(task);

    private volatile @Nullable FileChannel file;
    private final Path folder;
    private volatile String trouble = "";

    /// @param folder where the file goes, once it is needed
    Attic(Path folder) {
        this.folder = folder;
    }

    /// In the system's folder for temporary files.
    Attic() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /// Keeps a chunk. Once a disk has not taken one, no later one is kept either.
    ///
    /// @param chunk from 0, one after the other
    void put(int chunk, float[] values) {
        if (trouble.isEmpty()) {
            trouble =
                    CompletableFuture.supplyAsync(() -> written(chunk, values), UNDISTURBED).join();
        }
    }

    /// @return why it was not, empty if it was
    private String written(int chunk, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        try {
            FileChannel to = opened();
            long at = (long) chunk * bytes.capacity();
            while (bytes.hasRemaining()) {
                to.write(bytes, at + bytes.position());
            }
            return "";
        } catch (IOException e) {
            return folder
                    + " takes no more of what was measured long ago ("
                    + e.getMessage()
                    + "): tables of this run will have empty cells there; make room in it"
                    + " before the next run";
        }
    }

    /// Why chunks are missing, in one line for a person; empty while none is.
    String trouble() {
        return trouble;
    }

    private FileChannel opened() throws IOException {
        FileChannel now = file;
        if (now == null) {
            Path path = Files.createTempFile(folder, "skiplab-steps", ".f32");
            now =
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
            file = now;
        }
        return now;
    }

    /// Reads a chunk back.
    ///
    /// @return whether all of it was there
    boolean read(int chunk, float[] into) {
        FileChannel from = file;
        return from != null
                && CompletableFuture.supplyAsync(() -> read(from, chunk, into), UNDISTURBED).join();
    }

    private static boolean read(FileChannel from, int chunk, float[] into) {
        ByteBuffer bytes = ByteBuffer.allocate(into.length * Float.BYTES);
        long at = (long) chunk * bytes.capacity();
        try {
            while (bytes.hasRemaining()) {
                if (from.read(bytes, at + bytes.position()) < 0) {
                    return false;
                }
            }
        } catch (IOException e) {
            return false;
        }
        bytes.flip().asFloatBuffer().get(into);
        return true;
    }
}
