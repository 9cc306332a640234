package org.skiplab.engine.data.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;
import org.skiplab.engine.data.ImageSet;

/// Where what can go wrong with files becomes a value.
final class Boundary {
    private Boundary() {}

    interface Reading {
        DataSource.Opened read() throws IOException, BadData;
    }

    /// Refuses parts of one data set whose images differ in size or channels.
    static void checkAlike(ImageSet train, ImageSet test, String place) throws BadData {
        if (!train.shape().equals(test.shape())) {
            throw new BadData(
                    "training images are " + train.shape() + ", test images " + test.shape(),
                    place,
                    "use files that belong together");
        }
    }

    static DataSource.Result open(String place, Reading reading) {
        try {
            return reading.read();
        } catch (BadData e) {
            return e.failed();
        } catch (IOException e) {
            return failed(e, place);
        } catch (UncheckedIOException e) {
            return failed(new IOException(e.getMessage(), e), place);
        }
    }

    private static DataSource.Failed failed(IOException e, String place) {
        String where =
                e instanceof FileSystemException file && file.getFile() != null
                        ? file.getFile()
                        : place;
        return switch (e) {
            case NoSuchFileException _ ->
                    new DataSource.Failed("there is no such file", where, "check the path");
            case AccessDeniedException _ ->
                    new DataSource.Failed(
                            "it may not be read", where, "give yourself permission to read it");
            case ClosedByInterruptException _ ->
                    new DataSource.Failed("reading was cancelled", where, "open it again");
            case EOFException _, ZipException _ ->
                    new DataSource.Failed(
                            "the compressed data are damaged or end early", where, "get it again");
            default ->
                    new DataSource.Failed(
                            "it cannot be read (" + e.getMessage() + ")",
                            where,
                            "check the disk and the path");
        };
    }
}
