package org.skiplab.engine.data.source;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/// The rows of a decoded picture as values in `[0, 255]`. As PIL's `convert` does, it takes colours
/// as stored: no colour profile is applied, and transparency is dropped.
final class PixelRows {
    private final BufferedImage image;
    private final Raster raster;
    private final boolean indexed;
    private final int channels;
    private final int[][] bands;

    /// @param channels 1 for grey (ITU-R 601 luma), 3 for red, green, blue
    PixelRows(BufferedImage image, int channels) {
        this.image = image;
        this.raster = image.getRaster();
        this.indexed = image.getColorModel() instanceof IndexColorModel;
        this.channels = channels;
        this.bands = new int[3][image.getWidth()];
    }

    int height() {
        return image.getHeight();
    }

    int width() {
        return image.getWidth();
    }

    int channels() {
        return channels;
    }

    /// Writes a row, channels innermost.
    void read(int y, float[] target) {
        if (indexed) {
            palette(y);
        } else {
            samples(y);
        }
        for (int x = 0, t = 0; x < width(); x++) {
            int red = bands[0][x];
            int green = bands[1][x];
            int blue = bands[2][x];
            if (channels == 1) {
                target[t++] = 0.299f * red + 0.587f * green + 0.114f * blue;
            } else {
                target[t++] = red;
                target[t++] = green;
                target[t++] = blue;
            }
        }
    }

    private void palette(int y) {
        int[] argb = image.getRGB(0, y, width(), 1, null, 0, width());
        for (int x = 0; x < argb.length; x++) {
            for (int c = 0; c < 3; c++) {
                bands[c][x] = argb[x] >> 16 - 8 * c & 0xFF;
            }
        }
    }

    private void samples(int y) {
        for (int c = 0; c < 3; c++) {
            int band = raster.getNumBands() < 3 ? 0 : c;
            int surplus = raster.getSampleModel().getSampleSize(band) - 8;
            raster.getSamples(0, y, width(), 1, band, bands[c]);
            for (int x = 0; surplus > 0 && x < width(); x++) {
                bands[c][x] >>= surplus;
            }
        }
    }
}
