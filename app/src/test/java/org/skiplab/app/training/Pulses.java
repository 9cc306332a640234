package org.skiplab.app.training;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Lets a view model look at its session again and again, as the window's beat does.
public final class Pulses {
    private Pulses() {}

    /// Only a test that would hang for ever runs into it, however busy the machine is.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// @throws AssertionError with what the transport bar says, if it does not come true
    public static void until(TrainingViewModel model, BooleanSupplier condition)
            throws InterruptedException {
        long begin = System.nanoTime();
        model.pulse(begin, true);
        while (!condition.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - begin > PATIENCE.toNanos()) {
                throw new AssertionError("not reached: " + TrainingFixture.readout(model));
            }
            Thread.sleep(2);
            model.pulse(now, true);
        }
    }
}
