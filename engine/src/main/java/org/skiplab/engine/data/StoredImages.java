package org.skiplab.engine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Shape;

/// Images held in memory, in chunks of whole images. What goes beyond a share of the heap lies in a
/// temporary file that is mapped into memory.
public final class StoredImages implements ImageSet {
    /// Small enough to allocate anywhere, large enough to make chunks few.
    private static final int CHUNK_BYTES = 4 << 20;

    private static final long MOST_HEAP = 768L << 20;

    private final Shape shape;
    private final List<String> classNames;
    private final MemorySegment[] chunks;
    private final int perChunk;
    private final int[] labels;

    /// Kept open as long as there are images: where a mapped file cannot be deleted at once, it
    /// goes when this is closed, at the latest with the process.
    @SuppressWarnings("unused")
    private final @Nullable FileChannel spilled;

    private StoredImages(Builder builder) {
        this.shape = builder.shape;
        this.classNames = builder.classNames;
        this.chunks = builder.chunks.toArray(MemorySegment[]::new);
        this.perChunk = builder.perChunk;
        this.labels = Arrays.copyOf(builder.labels, builder.size);
        this.spilled = builder.file;
    }

    /// Collects images of one shape; grows by what is added, whatever a file's header announces.
    public static final class Builder {
        private final Shape shape;
        private final List<String> classNames;
        private final int imageBytes;
        private final int perChunk;
        private final long mostHeap;
        private final List<MemorySegment> chunks = new ArrayList<>();
        private byte[] chunk = new byte[0];
        private int inChunk;
        private int[] labels = new int[1024];
        private int size;
        private long heap;
        private @Nullable FileChannel file;

        /// @throws IllegalArgumentException if there is no class
        public Builder(Shape shape, List<String> classNames) {
            this(shape, classNames, Math.min(MOST_HEAP, Runtime.getRuntime().maxMemory() / 3));
        }

        Builder(Shape shape, List<String> classNames, long mostHeap) {
            if (classNames.isEmpty()) {
                throw new IllegalArgumentException("no classes");
            }
            this.shape = shape;
            this.classNames = List.copyOf(classNames);
            this.imageBytes = Math.toIntExact(shape.size());
            this.perChunk = Math.max(1, CHUNK_BYTES / imageBytes);
            this.mostHeap = mostHeap;
        }

        public int size() {
            return size;
        }

        int imageBytes() {
            return imageBytes;
        }

        /// Adds an image.
        ///
        /// @param source holds the image's bytes from `offset` on, HWC
        /// @throws IllegalArgumentException if the label is not a class
        /// @throws UncheckedIOException if there is no room for a temporary file
        public void add(byte[] source, int offset, int label) {
            if (label < 0 || label >= classNames.size()) {
                throw new IllegalArgumentException(
                        "label " + label + " of " + classNames.size() + " classes");
            }
            if (inChunk == perChunk) {
                seal();
            }
            int at = inChunk * imageBytes;
            if (at == chunk.length) {
                // A small set need not pay for a whole chunk.
                chunk = Arrays.copyOf(chunk, Math.clamp(2L * inChunk, 1, perChunk) * imageBytes);
            }
            if (size == labels.length) {
                labels = Arrays.copyOf(labels, 2 * size);
            }
            System.arraycopy(source, offset, chunk, at, imageBytes);
            inChunk++;
            labels[size++] = label;
        }

        /// @throws IllegalStateException if no image was added
        /// @throws UncheckedIOException if there is no room for a temporary file
        public StoredImages build() {
            if (size == 0) {
                throw new IllegalStateException("no images");
            }
            seal();
            return new StoredImages(this);
        }

        private void seal() {
            int used = inChunk * imageBytes;
            if (heap + used <= mostHeap) {
                chunks.add(MemorySegment.ofArray(Arrays.copyOf(chunk, used)));
                heap += used;
            } else {
                try {
                    chunks.add(spill(used));
                } catch (IOException e) {
                    throw new UncheckedIOException("no room for a temporary file", e);
                }
            }
            inChunk = 0;
        }

        private MemorySegment spill(int bytes) throws IOException {
            FileChannel channel = file;
            if (channel == null) {
                channel =
                        FileChannel.open(
                                Files.createTempFile("skiplab", ".images"),
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.DELETE_ON_CLOSE);
                file = channel;
            }
            long start = channel.size();
            // Written, not mapped for writing: a full disk is then an exception, not a crash.
            ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer, start + buffer.position());
            }
            return channel.map(MapMode.READ_ONLY, start, bytes, Arena.ofAuto());
        }
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public void copyImage(int index, byte[] target, int offset) {
        int bytes = Math.toIntExact(shape.size());
        MemorySegment.copy(
                chunks[index / perChunk],
                ValueLayout.JAVA_BYTE,
                (long) (index % perChunk) * bytes,
                target,
                offset,
                bytes);
    }
}
