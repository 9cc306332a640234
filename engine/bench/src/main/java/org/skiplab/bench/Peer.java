package org.skiplab.bench;

import java.util.Arrays;
import java.util.Locale;

/// A library whose training step is timed: forward, backward, SGD with momentum 0.9 and weight
/// decay 5e-4 at rate 0.1, on random 32x32x3 images in 10 classes.
enum Peer {
    SKIPLAB("SkipLab"),
    DJL("DJL, libtorch"),
    DL4J("DL4J");

    static final int CLASSES = 10;
    static final int PIXELS = 32;
    static final float RATE = 0.1f;
    static final float MOMENTUM = 0.9f;
    static final float DECAY = 5e-4f;

    private static final int WARM_UP = 4;

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// One training step.
    interface Step {
        void run() throws Exception;
    }

    /// Median milliseconds of `steps` steps.
    private double measure(Model model, int batch, int steps) throws Exception {
        return switch (this) {
            case SKIPLAB -> SkipLabPeer.median(model, batch, WARM_UP, steps);
            case DJL -> DjlPeer.median(model, batch, WARM_UP, steps);
            case DL4J -> Dl4jPeer.median(model, batch, WARM_UP, steps);
        };
    }

    static double median(Step step, int warmUp, int steps) throws Exception {
        for (int i = 0; i < warmUp; i++) {
            step.run();
        }
        double[] ms = new double[steps];
        for (int i = 0; i < steps; i++) {
            long start = System.nanoTime();
            step.run();
            ms[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(ms);
        return ms[steps / 2];
    }

    /// `PEER MODEL BATCH STEPS`; the last line printed is the median in milliseconds.
    public static void main(String[] arguments) throws Exception {
        double ms =
                valueOf(arguments[0])
                        .measure(
                                Model.parse(arguments[1]),
                                Integer.parseInt(arguments[2]),
                                Integer.parseInt(arguments[3]));
        System.out.printf(Locale.ROOT, "%n%.3f%n", ms);
        System.exit(0);
    }
}
