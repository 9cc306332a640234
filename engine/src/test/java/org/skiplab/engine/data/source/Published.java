package org.skiplab.engine.data.source;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.source.DataSource.Failed;
import org.skiplab.engine.data.source.DataSource.Opened;
import org.skiplab.engine.graph.Seeds;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;

/// Tiny files in the formats data sets are published in.
final class Published {
    private Published() {}

    static byte[] noise(int bytes, long seed) {
        byte[] noise = new byte[bytes];
        Seeds.stream(seed).nextBytes(noise);
        return noise;
    }

    static byte[] idxImages(int count, int height, int width, byte[] pixels) {
        return ByteBuffer.allocate(16 + pixels.length)
                .putInt(0x0803)
                .putInt(count)
                .putInt(height)
                .putInt(width)
                .put(pixels)
                .array();
    }

    static byte[] idxLabels(int count, byte[] labels) {
        return ByteBuffer.allocate(8 + labels.length)
                .putInt(0x0801)
                .putInt(count)
                .put(labels)
                .array();
    }

    /// Images of noise behind `labelBytes` labels each, which count up.
    static byte[] cifar(int count, int labelBytes, int classes, long seed) {
        ByteBuffer file = ByteBuffer.allocate(count * (labelBytes + 3072));
        for (int i = 0; i < count; i++) {
            if (labelBytes == 2) {
                file.put((byte) (i % 20));
            }
            file.put((byte) (i % classes)).put(noise(3072, seed + i));
        }
        return file.array();
    }

    static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] zip(Map<String, byte[]> members) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] tar(Map<String, byte[]> members) {
        var out = new ByteArrayOutputStream();
        members.forEach((name, bytes) -> tarMember(out, name, '0', bytes));
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    static void tarMember(ByteArrayOutputStream out, String name, char type, byte[] bytes) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, "%011o\0".formatted(bytes.length));
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        out.writeBytes(header);
        out.writeBytes(bytes);
        out.writeBytes(new byte[Math.floorMod(-bytes.length, 512)]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /// `X` of height x width x 3 x labels, first extent fastest, and `y`.
    static byte[] svhn(int height, int width, byte[] x, int[] y) {
        Matrix images = Mat5.newMatrix(new int[] {height, width, 3, y.length}, MatlabType.UInt8);
        for (int i = 0; i < x.length; i++) {
            images.setInt(i, x[i]);
        }
        Matrix labels = Mat5.newMatrix(y.length, 1, MatlabType.Double);
        for (int i = 0; i < y.length; i++) {
            labels.setInt(i, y[i]);
        }
        ByteBuffer buffer = ByteBuffer.allocate(x.length * 2 + y.length * 16 + 10_000);
        try (var sink = Sinks.wrap(buffer)) {
            Mat5.newWriter(sink)
                    .writeMat(Mat5.newMatFile().addArray("X", images).addArray("y", labels));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] file = new byte[buffer.position()];
        buffer.get(0, file);
        return file;
    }

    static byte[] picture(String format, int width, int height, long seed) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var random = Seeds.stream(seed);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        return encoded(image, format);
    }

    static byte[] encoded(BufferedImage image, String format) {
        var out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new AssertionError("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static void put(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Opened open(String spec) {
        return switch (DataSource.open(spec)) {
            case Opened opened -> opened;
            case Failed failed -> throw new AssertionError(failed.message());
        };
    }

    static DataSet data(String spec) {
        return open(spec).data();
    }

    static String failure(String spec) {
        return switch (DataSource.open(spec)) {
            case Opened opened -> throw new AssertionError("opened " + opened.data());
            case Failed failed -> failed.message();
        };
    }

    static byte[] image(ImageSet set, int index) {
        byte[] image = new byte[(int) set.shape().size()];
        set.copyImage(index, image, 0);
        return image;
    }
}
