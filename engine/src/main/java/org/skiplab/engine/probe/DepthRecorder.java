package org.skiplab.engine.probe;

import java.util.Arrays;
import java.util.List;

/// Keeps a [DepthCourse] in bounded memory. One thread appends; views are immutable.
public final class DepthRecorder {

    private final List<String> blocks;
    private final DepthHistory gradient;
    private final DepthHistory update;
    private final DepthHistory dead;
    private final DepthHistory mean;
    private final DepthHistory deviation;

    /// @param learning blocks with weights, input first
    /// @param blocks all blocks, input first
    public DepthRecorder(List<String> learning, List<String> blocks) {
        this.blocks = List.copyOf(blocks);
        gradient = new DepthHistory(learning);
        update = new DepthHistory(learning);
        dead = new DepthHistory(blocks);
        mean = new DepthHistory(blocks);
        deviation = new DepthHistory(blocks);
    }

    public void append(GradientByDepth reading) {
        gradient.append(reading.step(), reading.meanAbsolute());
        update.append(reading.step(), reading.updateRatio());
    }

    public void append(ActivationsByDepth reading) {
        dead.append(reading.step(), ofAll(reading.ids(), reading.dead()));
        mean.append(reading.step(), ofAll(reading.ids(), reading.mean()));
        deviation.append(reading.step(), ofAll(reading.ids(), reading.deviation()));
    }

    /// A block that did not run was not read.
    private float[] ofAll(List<String> ids, float[] values) {
        float[] all = new float[blocks.size()];
        Arrays.fill(all, Float.NaN);
        for (int i = 0; i < values.length; i++) {
            int place = blocks.indexOf(ids.get(i));
            if (place >= 0) {
                all[place] = values[i];
            }
        }
        return all;
    }

    /// Goes on behind what had been read before, of blocks that are the same.
    public void append(DepthCourse before) {
        gradient.append(before.gradient());
        update.append(before.update());
        dead.append(before.dead());
        mean.append(before.mean());
        deviation.append(before.deviation());
    }

    public DepthCourse course() {
        return new DepthCourse(
                gradient.view(), update.view(), dead.view(), mean.view(), deviation.view());
    }
}
