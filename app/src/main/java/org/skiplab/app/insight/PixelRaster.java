package org.skiplab.app.insight;

import org.skiplab.app.plot.ColourScale;
import org.skiplab.app.plot.Range;
import org.skiplab.app.plot.Raster;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.graph.Shape;

/// Images, feature maps and kernels as rasters.
public final class PixelRaster {
    private PixelRaster() {}

    /// An image as it is stored; grey or colour.
    public static Raster image(ImageSet set, int index) {
        Shape shape = set.shape();
        byte[] bytes = new byte[Math.toIntExact(shape.size())];
        set.copyImage(index, bytes, 0);
        Raster raster = new Raster();
        raster.clear(shape.width(), shape.height());
        int channels = shape.channels();
        for (int i = 0; i < bytes.length / channels; i++) {
            int red = bytes[i * channels] & 0xff;
            int green = bytes[i * channels + (channels >= 3 ? 1 : 0)] & 0xff;
            int blue = bytes[i * channels + (channels >= 3 ? 2 : 0)] & 0xff;
            raster.set(
                    i % shape.width(),
                    i / shape.width(),
                    0xff000000 | red << 16 | green << 8 | blue);
        }
        return raster;
    }

    /// The least and the greatest of all numbers; 0 and 0 where there is none. Stands alone so that
    /// the compiler is soon done with it, while a network learns on the same cores.
    static Range range(float[][] values) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float[] row : values) {
            for (float v : row) {
                low = v < low ? v : low;
                high = v > high ? v : high;
            }
        }
        return low <= high ? new Range(low, high) : new Range(0, 0);
    }

    /// Numbers as colours.
    static Raster map(float[] values, int width, ColourScale scale, Range range) {
        Raster raster = new Raster();
        raster.clear(width, values.length / width);
        double span = range.span() > 0 ? range.span() : 1;
        for (int i = 0; i < values.length; i++) {
            raster.set(i % width, i / width, scale.argb((values[i] - range.low()) / span));
        }
        return raster;
    }

    /// A kernel over red, green and blue as a colour picture: grey is 0, `most` full colour.
    static Raster colours(float[] weights, int width, int height, double most) {
        Raster raster = new Raster();
        raster.clear(width, height);
        int places = width * height;
        for (int i = 0; i < places; i++) {
            int argb = 0xff000000;
            for (int c = 0; c < 3; c++) {
                double share = 0.5 + 0.5 * weights[c * places + i] / most;
                argb |= (int) Math.round(255 * Math.clamp(share, 0, 1)) << (16 - 8 * c);
            }
            raster.set(i % width, i / width, argb);
        }
        return raster;
    }
}
