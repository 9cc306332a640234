package org.skiplab.engine.probe;

import java.util.List;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.nn.Plan;

/// What one layer makes of one test image, in evaluation mode.
///
/// @param layer in the expanded network, `stage1_block1.conv1`
/// @param layers all layers of the same block, in order
/// @param step steps of training that the network had had
/// @param height of a map
/// @param width of a map
/// @param maps `maps[channel][y · width + x]`
/// @param prediction what the network says of the image
public record FeatureMaps(
        String layer,
        List<String> layers,
        int step,
        int height,
        int width,
        float[][] maps,
        Prediction prediction) {

    public FeatureMaps {
        layers = List.copyOf(layers);
    }

    /// Asks for the maps of a block's layer.
    ///
    /// @param block on the canvas
    /// @param layer one of its layers; another or an empty name means the block's output
    /// @param image index in the test set
    public static Probe<FeatureMaps> of(String block, String layer, int image) {
        return subject -> {
            Examination examination = subject.single();
            float[] p = examination.probabilities(image)[0];
            List<Plan.Activation> own =
                    examination.activations().stream()
                            .filter(a -> a.block().equals(block))
                            .toList();
            if (own.isEmpty()) {
                throw new IllegalArgumentException("'" + block + "' has no layer that runs");
            }
            Plan.Activation chosen =
                    own.stream()
                            .filter(a -> a.layer().equals(layer))
                            .findFirst()
                            .orElse(own.getLast());
            Tensor output = chosen.output();
            int channels = output.channels();
            int places = Math.toIntExact(output.rows());
            float[] all = new float[places * channels];
            output.copyRows(0, places, all);
            float[][] maps = new float[channels][places];
            for (int i = 0; i < all.length; i++) {
                maps[i % channels][i / channels] = all[i];
            }
            return new FeatureMaps(
                    chosen.layer(),
                    own.stream().map(Plan.Activation::layer).toList(),
                    subject.step(),
                    output.height(),
                    output.width(),
                    maps,
                    new Prediction(image, subject.data().test().label(image), subject.step(), p));
        };
    }
}
