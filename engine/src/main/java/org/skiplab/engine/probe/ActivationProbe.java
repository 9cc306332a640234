package org.skiplab.engine.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.nn.Plan;

/// Reads [ActivationsByDepth] from what the newest forward pass left in a plan's memory.
public final class ActivationProbe {

    /// Mean and deviation look at this many images at the most: enough for two digits, at a small
    /// part of a step's cost.
    private static final int IMAGES = 16;

    private float[] buffer = new float[0];

    /// Call between a forward pass and the next draw of the gates.
    public ActivationsByDepth read(Plan plan, int step) {
        Map<String, List<Plan.Activation>> byBlock = new LinkedHashMap<>();
        for (Plan.Activation a : plan.activations()) {
            byBlock.computeIfAbsent(a.block(), _ -> new ArrayList<>()).add(a);
        }
        int images = Math.min(IMAGES, plan.batch());
        float[] mean = new float[byBlock.size()];
        float[] deviation = new float[byBlock.size()];
        float[] dead = new float[byBlock.size()];
        int b = 0;
        for (List<Plan.Activation> block : byBlock.values()) {
            double[] moments = moments(block.getLast().output(), images);
            mean[b] = (float) moments[0];
            deviation[b] = (float) moments[1];
            dead[b++] = dead(block);
        }
        return new ActivationsByDepth(
                step, images, List.copyOf(byBlock.keySet()), mean, deviation, dead);
    }

    private double[] moments(Tensor output, int images) {
        long perImage = output.rows() / output.batch();
        double sum = 0;
        double squares = 0;
        int count = Math.toIntExact(perImage * output.channels());
        ensure(count);
        for (int n = 0; n < images; n++) {
            output.copyRows(n * perImage, (n + 1) * perImage, buffer);
            for (int i = 0; i < count; i++) {
                double v = buffer[i];
                sum += v;
                squares += v * v;
            }
        }
        double total = (double) images * count;
        double mean = sum / total;
        return new double[] {mean, Math.sqrt(Math.max(0, squares / total - mean * mean))};
    }

    private float dead(List<Plan.Activation> block) {
        int channels = 0;
        int dead = 0;
        for (Plan.Activation a : block) {
            if (a.rectified()) {
                channels += a.output().channels();
                dead += dead(a.output());
            }
        }
        return channels == 0 ? Float.NaN : (float) dead / channels;
    }

    /// Channels without a positive number. Looks no further once all have one.
    private int dead(Tensor output) {
        int channels = output.channels();
        long perImage = output.rows() / output.batch();
        ensure(Math.toIntExact(perImage * channels));
        boolean[] alive = new boolean[channels];
        int living = 0;
        for (int n = 0; n < output.batch() && living < channels; n++) {
            output.copyRows(n * perImage, (n + 1) * perImage, buffer);
            for (int row = 0; row < perImage && living < channels; row++) {
                for (int c = 0; c < channels; c++) {
                    if (!alive[c] && buffer[row * channels + c] > 0) {
                        alive[c] = true;
                        living++;
                    }
                }
            }
        }
        return channels - living;
    }

    private void ensure(int length) {
        if (buffer.length < length) {
            buffer = new float[length];
        }
    }
}
