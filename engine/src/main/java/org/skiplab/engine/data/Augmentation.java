package org.skiplab.engine.data;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Shape;

/// Random changes to a training image that keep its class.
///
/// @param padAndCrop pixels of border added on every side before a crop of the old size at a random
///   place; 0 is off
/// @param flip mirrors left and right with probability 1/2
/// @param cutout side in pixels of a square set to the mean colour, centred anywhere in the image
///   and clipped at its edge (DeVries & Taylor 2017); 0 is off
/// @param border what the pixels are that are added before the crop
public record Augmentation(int padAndCrop, boolean flip, int cutout, Border border) {

    /// What lies beyond an image's edge.
    public enum Border {
        /// The mean colour, zero after normalisation (He et al. 2015, section 4.2).
        MEAN,
        /// The image, mirrored at its outermost pixels, which are not repeated (Zagoruyko &
        /// Komodakis 2016, section 3; `padding_mode="reflect"` of PyTorch).
        REFLECTION;

        /// The pixel that stands at `at`, or -1 for the mean colour.
        ///
        /// @param extent number of pixels
        int source(int at, int extent) {
            if (at >= 0 && at < extent) {
                return at;
            }
            if (this == MEAN) {
                return -1;
            }
            int period = Math.max(1, 2 * (extent - 1));
            int within = Math.floorMod(at, period);
            return within < extent ? within : period - within;
        }
    }

    public static final Augmentation NONE = new Augmentation(0, false, 0);

    /// The papers' CIFAR recipe ("C10+"): 4 pixels, and flip.
    public static final Augmentation CIFAR = new Augmentation(4, true, 0);

    /// The same with reflected borders, as wide residual networks were trained.
    public static final Augmentation REFLECTED = CIFAR.with(Border.REFLECTION);

    /// @throws IllegalArgumentException if a setting is negative
    public Augmentation {
        if (padAndCrop < 0 || cutout < 0) {
            throw new IllegalArgumentException(
                    "pixels must not be negative: crop " + padAndCrop + ", cutout " + cutout);
        }
    }

    /// With borders of the mean colour.
    public Augmentation(int padAndCrop, boolean flip, int cutout) {
        this(padAndCrop, flip, cutout, Border.MEAN);
    }

    public Augmentation with(Border other) {
        return new Augmentation(padAndCrop, flip, cutout, other);
    }

    private static final String REFLECT = ":reflect";

    /// What [#parse] takes.
    public static final String FORMS =
            "none, cifar, or some of crop:PIXELS (or crop:PIXELS:reflect),flip,cutout:PIXELS";

    /// As people write it: `crop:4,flip`.
    public String text() {
        List<String> parts = new ArrayList<>();
        if (padAndCrop > 0) {
            parts.add("crop:" + padAndCrop + (border == Border.REFLECTION ? REFLECT : ""));
        }
        if (flip) {
            parts.add("flip");
        }
        if (cutout > 0) {
            parts.add("cutout:" + cutout);
        }
        return parts.isEmpty() ? "none" : String.join(",", parts);
    }

    /// Reads what [#text] writes, and `cifar` for [#CIFAR].
    ///
    /// @throws IllegalArgumentException with a one-line reason that names the forms
    public static Augmentation parse(String text) {
        if (text.equals("none")) {
            return NONE;
        }
        if (text.equals("cifar")) {
            return CIFAR;
        }
        int crop = 0;
        Border border = Border.MEAN;
        boolean flip = false;
        int cutout = 0;
        for (String part : text.split(",", -1)) {
            if (part.equals("flip")) {
                flip = true;
            } else if (part.matches("crop:\\d{1,4}(" + REFLECT + ")?")) {
                border = part.endsWith(REFLECT) ? Border.REFLECTION : Border.MEAN;
                crop = Integer.parseInt(part.substring(5).replace(REFLECT, ""));
            } else if (part.matches("cutout:\\d{1,4}")) {
                cutout = Integer.parseInt(part.substring(7));
            } else {
                throw new IllegalArgumentException(
                        "'" + text + "' is no augmentation; there are " + FORMS);
            }
        }
        return new Augmentation(crop, flip, cutout, border);
    }

    /// What happens to one image: it moves by `(-dy, -dx)` pixels, is mirrored if `flip`, and loses
    /// a square around `(cutY, cutX)`.
    public record Draw(int dy, int dx, boolean flip, int cutY, int cutX) {
        public static final Draw NONE = new Draw(0, 0, false, 0, 0);
    }

    /// What happens to an image in an epoch of a run; the same whenever it is asked.
    public Draw draw(Seeds seeds, int epoch, int index, Shape shape) {
        RandomGenerator random = Seeds.stream(seeds.of(Seeds.Purpose.AUGMENT, epoch, index));
        int dy = random.nextInt(2 * padAndCrop + 1) - padAndCrop;
        int dx = random.nextInt(2 * padAndCrop + 1) - padAndCrop;
        boolean mirrored = random.nextBoolean() && flip;
        int cutY = random.nextInt(shape.height());
        int cutX = random.nextInt(shape.width());
        return new Draw(dy, dx, mirrored, cutY, cutX);
    }
}
