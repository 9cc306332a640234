package org.skiplab.engine.data.source;

import java.nio.file.Path;
import org.skiplab.engine.data.source.PictureReader.Fit;

/// A folder of the user's own pictures, PNG or JPEG: every sub-folder is a class. With sub-folders
/// `train` and `test` (or `val`, `valid`, `validation`) these hold the classes; otherwise a part of
/// every class is kept for testing.
///
/// @param size side of the square that pictures are brought to, 4 to 512 pixels
/// @param grey one channel instead of three
/// @param stretch change the aspect instead of cutting the longer side
/// @param testPercent of every class, 1 to 90, where no folder says what is for testing
/// @param seed chooses those
public record ImageFolder(
        Path path, int size, boolean grey, boolean stretch, int testPercent, long seed)
        implements DataSource {
    static final String PREFIX = "folder";
    public static final int SMALLEST = 4;
    public static final int LARGEST = 512;
    static final int MOST_TEST_PERCENT = 90;

    /// 32x32 colour, cropped, a fifth for testing.
    public ImageFolder(Path path) {
        this(path, 32, false, false, 20, 1);
    }

    /// @throws IllegalArgumentException if a number is out of its range
    public ImageFolder {
        if (size < SMALLEST
                || size > LARGEST
                || testPercent < 1
                || testPercent > MOST_TEST_PERCENT) {
            throw new IllegalArgumentException("size " + size + ", test " + testPercent + " %");
        }
    }

    public ImageFolder withSize(int value) {
        return new ImageFolder(path, value, grey, stretch, testPercent, seed);
    }

    public ImageFolder withGrey(boolean value) {
        return new ImageFolder(path, size, value, stretch, testPercent, seed);
    }

    public ImageFolder withStretch(boolean value) {
        return new ImageFolder(path, size, grey, value, testPercent, seed);
    }

    int channels() {
        return grey ? 1 : 3;
    }

    Fit fit() {
        return stretch ? Fit.STRETCH : Fit.CROP;
    }

    @Override
    public String spec() {
        return "%s:%s#size=%s,colour=%s,fit=%s,test=%s,seed=%s"
                .formatted(
                        PREFIX,
                        path,
                        size,
                        grey ? "no" : "yes",
                        stretch ? "stretch" : "crop",
                        testPercent,
                        seed);
    }

    @Override
    public Result open(Progress progress) {
        return Boundary.open(path.toString(), () -> new FolderReading(this, progress).read());
    }
}
