package org.lb4j.sim;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All runs of one entrant in one scenario, and what is made of them.
 *
 * @param results one a seed
 * @param regrets p99 over that of the omniscient line, one a seed
 */
record Cell(List<Result> results, List<Double> regrets) {
    static Cell of(List<Result> results, List<Result> limit) {
        double[] regrets = new double[results.size()];
        for (int i = 0; i < regrets.length; i++)
            regrets[i] = results.get(i).latencies().judged()
                    / limit.get(i).latencies().judged();
        return new Cell(results, Arrays.stream(regrets).boxed().toList());
    }

    /** The score in this scenario. */
    double regret() {
        return geometric(regrets);
    }

    double mean(ToDoubleFunction<Result> figure) {
        return results.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    /** The middle one, so that one odd seed decides nothing. */
    double median(ToDoubleFunction<Result> figure) {
        double[] sorted = results.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    static double geometric(List<Double> values) {
        double sum = 0;
        for (double value : values) sum += StrictMath.log(value);
        return StrictMath.exp(sum / values.size());
    }
}
