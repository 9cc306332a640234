package org.skiplab.engine.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.skiplab.engine.train.Evaluation;

/// `metrics.csv`: one line per training step, with the test columns filled where an evaluation
/// followed the step. Columns:
/// `epoch,step,train_loss,test_loss,train_accuracy,test_accuracy,images_per_second`.
///
/// Each line is flushed as it is written, so that a run that is cut off keeps what it measured.
public final class MetricsCsv implements AutoCloseable {

    private final BufferedWriter out;

    /// @throws IOException if the file cannot be created
    public MetricsCsv(Path file) throws IOException {
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        line("epoch,step,train_loss,test_loss,train_accuracy,test_accuracy,images_per_second");
    }

    /// A training step without an evaluation behind it.
    ///
    /// @param epoch the epoch the step belongs to, from 1
    /// @param step number of the step, from 1
    /// @param loss mean cross-entropy of the mini-batch, in nats
    /// @param accuracy share of right answers in the mini-batch, in [0, 1]
    /// @param imagesPerSecond NaN where it is not known
    public void step(int epoch, int step, double loss, double accuracy, double imagesPerSecond)
            throws IOException {
        line(
                String.format(
                        Locale.ROOT,
                        "%d,%d,%.6f,,%.6f,,%s",
                        epoch,
                        step,
                        loss,
                        accuracy,
                        rate(imagesPerSecond)));
    }

    /// A training step that an evaluation on the test set followed.
    public void step(
            int epoch,
            int step,
            double loss,
            double accuracy,
            double imagesPerSecond,
            Evaluation test)
            throws IOException {
        line(
                String.format(
                        Locale.ROOT,
                        "%d,%d,%.6f,%.6f,%.6f,%.6f,%s",
                        epoch,
                        step,
                        loss,
                        test.loss(),
                        accuracy,
                        test.accuracy(),
                        rate(imagesPerSecond)));
    }

    private static String rate(double imagesPerSecond) {
        return Double.isNaN(imagesPerSecond)
                ? ""
                : String.format(Locale.ROOT, "%.1f", imagesPerSecond);
    }

    private void line(String text) throws IOException {
        out.write(text);
        out.write('\n');
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
