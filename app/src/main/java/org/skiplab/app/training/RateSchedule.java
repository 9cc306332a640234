package org.skiplab.app.training;

import java.util.List;
import org.skiplab.engine.train.Schedule;

/// The learning rate schedules on offer, and what people call them.
final class RateSchedule {

    private static final Schedule.Steps WIDE = new Schedule.Steps(0.2, List.of(0.3, 0.6, 0.8));

    /// Without warm-up.
    static final List<Schedule> OFFERED =
            List.of(
                    new Schedule.Constant(),
                    Schedule.Steps.PAPER,
                    WIDE,
                    new Schedule.Cosine(0),
                    Schedule.OneCycle.DEFAULT);

    private RateSchedule() {}

    static String title(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Constant _ -> "constant";
            case Schedule.Steps s when s.equals(Schedule.Steps.PAPER) -> "÷ 10 at 50 % and 75 %";
            case Schedule.Steps s when s.equals(WIDE) -> "÷ 5 at 30, 60 and 80 %";
            case Schedule.Cosine c when c.end() == 0 -> "cosine to 0";
            case Schedule.OneCycle c when c.equals(Schedule.OneCycle.DEFAULT) -> "one cycle";
            default -> schedule.text();
        };
    }
}
