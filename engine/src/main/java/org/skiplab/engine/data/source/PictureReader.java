package org.skiplab.engine.data.source;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/// Decodes a PNG or JPEG picture upright and brings it to a square. Memory and time are bounded by
/// looking at the extents before anything is decoded.
final class PictureReader {
    private static final Set<String> FORMATS = Set.of("png", "jpeg");

    /// A picture of more pixels is not read at all.
    private static final long MOST_PIXELS = 200_000_000;

    /// A picture of more pixels is thinned out while it is decoded.
    private static final long MANY_PIXELS = 30_000_000;

    /// How a picture of another aspect comes to a square.
    enum Fit {
        CROP,
        STRETCH
    }

    /// Why a picture is left out.
    static final class BadPicture extends Exception {
        private static final long serialVersionUID = 1;

        BadPicture(String reason) {
            super(reason);
        }
    }

    private final int size;
    private final int channels;
    private final Fit fit;

    /// @param size side of the square in pixels
    /// @param channels 1 (grey) or 3
    PictureReader(int size, int channels, Fit fit) {
        this.size = size;
        this.channels = channels;
        this.fit = fit;
    }

    /// The picture as `size x size x channels` bytes, HWC.
    byte[] read(Path file) throws IOException, BadPicture {
        int orientation = ExifOrientation.of(file);
        try (var stream = new FileImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new BadPicture("not a PNG or JPEG picture");
            }
            ImageReader reader = readers.next();
            try {
                if (!FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                    throw new BadPicture("a " + reader.getFormatName() + ", not a PNG or JPEG");
                }
                var rows = new PixelRows(decode(reader, stream), channels);
                return turned(new Resampling(rows, size, fit).bytes(), orientation);
            } catch (IIOException e) {
                throw new BadPicture(reason(e));
            } catch (IndexOutOfBoundsException
                    | IllegalArgumentException
                    | NullPointerException
                    | NegativeArraySizeException
                    | ArithmeticException e) {
                // What the JDK's decoders come to on damaged files.
                throw new BadPicture("damaged");
            } finally {
                reader.dispose();
            }
        }
    }

    private BufferedImage decode(ImageReader reader, ImageInputStream stream)
            throws IOException, BadPicture {
        reader.setInput(stream, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        long pixels = (long) width * height;
        int step = 1;
        while (pixels / step / step > MANY_PIXELS) {
            step++;
        }
        if (pixels > MOST_PIXELS || Math.min(width, height) < step) {
            throw new BadPicture("%s x %s pixels are too many".formatted(width, height));
        }
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, parameters);
    }

    private static String reason(IIOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? "damaged"
                : message.lines().findFirst().orElseThrow().strip();
    }

    /// Upright, given one of EXIF's orientations, 1 to 8.
    private byte[] turned(byte[] image, int orientation) {
        if (orientation == ExifOrientation.UPRIGHT) {
            return image;
        }
        int last = size - 1;
        byte[] upright = new byte[image.length];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int from =
                        switch (orientation) {
                            case 2 -> y * size + last - x;
                            case 3 -> (last - y) * size + last - x;
                            case 4 -> (last - y) * size + x;
                            case 5 -> x * size + y;
                            case 6 -> (last - x) * size + y;
                            case 7 -> (last - x) * size + last - y;
                            default -> x * size + last - y;
                        };
                int to = y * size + x;
                System.arraycopy(image, from * channels, upright, to * channels, channels);
            }
        }
        return upright;
    }
}
