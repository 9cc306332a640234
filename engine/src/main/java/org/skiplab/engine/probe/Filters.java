package org.skiplab.engine.probe;

import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.nn.Parameter;

/// The kernels of the first convolution, which look at the image itself.
///
/// @param layer in the expanded network
/// @param step steps of training that the network had had
/// @param channels of the image
/// @param height of a kernel
/// @param width of a kernel
/// @param weights `weights[filter][(c · height + y) · width + x]`
public record Filters(
        String layer, int step, int channels, int height, int width, float[][] weights) {

    /// Asks for the first convolution's kernels.
    public static Probe<Filters> first() {
        return subject -> {
            Parameter first =
                    subject.parameters().all().stream()
                            .filter(p -> p.value().shape().length == 4)
                            .findFirst()
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "this network has no convolution"));
            String layer = first.layer();
            Tensor weight = first.value();
            long[] shape = weight.shape();
            float[] all = weight.toFloats();
            int size = all.length / (int) shape[0];
            float[][] weights = new float[(int) shape[0]][size];
            for (int i = 0; i < all.length; i++) {
                weights[i / size][i % size] = all[i];
            }
            return new Filters(
                    layer, subject.step(), (int) shape[1], (int) shape[2], (int) shape[3], weights);
        };
    }
}
