package org.skiplab.app.training;

import java.util.List;
import org.skiplab.engine.probe.ActivationsByDepth;
import org.skiplab.engine.probe.DepthCourse;
import org.skiplab.engine.probe.DepthHistory;
import org.skiplab.engine.probe.GradientByDepth;
import org.skiplab.engine.train.Telemetry;

/// What is known of all depths at one moment of a run; parts that were not read are [Values#NONE].
record DepthReading(Values gradient, Values update, Values dead, Values mean, Values deviation) {

    /// One number per block.
    ///
    /// @param step that they were read at
    record Values(int step, List<String> ids, float[] of) {
        static final Values NONE = new Values(0, List.of(), new float[0]);

        boolean none() {
            return ids.isEmpty();
        }
    }

    private interface Column {
        int in(DepthHistory.View history);
    }

    /// The newest readings.
    static DepthReading newest(Telemetry t) {
        DepthReading none = at(DepthCourse.NONE, -1);
        DepthReading learning = t.gradients().map(none::with).orElse(none);
        return t.readings().activations().map(learning::with).orElse(learning);
    }

    private DepthReading with(GradientByDepth g) {
        return new DepthReading(
                new Values(g.step(), g.ids(), g.meanAbsolute()),
                new Values(g.step(), g.ids(), g.updateRatio()),
                dead,
                mean,
                deviation);
    }

    private DepthReading with(ActivationsByDepth a) {
        return new DepthReading(
                gradient,
                update,
                new Values(a.step(), a.ids(), a.dead()),
                new Values(a.step(), a.ids(), a.mean()),
                new Values(a.step(), a.ids(), a.deviation()));
    }

    /// What was read at a step.
    static DepthReading at(DepthCourse course, int step) {
        return of(course, history -> history.at(step));
    }

    /// What was read nearest to a step.
    static DepthReading near(DepthCourse course, int step) {
        return of(course, history -> history.nearest(step));
    }

    private static DepthReading of(DepthCourse course, Column column) {
        return new DepthReading(
                values(course.gradient(), column),
                values(course.update(), column),
                values(course.dead(), column),
                values(course.mean(), column),
                values(course.deviation(), column));
    }

    private static Values values(DepthHistory.View history, Column column) {
        int c = column.in(history);
        return c < 0
                ? Values.NONE
                : new Values(history.steps()[c], history.ids(), history.columns()[c]);
    }
}
