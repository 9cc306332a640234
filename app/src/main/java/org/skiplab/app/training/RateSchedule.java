package org.skiplab.app.training;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skiplab.engine.train.Schedule;

/// The learning rate schedules on offer.
enum RateSchedule {
    CONSTANT("constant", new Schedule.Constant()),
    /// The residual, wide and dense papers' choice.
    STEPS("÷ 10 at 50 % and 75 %", new Schedule.Steps(0.1, List.of(0.5, 0.75))),
    COSINE("cosine to 0", new Schedule.Cosine(0)),
    ONE_CYCLE("one cycle", Schedule.OneCycle.DEFAULT);

    private final String title;
    private final Schedule schedule;

    RateSchedule(String title, Schedule schedule) {
        this.title = title;
        this.schedule = schedule;
    }

    Schedule schedule() {
        return schedule;
    }

    static Optional<RateSchedule> of(Schedule schedule) {
        return Arrays.stream(values()).filter(s -> s.schedule.equals(schedule)).findFirst();
    }

    @Override
    public String toString() {
        return title;
    }
}
