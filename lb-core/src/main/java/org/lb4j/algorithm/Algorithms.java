package org.lb4j.algorithm;

import org.lb4j.Algorithm;
import org.lb4j.Load;
import org.lb4j.load.Loads;

/**
 * Every way to choose. If in doubt, {@link #adaptive()}.
 *
 * <pre>{@code
 * Selector users = pool.selector(Algorithms.adaptive());
 * }</pre>
 *
 * <p>All of them honour weights, holds, tiers and shapers. One algorithm value may serve any number of selectors; each
 * selector has a memory of its own.
 */
public final class Algorithms {
    private Algorithms() {}

    /**
     * In turn; with weights, each server as often as its weight says, spread as evenly as it can be: weights 5, 1, 1 give
     * a a b a c a a. Exact over a cycle. Begins anywhere, so that clients that start together do not start alike.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.roundRobin());
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm roundRobin() {
        return new Named("roundRobin()", RoundRobin::of);
    }

    /**
     * Independent draws in proportion to weight. Writes nothing, so the fastest under many threads.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.random());
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm random() {
        return new Named("random()", (roster, before) -> RandomPick.of(roster));
    }

    /**
     * The server with the fewest calls in flight by weight; ties fall by chance. Counts acquired calls only: under
     * {@code next()} alone all servers look idle.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.leastConnections());
     * String body = users.call(server -> fetch(server.resolve("/users/42")));
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm leastConnections() {
        return new Named("leastConnections()", leastLoaded(Loads.inFlight()));
    }

    /**
     * The server with the least mean latency times calls in flight.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.leastResponseTime());
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm leastResponseTime() {
        return new Named("leastResponseTime()", leastLoaded(Loads.responseTime()));
    }

    /**
     * Of two servers drawn at random the one with fewer calls in flight: nearly as good as the least of all, at a cost that
     * does not grow with the pool.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.powerOfTwo());
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm powerOfTwo() {
        return new Named("powerOfTwo()", powerOf(2, Loads.inFlight()));
    }

    /**
     * The least loaded of d servers drawn at random.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.powerOf(5, Loads.peakEwma()));
     * }</pre>
     *
     * @param d how many; at least 1, which is {@link #random()}; as many as there are or more: all
     * @param load what is compared
     * @return the algorithm
     * @throws IllegalArgumentException if d is below 1
     */
    public static Algorithm powerOf(int d, Load load) {
        if (d < 1) throw new IllegalArgumentException("d must be at least 1, was " + d);
        String name = "powerOf(" + d + ", " + given(load) + ")";
        return new Named(name, (roster, before) -> PowerOf.of(roster, d, load));
    }

    /**
     * The least loaded of all servers; ties fall by chance.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.leastLoaded(Loads.reported()));
     * }</pre>
     *
     * @param load what is compared
     * @return the algorithm
     */
    public static Algorithm leastLoaded(Load load) {
        return new Named("leastLoaded(" + given(load) + ")", (roster, before) -> new LeastLoaded(roster, load));
    }

    /**
     * Of two servers drawn at random the one with the smaller peak-sensitive latency times calls in flight. Give a selector
     * calls of one kind: latencies of different kinds of requests can not be compared.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.peakEwma());
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm peakEwma() {
        return new Named("peakEwma()", powerOf(2, Loads.peakEwma()));
    }

    /**
     * The one to take when in doubt: learns latency, sees hung calls before they answer, avoids servers that fail, honours
     * weights as far as they deserve it.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.adaptive());
     * String body = users.call(server -> fetch(server.resolve("/users/42")));
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm adaptive() {
        return new Named("adaptive()", (roster, before) -> new Adaptive(roster));
    }

    /**
     * The first server of the list that is there: active and passive. Weight matters only as zero or not.
     *
     * <pre>{@code
     * Selector primary = pool.selector(Algorithms.firstAvailable());
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm firstAvailable() {
        return new Named("firstAvailable()", (roster, before) -> new FirstAvailable(roster));
    }

    private static Load given(Load load) {
        if (load == null) throw new IllegalArgumentException("load must be given, was null");
        return load;
    }
}
