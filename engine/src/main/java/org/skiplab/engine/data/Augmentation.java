package org.skiplab.engine.data;

import java.util.random.RandomGenerator;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Shape;

/// Random changes to a training image that keep its class.
///
/// @param padAndCrop pixels of border added on every side before a crop of the old size at a random
///   place; 0 is off. The border is the mean colour (zero after normalisation; He et al. 2015,
///   section 4.2).
/// @param flip mirrors left and right with probability 1/2
/// @param cutout side in pixels of a square set to the mean colour, centred anywhere in the image
///   and clipped at its edge (DeVries & Taylor 2017); 0 is off
public record Augmentation(int padAndCrop, boolean flip, int cutout) {

    public static final Augmentation NONE = new Augmentation(0, false, 0);

    /// The papers' CIFAR recipe ("C10+"): 4 pixels, and flip.
    public static final Augmentation CIFAR = new Augmentation(4, true, 0);

    /// @throws IllegalArgumentException if a setting is negative
    public Augmentation {
        if (padAndCrop < 0 || cutout < 0) {
            throw new IllegalArgumentException(
                    "pixels must not be negative: crop " + padAndCrop + ", cutout " + cutout);
        }
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
