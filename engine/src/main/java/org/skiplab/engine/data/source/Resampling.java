package org.skiplab.engine.data.source;

/// Brings a picture to a square with a triangle filter that widens when it shrinks the picture (the
/// antialiased bilinear filter of PIL and torchvision). Holds one row of the picture at a time.
final class Resampling {
    private final PixelRows picture;
    private final int size;
    private final Axis vertical;
    private final Axis horizontal;

    Resampling(PixelRows picture, int size, PictureReader.Fit fit) {
        this.picture = picture;
        this.size = size;
        double scaleY = (double) picture.height() / size;
        double scaleX = (double) picture.width() / size;
        double scale = Math.min(scaleY, scaleX);
        boolean crop = fit == PictureReader.Fit.CROP;
        vertical = new Axis(picture.height(), size, crop ? scale : scaleY);
        horizontal = new Axis(picture.width(), size, crop ? scale : scaleX);
    }

    /// Weights of source pixels for every target pixel along one side.
    private static final class Axis {
        private final int[] first;
        private final float[][] weights;

        /// @param scale source pixels per target pixel; what the target does not cover is cut
        ///   evenly
        private Axis(int source, int target, double scale) {
            first = new int[target];
            weights = new float[target][];
            double start = (source - target * scale) / 2;
            double support = Math.max(1, scale);
            for (int t = 0; t < target; t++) {
                double centre = start + (t + 0.5) * scale;
                int from = Math.clamp((long) Math.floor(centre - support + 0.5), 0, source - 1);
                int to = Math.clamp((long) Math.floor(centre + support + 0.5), from + 1, source);
                first[t] = from;
                weights[t] = weights(from, to, centre, support);
            }
        }

        private static float[] weights(int from, int to, double centre, double support) {
            double[] weights = new double[to - from];
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                double distance = Math.abs(from + i + 0.5 - centre);
                // Never all zero: a lone pixel at the very edge of the support still counts.
                weights[i] = Math.max(1e-9, 1 - distance / support);
                sum += weights[i];
            }
            float[] shares = new float[weights.length];
            for (int i = 0; i < shares.length; i++) {
                shares[i] = (float) (weights[i] / sum);
            }
            return shares;
        }

        private int end(int target) {
            return first[target] + weights[target].length;
        }
    }

    /// `size x size x channels` bytes, HWC.
    byte[] bytes() {
        int channels = picture.channels();
        float[][] sums = new float[size][size * channels];
        float[] row = new float[picture.width() * channels];
        float[] narrow = new float[size * channels];
        int from = 0;
        for (int y = vertical.first[0]; y < vertical.end(size - 1); y++) {
            picture.read(y, row);
            narrow(row, narrow);
            while (vertical.end(from) <= y) {
                from++;
            }
            for (int t = from; t < size && vertical.first[t] <= y; t++) {
                if (y < vertical.end(t)) {
                    float weight = vertical.weights[t][y - vertical.first[t]];
                    for (int i = 0; i < narrow.length; i++) {
                        sums[t][i] += weight * narrow[i];
                    }
                }
            }
        }
        byte[] bytes = new byte[size * size * channels];
        for (int i = 0; i < bytes.length; i++) {
            float value = sums[i / narrow.length][i % narrow.length];
            bytes[i] = (byte) Math.clamp(Math.round(value), 0, 255);
        }
        return bytes;
    }

    private void narrow(float[] row, float[] target) {
        int channels = picture.channels();
        for (int t = 0; t < size; t++) {
            float[] weights = horizontal.weights[t];
            for (int c = 0; c < channels; c++) {
                float sum = 0;
                int at = horizontal.first[t] * channels + c;
                for (float weight : weights) {
                    sum += weight * row[at];
                    at += channels;
                }
                target[t * channels + c] = sum;
            }
        }
    }
}
