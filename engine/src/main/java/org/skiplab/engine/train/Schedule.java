package org.skiplab.engine.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// How the learning rate develops: a factor on the optimiser's rate, as a function of progress
/// through the run. Lengths are shares of the run, so that a shorter run goes through the same
/// phases; only a warm-up is as many epochs long as it says.
public sealed interface Schedule {

    /// What [#parse] takes.
    String FORMS =
            "constant, steps:0.1@0.5,0.75, cosine[:END], one-cycle[:START,END,RISE], each after"
                    + " warmup:EPOCHS[:START[:flat]]+ if wanted";

    /// @param epoch epochs done, with fraction, from 0
    /// @param epochs length of the run
    double factor(double epoch, int epochs);

    /// As people write it, see [#parse].
    String text();

    record Constant() implements Schedule {
        @Override
        public double factor(double epoch, int epochs) {
            return 1;
        }

        @Override
        public String text() {
            return "constant";
        }
    }

    /// Times `factor` at each milestone, a share of the run in (0, 1): the papers divide by 10 at
    /// 50 % and 75 %.
    record Steps(double factor, List<Double> milestones) implements Schedule {

        /// The residual and dense papers'.
        public static final Steps PAPER = new Steps(0.1, List.of(0.5, 0.75));

        public Steps {
            milestones = List.copyOf(milestones);
            check(factor > 0 && Double.isFinite(factor), "a step's factor must be positive");
            double before = 0;
            for (double m : milestones) {
                check(m > before && m < 1, "steps are at rising shares of the run between 0 and 1");
                before = m;
            }
        }

        @Override
        public double factor(double epoch, int epochs) {
            double f = 1;
            for (int i = 0; i < milestones.size(); i++) {
                if (epoch >= milestones.get(i) * epochs - 1e-9) {
                    f *= factor;
                }
            }
            return f;
        }

        @Override
        public String text() {
            return "steps:"
                    + number(factor)
                    + "@"
                    + milestones.stream().map(Schedule::number).collect(Collectors.joining(","));
        }
    }

    /// Half a cosine from 1 to `end` (Loshchilov & Hutter 2017, without restarts).
    record Cosine(double end) implements Schedule {
        public Cosine {
            check(end >= 0 && end <= 1, "a cosine ends between 0 and 1");
        }

        @Override
        public double factor(double epoch, int epochs) {
            double t = Math.min(1, epoch / epochs);
            return end + (1 - end) * (1 + Math.cos(Math.PI * t)) / 2;
        }

        @Override
        public String text() {
            return end == 0 ? "cosine" : "cosine:" + number(end);
        }
    }

    /// Cosine up from `start` to 1 over the first `rise` of the run, then down to `end`:
    /// `torch.optim.lr_scheduler.OneCycleLR` (Smith 2018) with the momentum left alone.
    record OneCycle(double start, double end, double rise) implements Schedule {

        /// PyTorch's: from 1/25 of the rate up over 30 % of the run, down to 1/250,000.
        public static final OneCycle DEFAULT = new OneCycle(0.04, 0.000004, 0.3);

        public OneCycle {
            check(start >= 0 && start <= 1, "one cycle starts between 0 and 1");
            check(end >= 0 && end <= 1, "one cycle ends between 0 and 1");
            check(rise > 0 && rise < 1, "one cycle rises over a share of the run between 0 and 1");
        }

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

        @Override
        public String text() {
            return equals(DEFAULT)
                    ? "one-cycle"
                    : "one-cycle:" + number(start) + "," + number(end) + "," + number(rise);
        }
    }

    /// The first `length` epochs at a smaller rate: straight up from `start` to the inner
    /// schedule's value (Goyal et al. 2017), or `flat` at `start` (He et al. 2015, section 4.2).
    record WarmUp(double length, double start, boolean flat, Schedule then) implements Schedule {

        /// @throws IllegalArgumentException with a one-line reason
        public WarmUp {
            check(length >= 0 && Double.isFinite(length), "a warm-up lasts 0 epochs or more");
            check(start > 0 && start <= 1, "a warm-up starts above 0, at most at 1");
            check(!(then instanceof WarmUp), "a warm-up cannot follow another");
        }

        @Override
        public double factor(double epoch, int epochs) {
            double f = then.factor(epoch, epochs);
            if (epoch >= length - 1e-9) {
                return f;
            }
            return flat ? start : start + (f - start) * epoch / length;
        }

        @Override
        public String text() {
            return "warmup:"
                    + number(length)
                    + ":"
                    + number(start)
                    + (flat ? ":flat+" : "+")
                    + then.text();
        }
    }

    /// The schedule without its warm-up.
    default Schedule warm() {
        return this instanceof WarmUp w ? w.then() : this;
    }

    /// Reads what [#text] writes; numbers behind a name may be left out.
    ///
    /// @throws IllegalArgumentException with a one-line reason that names the forms
    static Schedule parse(String text) {
        int plus = text.indexOf('+');
        if (text.startsWith("warmup:") && plus > 0) {
            String[] parts = text.substring(7, plus).split(":", -1);
            boolean flat = parts.length == 3 && parts[2].equals("flat");
            if (parts.length <= 2 || flat) {
                double start = parts.length > 1 ? number(parts[1], text) : 0.1;
                return new WarmUp(
                        number(parts[0], text), start, flat, parse(text.substring(plus + 1)));
            }
            throw unknown(text);
        }
        String[] parts = text.split(":", -1);
        if (parts.length > 2) {
            throw unknown(text);
        }
        String name = parts[0];
        List<Double> numbers = new ArrayList<>();
        if (parts.length == 2) {
            Arrays.stream(parts[1].split("[,@]", -1)).forEach(p -> numbers.add(number(p, text)));
        }
        return switch (name + "/" + numbers.size()) {
            case "constant/0" -> new Constant();
            case "cosine/0" -> new Cosine(0);
            case "cosine/1" -> new Cosine(numbers.getFirst());
            case "one-cycle/0" -> OneCycle.DEFAULT;
            case "one-cycle/3" -> new OneCycle(numbers.get(0), numbers.get(1), numbers.get(2));
            case "steps/0" -> Steps.PAPER;
            default -> {
                if (name.equals("steps") && numbers.size() > 1 && parts[1].indexOf('@') > 0) {
                    yield new Steps(numbers.getFirst(), numbers.subList(1, numbers.size()));
                }
                throw unknown(text);
            }
        };
    }

    private static double number(String digits, String text) {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException _) {
            throw unknown(text);
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("'" + text + "' is no schedule; there are " + FORMS);
    }

    private static void check(boolean right, String rule) {
        if (!right) {
            throw new IllegalArgumentException(rule);
        }
    }
}
