package org.skiplab.engine.data;

import java.util.Arrays;
import java.util.List;
import org.skiplab.engine.graph.Shape;

/// Images held in memory, in chunks of whole images.
public final class StoredImages implements ImageSet {
    /// Small enough to allocate anywhere, large enough to make chunks few.
    private static final int CHUNK_BYTES = 4 << 20;

    private final Shape shape;
    private final List<String> classNames;
    private final byte[][] chunks;
    private final int perChunk;
    private final int[] labels;

    private StoredImages(Builder builder) {
        this.shape = builder.shape;
        this.classNames = builder.classNames;
        this.chunks = Arrays.copyOf(builder.chunks, builder.chunkCount);
        this.perChunk = builder.perChunk;
        this.labels = Arrays.copyOf(builder.labels, builder.size);
    }

    /// Collects images of one shape; grows by what is added, whatever a file's header announces.
    public static final class Builder {
        private final Shape shape;
        private final List<String> classNames;
        private final int imageBytes;
        private final int perChunk;
        private byte[][] chunks = new byte[16][];
        private int chunkCount;
        private int[] labels = new int[1024];
        private int size;

        /// @throws IllegalArgumentException if there is no class
        public Builder(Shape shape, List<String> classNames) {
            if (classNames.isEmpty()) {
                throw new IllegalArgumentException("no classes");
            }
            this.shape = shape;
            this.classNames = List.copyOf(classNames);
            this.imageBytes = Math.toIntExact(shape.size());
            this.perChunk = Math.max(1, CHUNK_BYTES / imageBytes);
        }

        public int size() {
            return size;
        }

        /// Adds an image.
        ///
        /// @param source holds the image's bytes from `offset` on, HWC
        /// @throws IllegalArgumentException if the label is not a class
        public void add(byte[] source, int offset, int label) {
            if (label < 0 || label >= classNames.size()) {
                throw new IllegalArgumentException(
                        "label " + label + " of " + classNames.size() + " classes");
            }
            int chunk = size / perChunk;
            if (chunk == chunkCount) {
                if (chunk == chunks.length) {
                    chunks = Arrays.copyOf(chunks, 2 * chunk);
                }
                chunks[chunkCount++] = new byte[perChunk * imageBytes];
            }
            if (size == labels.length) {
                labels = Arrays.copyOf(labels, 2 * size);
            }
            System.arraycopy(
                    source, offset, chunks[chunk], size % perChunk * imageBytes, imageBytes);
            labels[size++] = label;
        }

        /// @throws IllegalStateException if no image was added
        public StoredImages build() {
            if (size == 0) {
                throw new IllegalStateException("no images");
            }
            return new StoredImages(this);
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
        System.arraycopy(chunks[index / perChunk], index % perChunk * bytes, target, offset, bytes);
    }
}
