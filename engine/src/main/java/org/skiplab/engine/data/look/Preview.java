package org.skiplab.engine.data.look;

import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.Preparation;
import org.skiplab.engine.graph.Seeds;

/// Training images exactly as the network gets them.
public final class Preview {
    private final DataSet data;
    private final Augmentation augmentation;
    private final Preparation preparation;
    private final Seeds seeds;

    /// @param seeds of the run to preview
    public Preview(DataSet data, Augmentation augmentation, Seeds seeds) {
        this.data = data;
        this.augmentation = augmentation;
        this.preparation = new Preparation(data.shape(), data.normalisation(), augmentation);
        this.seeds = seeds;
    }

    /// What happens to a training image in an epoch. Parts of it can be taken back to show one step
    /// at a time.
    public Augmentation.Draw draw(int index, int epoch) {
        return augmentation.draw(seeds, epoch, index, data.shape());
    }

    /// The network's input for a training image: floats, HWC.
    public float[] input(int index, Augmentation.Draw draw) {
        return input(data.train(), index, draw);
    }

    /// The network's input for an image of either set.
    public float[] input(ImageSet set, int index, Augmentation.Draw draw) {
        byte[] image = new byte[Math.toIntExact(data.shape().size())];
        set.copyImage(index, image, 0);
        float[] input = new float[image.length];
        preparation.prepare(image, draw, input);
        return input;
    }

    /// An input for people's eyes: normalisation undone, unsigned bytes, HWC.
    public byte[] shown(float[] input) {
        Normalisation normalisation = data.normalisation();
        float[] mean = normalisation.mean();
        float[] std = normalisation.std();
        byte[] shown = new byte[input.length];
        for (int p = 0; p < shown.length; p++) {
            int c = p % mean.length;
            long value = Math.round((input[p] * (double) std[c] + mean[c]) * 255);
            shown[p] = (byte) Math.clamp(value, 0, 255);
        }
        return shown;
    }
}
