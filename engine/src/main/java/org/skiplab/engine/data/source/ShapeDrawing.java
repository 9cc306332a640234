package org.skiplab.engine.data.source;

import java.util.random.RandomGenerator;

/// One image of a figure: everything about it is drawn from a stream of random numbers, within
/// limits that widen with the difficulty. Integers only.
final class ShapeDrawing {
    private static final int SIDE = Figure.SIDE;

    /// Sub-pixels along a side; lengths are counted in them.
    private static final int FINE = 6;

    private static final int[] SAMPLES = {1, 3, 5};

    /// Sines of 0 to 359 degrees, times 2^14. StrictMath gives the same bits everywhere.
    private static final int[] SINES = sines();

    private final Figure figure;
    private final int difficulty;
    private final RandomGenerator random;

    ShapeDrawing(Figure figure, int difficulty, RandomGenerator random) {
        this.figure = figure;
        this.difficulty = difficulty;
        this.random = random;
    }

    private static int[] sines() {
        int[] sines = new int[360];
        for (int degree = 0; degree < 360; degree++) {
            double sine = StrictMath.sin(StrictMath.toRadians(degree));
            sines[degree] = (int) StrictMath.rint(sine * (1 << 14));
        }
        return sines;
    }

    void draw(byte[] target, int offset) {
        int[] ground = colour();
        int[] ink = contrasting(ground);
        int[][] pixels = ground(ground);
        for (int i = 0; i < difficulty / 2; i++) {
            clutter(pixels);
        }
        figure(pixels, ink);
        noise(pixels, target, offset);
    }

    private int[] colour() {
        return new int[] {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
    }

    private int[] contrasting(int[] other) {
        int least = 300 - 22 * difficulty;
        while (true) {
            int[] colour = colour();
            int difference = 0;
            for (int c = 0; c < 3; c++) {
                difference += Math.abs(colour[c] - other[c]);
            }
            if (difference >= least) {
                return colour;
            }
        }
    }

    /// A colour that changes linearly across the image.
    private int[][] ground(int[] colour) {
        int most = 6 * difficulty;
        int[][] pixels = new int[3][SIDE * SIDE];
        for (int c = 0; c < 3; c++) {
            int acrossX = between(-most, most);
            int acrossY = between(-most, most);
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    int change = acrossX * (2 * x - SIDE + 1) + acrossY * (2 * y - SIDE + 1);
                    pixels[c][y * SIDE + x] = colour[c] + change / (2 * SIDE);
                }
            }
        }
        return pixels;
    }

    /// A small disc in any colour, anywhere.
    private void clutter(int[][] pixels) {
        int[] colour = colour();
        int radius = between(2, 3);
        int centreX = random.nextInt(SIDE);
        int centreY = random.nextInt(SIDE);
        for (int y = Math.max(0, centreY - radius);
                y <= Math.min(SIDE - 1, centreY + radius);
                y++) {
            for (int x = Math.max(0, centreX - radius);
                    x <= Math.min(SIDE - 1, centreX + radius);
                    x++) {
                int dx = x - centreX;
                int dy = y - centreY;
                if (dx * dx + dy * dy <= radius * radius) {
                    for (int c = 0; c < 3; c++) {
                        pixels[c][y * SIDE + x] = colour[c];
                    }
                }
            }
        }
    }

    private void figure(int[][] pixels, int[] ink) {
        int radius = between(FINE * (11 * 2 - difficulty) / 2, FINE * 13);
        int jitter = FINE * difficulty / 2;
        int centreX = SIDE * FINE / 2 + between(-jitter, jitter);
        int centreY = SIDE * FINE / 2 + between(-jitter, jitter);
        int degrees = Math.floorMod(between(-18 * difficulty, 18 * difficulty), 360);
        int sine = SINES[degrees];
        int cosine = SINES[(degrees + 90) % 360];
        // From sub-pixels to the figure's units: times 256 / radius, by 16 binary places.
        int scale = (256 << 16) / radius;
        int across = (int) ((long) cosine * scale >> 14);
        int down = (int) ((long) sine * scale >> 14);
        int reach = radius * Figure.REACH / 256 + FINE;
        for (int y = 0; y < SIDE; y++) {
            int dy = y * FINE - centreY;
            for (int x = 0; x < SIDE; x++) {
                int dx = x * FINE - centreX;
                if (dx * dx + dy * dy > reach * reach) {
                    continue;
                }
                int hits = 0;
                for (int sampleY : SAMPLES) {
                    for (int sampleX : SAMPLES) {
                        int atX = dx + sampleX;
                        int atY = dy + sampleY;
                        int u = atX * across + atY * down >> 16;
                        int v = atY * across - atX * down >> 16;
                        hits += figure.contains(u, v) ? 1 : 0;
                    }
                }
                if (hits > 0) {
                    for (int c = 0; c < 3; c++) {
                        int under = pixels[c][y * SIDE + x];
                        pixels[c][y * SIDE + x] = under + (ink[c] - under) * hits / 9;
                    }
                }
            }
        }
    }

    /// Adds the sum of two even draws to every value.
    private void noise(int[][] pixels, byte[] target, int offset) {
        int range = 6 * difficulty + 1;
        for (int p = 0; p < SIDE * SIDE; p++) {
            long bits = random.nextLong();
            for (int c = 0; c < 3; c++, bits >>>= 16) {
                int first = (int) (bits & 0xFF) * range >> 8;
                int second = (int) (bits >> 8 & 0xFF) * range >> 8;
                int value = pixels[c][p] + first + second - (range - 1);
                target[offset + 3 * p + c] = (byte) Math.clamp(value, 0, 255);
            }
        }
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
