package org.lb4j.sim;

import java.util.function.ToDoubleFunction;
import org.lb4j.report.Text;

/**
 * How much work a call is.
 *
 * @param text for people
 * @param mean nanoseconds of a server of speed 1
 * @param shape draws one
 */
record Distribution(String text, double mean, ToDoubleFunction<Dice> shape) {
    private static final double MS = 1e6;

    double draw(Dice dice) {
        return Math.max(1, shape.applyAsDouble(dice));
    }

    static Distribution constant(double ms) {
        return new Distribution("constant " + Text.number(ms) + " ms", ms * MS, dice -> ms * MS);
    }

    static Distribution exponential(double ms) {
        return new Distribution(
                "exponential, mean " + Text.number(ms) + " ms", ms * MS, dice -> ms * MS * dice.exponential());
    }

    static Distribution uniform(double ms) {
        return new Distribution(
                "uniform up to " + Text.number(ms) + " ms", ms * MS / 2, dice -> ms * MS * dice.uniform());
    }

    /** Negative draws count as no work. */
    static Distribution normal(double ms, double deviation) {
        return new Distribution(
                "normal (" + Text.number(ms) + ", " + Text.number(deviation) + ") ms",
                ms * MS,
                dice -> (ms + deviation * dice.gaussian()) * MS);
    }

    /** Lognormal with a coefficient of variation: 4 is a heavy tail. */
    static Distribution lognormal(double ms, double variation) {
        double variance = StrictMath.log(1 + variation * variation);
        double location = StrictMath.log(ms * MS) - variance / 2;
        double sigma = StrictMath.sqrt(variance);
        return new Distribution(
                "lognormal, mean " + Text.number(ms) + " ms, cv " + Text.number(variation),
                ms * MS,
                dice -> StrictMath.exp(location + sigma * dice.gaussian()));
    }
}
