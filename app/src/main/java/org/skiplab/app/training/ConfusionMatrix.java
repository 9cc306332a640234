package org.skiplab.app.training;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.HeatFigure.Matrix;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.train.Evaluation;

/// The answers of an evaluation as a figure shows them.
final class ConfusionMatrix {
    private ConfusionMatrix() {}

    /// Writes how many images there are of each class and answer: a line per cell.
    static void csv(Evaluation e, List<String> classNames, Appendable out) throws IOException {
        out.append("epoch,step,truth,answer,images\n");
        for (int truth = 0; truth < e.confusion().length; truth++) {
            for (int answer = 0; answer < e.confusion().length; answer++) {
                out.append(e.epoch() + "," + e.step())
                        .append(',')
                        .append(Figure.quoted(classNames.get(truth)))
                        .append(',')
                        .append(Figure.quoted(classNames.get(answer)))
                        .append(',')
                        .append(e.confusion()[truth][answer] + "\n");
            }
        }
    }

    /// Shares of each class's images, `[truth][answer]`, NaN for a class without images.
    ///
    /// @param e with its confusion
    static Matrix of(Evaluation e, List<String> classNames) {
        int classes = e.confusion().length;
        float[][] share = new float[classes][classes];
        for (int truth = 0; truth < classes; truth++) {
            int images = IntStream.of(e.confusion()[truth]).sum();
            for (int answer = 0; answer < classes; answer++) {
                share[truth][answer] =
                        images == 0 ? Float.NaN : (float) e.confusion()[truth][answer] / images;
            }
        }
        String title =
                "Test images after epoch "
                        + e.epoch()
                        + ": "
                        + Numbers.percent(e.accuracy())
                        + " right";
        return new Matrix(title, classNames, classNames, share, 0);
    }
}
