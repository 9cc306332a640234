package org.skiplab.engine.data;

import java.util.Arrays;
import org.skiplab.engine.graph.Shape;

/// How the bytes of an image become the numbers a network sees: normalised, cropped, mirrored, cut.
/// The feed and every preview use this one path.
public final class Preparation {
    private final Shape shape;
    private final Augmentation augmentation;
    private final float[] table;

    /// @throws IllegalArgumentException if the normalisation has other channels than the shape
    public Preparation(Shape shape, Normalisation normalisation, Augmentation augmentation) {
        if (normalisation.channels() != shape.channels()) {
            throw new IllegalArgumentException(
                    "images have "
                            + shape.channels()
                            + " channels, the normalisation has "
                            + normalisation.channels());
        }
        this.shape = shape;
        this.augmentation = augmentation;
        this.table = normalisation.table();
    }

    public Augmentation augmentation() {
        return augmentation;
    }

    /// Writes an image as height, width, channel floats.
    ///
    /// @param image `shape().size()` unsigned bytes, HWC
    /// @param target room for as many floats
    public void prepare(byte[] image, Augmentation.Draw draw, float[] target) {
        int height = shape.height();
        int row = shape.width() * shape.channels();
        for (int y = 0; y < height; y++) {
            int sourceY = augmentation.border().source(y + draw.dy(), height);
            if (sourceY < 0) {
                Arrays.fill(target, y * row, (y + 1) * row, 0);
            } else {
                row(image, sourceY * row, draw, target, y * row);
            }
        }
        if (augmentation.cutout() > 0) {
            cut(draw, target);
        }
    }

    private void row(byte[] image, int source, Augmentation.Draw draw, float[] target, int start) {
        int channels = shape.channels();
        int width = shape.width();
        int dx = draw.flip() ? -draw.dx() : draw.dx();
        // Columns [from, to) of the target have a source column x + dx inside the image.
        int from = Math.clamp(-dx, 0, width);
        int to = Math.clamp((long) width - dx, from, width);
        border(image, source, draw, target, start, 0, from);
        border(image, source, draw, target, start, to, width);
        int t = start + from * channels;
        int s = source + (draw.flip() ? width - 1 - from - dx : from + dx) * channels;
        int step = draw.flip() ? -channels : channels;
        if (channels == 3) {
            // Twice as fast as the loop below, and most images have three channels.
            for (int x = from; x < to; x++, t += 3, s += step) {
                target[t] = table[image[s] & 0xFF];
                target[t + 1] = table[256 + (image[s + 1] & 0xFF)];
                target[t + 2] = table[512 + (image[s + 2] & 0xFF)];
            }
        } else {
            for (int x = from; x < to; x++, t += channels, s += step) {
                for (int c = 0; c < channels; c++) {
                    target[t + c] = table[256 * c + (image[s + c] & 0xFF)];
                }
            }
        }
    }

    /// The columns of a row that come from beyond the image's edge.
    private void border(
            byte[] image,
            int source,
            Augmentation.Draw draw,
            float[] target,
            int start,
            int from,
            int to) {
        int channels = shape.channels();
        int width = shape.width();
        for (int x = from, t = start + from * channels; x < to; x++, t += channels) {
            int column = draw.flip() ? width - 1 - x : x;
            int sourceX = augmentation.border().source(column + draw.dx(), width);
            for (int c = 0; c < channels; c++) {
                target[t + c] =
                        sourceX < 0
                                ? 0
                                : table[256 * c + (image[source + sourceX * channels + c] & 0xFF)];
            }
        }
    }

    private void cut(Augmentation.Draw draw, float[] target) {
        int side = augmentation.cutout();
        int top = Math.max(0, draw.cutY() - side / 2);
        int bottom = Math.min(shape.height(), draw.cutY() - side / 2 + side);
        int left = Math.max(0, draw.cutX() - side / 2);
        int right = Math.min(shape.width(), draw.cutX() - side / 2 + side);
        int channels = shape.channels();
        for (int y = top; y < bottom; y++) {
            int start = y * shape.width();
            Arrays.fill(target, (start + left) * channels, (start + right) * channels, 0);
        }
    }
}
