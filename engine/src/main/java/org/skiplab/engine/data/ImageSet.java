package org.skiplab.engine.data;

import java.util.List;
import org.skiplab.engine.graph.Shape;

/// Labelled images of one shape: immutable, random access, safe to read from any thread.
public interface ImageSet {

    /// Number of images, at least 1.
    int size();

    /// Height, width and channels (1 grey, 3 red-green-blue) of every image.
    Shape shape();

    /// Names of the classes; a label is an index into this list.
    List<String> classNames();

    /// The class of an image, in `[0, classNames().size())`.
    int label(int index);

    /// Copies an image's unsigned bytes in the order height, width, channel (HWC); `shape().size()`
    /// of them.
    void copyImage(int index, byte[] target, int offset);
}
