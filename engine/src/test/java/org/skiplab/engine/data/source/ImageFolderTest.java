package org.skiplab.engine.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.skiplab.engine.data.source.Published.encoded;
import static org.skiplab.engine.data.source.Published.failure;
import static org.skiplab.engine.data.source.Published.picture;
import static org.skiplab.engine.data.source.Published.put;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.source.DataSource.Opened;
import org.skiplab.engine.graph.Shape;

class ImageFolderTest {
    @TempDir private Path folder;

    private void fill(String parent, String... classes) {
        for (int c = 0; c < classes.length; c++) {
            for (int i = 0; i < 10; i++) {
                String ending = i % 2 == 0 ? "png" : "jpeg";
                put(
                        folder.resolve(parent).resolve(classes[c]).resolve(i + "." + ending),
                        picture(ending, 40 + i, 30 + c, 10 * c + i));
            }
        }
    }

    private static BufferedImage plain(int type, int width, int height, int rgb) {
        var image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    /// Left half black, right half white.
    private static BufferedImage halves(int width, int height) {
        var image = plain(BufferedImage.TYPE_INT_RGB, width, height, 0xFFFFFF);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width / 2; x++) {
                image.setRGB(x, y, 0);
            }
        }
        return image;
    }

    @Test
    void everySubFolderIsAClassAndAPartIsKeptForTesting() {
        assumeThat(System.getProperty("sun.jnu.encoding")).as("names of files").isEqualTo("UTF-8");
        // The accent is a character of its own here, as Macs write it.
        fill(".", "katzen", "Hunde", "A\u0308ffchen 猿");
        put(folder.resolve("notes.txt"), new byte[10]);
        Opened opened = Published.open("folder:" + folder);
        DataSet data = opened.data();
        assertThat(data.classNames()).containsExactly("Hunde", "katzen", "Äffchen 猿");
        assertThat(data.shape()).isEqualTo(new Shape(32, 32, 3));
        assertThat(data.train().size()).isEqualTo(24);
        assertThat(data.test().size()).isEqualTo(6);
        assertThat(opened.warnings()).isEmpty();
        int[] counts = new int[3];
        for (int i = 0; i < 6; i++) {
            counts[data.test().label(i)]++;
        }
        assertThat(counts).containsExactly(2, 2, 2);
    }

    @Test
    void foldersNamedTrainAndTestAreObeyed() {
        fill("train", "a", "b");
        fill("val", "b", "c");
        Opened opened = Published.open("folder:" + folder + "#size=8,colour=no");
        assertThat(opened.data().classNames()).containsExactly("a", "b");
        assertThat(opened.data().shape()).isEqualTo(new Shape(8, 8, 1));
        assertThat(opened.data().train().size()).isEqualTo(20);
        assertThat(opened.data().test().size()).isEqualTo(10);
        assertThat(opened.data().test().label(0)).isEqualTo(1);
        assertThat(opened.warnings())
                .hasSize(6)
                .first()
                .asString()
                .contains("class 'c' has no training pictures");
        assertThat(opened.warnings().getLast()).isEqualTo("5 more files or folders are left out");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_BYTE_INDEXED
            })
    void coloursComeBackWhateverTheFileUses(int type) throws Exception {
        int rgb = 0xFF996633;
        put(folder.resolve("x.png"), encoded(plain(type, 50, 20, rgb), "png"));
        byte[] pixels =
                new PictureReader(4, 3, PictureReader.Fit.CROP).read(folder.resolve("x.png"));
        for (int i = 0; i < pixels.length; i += 3) {
            assertThat(pixels[i]).isEqualTo((byte) 0x99);
            assertThat(pixels[i + 1]).isEqualTo((byte) 0x66);
            assertThat(pixels[i + 2]).isEqualTo((byte) 0x33);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void greyPicturesKeepTheirStoredValues(int type) throws Exception {
        var image = new BufferedImage(20, 20, type);
        int[] sample = {type == BufferedImage.TYPE_BYTE_GRAY ? 100 : 100 << 8};
        for (int i = 0; i < 400; i++) {
            image.getRaster().setPixel(i % 20, i / 20, sample);
        }
        put(folder.resolve("x.png"), encoded(image, "png"));
        Path file = folder.resolve("x.png");
        assertThat(new PictureReader(5, 1, PictureReader.Fit.CROP).read(file))
                .containsOnly((byte) 100);
        assertThat(new PictureReader(5, 3, PictureReader.Fit.CROP).read(file))
                .containsOnly((byte) 100);
    }

    @Test
    void croppingTakesTheCentreStretchingEverything() throws Exception {
        Path file = folder.resolve("x.png");
        put(file, encoded(halves(80, 20), "png"));
        byte[] cropped = new PictureReader(4, 1, PictureReader.Fit.CROP).read(file);
        byte[] stretched = new PictureReader(4, 1, PictureReader.Fit.STRETCH).read(file);
        for (int y = 0; y < 4; y++) {
            for (byte[] picture : List.of(cropped, stretched)) {
                assertThat(picture[4 * y] & 0xFF).isLessThan(20);
                assertThat(picture[4 * y + 3] & 0xFF).isGreaterThan(235);
            }
        }
        var marked = plain(BufferedImage.TYPE_INT_RGB, 80, 20, 0);
        marked.setRGB(2, 10, 0xFFFFFF);
        put(file, encoded(marked, "png"));
        assertThat(new PictureReader(4, 1, PictureReader.Fit.CROP).read(file)).containsOnly(0);
        assertThat(new PictureReader(20, 1, PictureReader.Fit.STRETCH).read(file)[200])
                .isNotEqualTo((byte) 0);
    }

    @Test
    void theSameSizeChangesNothing() throws Exception {
        var image = new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB);
        byte[] expected = Published.noise(9 * 9 * 3, 4);
        for (int i = 0; i < 81; i++) {
            image.setRGB(
                    i % 9,
                    i / 9,
                    (expected[3 * i] & 0xFF) << 16
                            | (expected[3 * i + 1] & 0xFF) << 8
                            | expected[3 * i + 2] & 0xFF);
        }
        put(folder.resolve("x.png"), encoded(image, "png"));
        assertThat(new PictureReader(9, 3, PictureReader.Fit.CROP).read(folder.resolve("x.png")))
                .isEqualTo(expected);
    }

    /// A black corner as stored, and where it is when the picture is upright, by EXIF's table. A
    /// segment of XMP comes first, as some programs write it.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void camerasSayWhichWayIsUp(int orientation) throws Exception {
        var image = plain(BufferedImage.TYPE_INT_RGB, 32, 32, 0xFFFFFF);
        // An L of the stored corner: top left black.
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                image.setRGB(x, y, 0);
            }
        }
        byte[] jpeg = encoded(image, "jpeg");
        ByteBuffer segment = ByteBuffer.allocate(36);
        segment.putShort((short) 0xFFE1).putShort((short) 34);
        segment.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8);
        segment.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        segment.putShort((short) orientation).putShort((short) 0).putInt(0);
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, 2 + 29});
        out.writeBytes("http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(segment.array());
        out.write(jpeg, 2, jpeg.length - 2);
        put(folder.resolve("x.jpg"), out.toByteArray());
        byte[] upright =
                new PictureReader(2, 1, PictureReader.Fit.CROP).read(folder.resolve("x.jpg"));
        // Row 0 is at the top, left, ... of the scene: 1 top-left, 2 top-right, 3 bottom-right,
        // 4 bottom-left, 5 left-top, 6 right-top, 7 right-bottom, 8 left-bottom.
        int corner = new int[] {0, 1, 3, 2, 0, 1, 3, 2}[orientation - 1];
        for (int i = 0; i < 4; i++) {
            assertThat((upright[i] & 0xFF) < 128).isEqualTo(i == corner);
        }
    }

    @Test
    void goodPicturesLoadAndTheRestIsCounted() throws Exception {
        fill(".", "a", "b");
        put(folder.resolve("a/text.png"), "hello".getBytes(StandardCharsets.UTF_8));
        put(folder.resolve("a/empty.jpg"), new byte[0]);
        byte[] cut = picture("png", 60, 60, 1);
        put(folder.resolve("b/cut.png"), Arrays.copyOf(cut, 40));
        put(folder.resolve("b/bomb.png"), bomb(60_000, 60_000));
        put(folder.resolve("b/gif.png"), encoded(plain(1, 4, 4, 0), "gif"));
        Files.createDirectories(folder.resolve("empty"));
        Opened opened = Published.open("folder:" + folder);
        assertThat(opened.data().train().size() + opened.data().test().size()).isEqualTo(20);
        assertThat(opened.data().classNames()).containsExactly("a", "b");
        assertThat(opened.warnings()).hasSize(6);
        assertThat(opened.warnings().getFirst())
                .contains("empty: no PNG or JPEG pictures; left out");
        assertThat(String.join("\n", opened.warnings()))
                .contains("text.png: not a PNG or JPEG picture")
                .contains("bomb.png: 60000 x 60000 pixels are too many");
        assertThat(opened.warnings().getLast()).isEqualTo("1 more files or folders are left out");
    }

    /// A PNG of zeros in a few bytes per row.
    private static byte[] bomb(int width, int height) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        chunk(out, "IHDR", header.put((byte) 8).put((byte) 2).array());
        var deflater = new Deflater(9);
        deflater.setInput(new byte[1 << 20]);
        deflater.finish();
        byte[] packed = new byte[1 << 16];
        chunk(out, "IDAT", Arrays.copyOf(packed, deflater.deflate(packed)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] bytes) {
        byte[] body =
                ByteBuffer.allocate(4 + bytes.length)
                        .put(type.getBytes(StandardCharsets.US_ASCII))
                        .put(bytes)
                        .array();
        var crc = new CRC32();
        crc.update(body);
        out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        out.writeBytes(body);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    @Test
    void linksMayLeadAnywhereWithoutHarm() throws IOException {
        fill("real", "a", "b");
        Path linked = Files.createDirectories(folder.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("a"), folder.resolve("real/a"));
        Path b = Files.createDirectories(linked.resolve("b"));
        Files.createSymbolicLink(b.resolve("0.png"), folder.resolve("real/b/0.png"));
        Files.createSymbolicLink(b.resolve("circle"), linked);
        Files.createSymbolicLink(b.resolve("gone.png"), folder.resolve("nowhere.png"));
        Files.createSymbolicLink(linked.resolve("broken"), folder.resolve("nowhere"));
        Opened opened = Published.open("folder:" + linked);
        assertThat(opened.data().train().size() + opened.data().test().size()).isEqualTo(11);
        assertThat(opened.warnings()).singleElement().asString().contains("gone.png");
    }

    @Test
    void unreadableFoldersAreLeftOutAndTold() throws IOException {
        fill(".", "a", "b", "secret");
        Path secret = folder.resolve("secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        try {
            assumeThat(Files.isReadable(secret)).as("the superuser reads everything").isFalse();
            Opened opened = Published.open("folder:" + folder);
            assertThat(opened.data().classNames()).containsExactly("a", "b");
            assertThat(String.join("\n", opened.warnings())).contains("secret: may not be read");
        } finally {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void foldersThatCannotBeTrainedOnSayWhy() {
        assertThat(failure("folder:" + folder)).contains("no sub-folder of it has PNG or JPEG");
        fill(".", "only");
        assertThat(failure("folder:" + folder)).contains("there is only one class, 'only'");
        for (int i = 0; i < 3; i++) {
            put(folder.resolve("bad" + i + "/x.png"), new byte[20]);
        }
        for (int i = 0; i < 10; i++) {
            String ending = i % 2 == 0 ? "png" : "jpeg";
            put(folder.resolve("only/" + i + "." + ending), new byte[30]);
        }
        assertThat(failure("folder:" + folder)).contains("none of 13 pictures can be read");
        assertThat(failure("folder:" + folder.resolve("bad0/x.png"))).contains("x.png");
        assertThat(failure("folder:" + folder.resolve("nothing"))).contains("no such file");
    }
}
