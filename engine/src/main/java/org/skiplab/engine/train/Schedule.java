package org.skiplab.engine.train;

import java.util.List;

/// How the learning rate develops: a factor on the optimiser's rate, as a function of progress
/// through the run.
public sealed interface Schedule {

    /// @param epoch epochs done, with fraction, from 0
    /// @param epochs length of the run
    double factor(double epoch, int epochs);

    record Constant() implements Schedule {
        @Override
        public double factor(double epoch, int epochs) {
            return 1;
        }
    }

    /// Times `factor` at each milestone, a share of the run in (0, 1): the papers divide by 10 at
    /// 50 % and 75 %.
    record Steps(double factor, List<Double> milestones) implements Schedule {
        public Steps {
            milestones = List.copyOf(milestones);
        }

        @Override
        public double factor(double epoch, int epochs) {
            long passed = milestones.stream().filter(m -> epoch >= m * epochs - 1e-9).count();
            return Math.pow(factor, passed);
        }
    }

    /// Half a cosine from 1 to `end` (Loshchilov & Hutter 2017, without restarts).
    record Cosine(double end) implements Schedule {
        @Override
        public double factor(double epoch, int epochs) {
            double t = Math.min(1, epoch / epochs);
            return end + (1 - end) * (1 + Math.cos(Math.PI * t)) / 2;
        }
    }

    /// Cosine up from `start` to 1 over the first `rise` of the run, then down to `end` (Smith
    /// 2018).
    record OneCycle(double start, double end, double rise) implements Schedule {
        @Override
        public double factor(double epoch, int epochs) {
            double t = Math.min(1, epoch / epochs);
            return t < rise
                    ? between(start, 1, t / rise)
                    : between(1, end, (t - rise) / (1 - rise));
        }

        private static double between(double a, double b, double t) {
            return b + (a - b) * (1 + Math.cos(Math.PI * t)) / 2;
        }
    }

    /// A straight rise from `start` to the inner schedule's value over the first `length` epochs.
    record WarmUp(double length, double start, Schedule then) implements Schedule {
        @Override
        public double factor(double epoch, int epochs) {
            double f = then.factor(epoch, epochs);
            return epoch < length ? start + (f - start) * epoch / length : f;
        }
    }
}
