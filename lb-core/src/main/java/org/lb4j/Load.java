package org.lb4j;

import java.util.EnumSet;
import java.util.Set;

/**
 * What "less loaded" means, apart from who compares. A pure read: two reads at one instant agree.
 *
 * <pre>{@code
 * Load calmest = (member, now) -> member.peakLatency(now);
 * Selector picky = pool.selector(Algorithms.powerOf(3, calmest));
 * }</pre>
 */
@FunctionalInterface
public interface Load {
    /**
     * The cost of one more call on a member.
     *
     * @param member whose
     * @param now the pool's ticker
     * @return 0 or more, lower is better; NaN: unknown, which counts as the mean of the known ones
     */
    double of(Member member, long now);

    /**
     * The same, for a member that should carry more or less than the others. Divided by the weight unless overridden: a
     * load that contains a latency weighs its calls in flight instead, or equal servers of unequal weight would be asked to
     * differ in speed.
     *
     * @param member whose
     * @param weight its weight, in units of the mean weight of the roster
     * @param now the pool's ticker
     * @return lower is better; NaN: unknown
     */
    default double of(Member member, double weight, long now) {
        return of(member, now) / weight;
    }

    /**
     * What must be measured for this load. One that needs nothing is also given no time under {@link Selector#next()}.
     *
     * @return all of them unless overridden
     */
    default Set<Signal> signals() {
        return EnumSet.allOf(Signal.class);
    }
}
