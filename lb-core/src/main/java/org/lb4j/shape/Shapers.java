package org.lb4j.shape;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.lb4j.Shaper;

/**
 * What shapes the weights of a pool, in the order given to {@code ServerPool.builder().shaper(..)}; usual is reports, zone,
 * subset, slow start.
 *
 * <pre>{@code
 * ServerPool pool = ServerPool.builder()
 *     .servers(servers)
 *     .shaper(Shapers.zone("eu-1"))
 *     .shaper(Shapers.slowStart(Duration.ofSeconds(30)))
 *     .build();
 * }</pre>
 */
public final class Shapers {
    private Shapers() {}

    /**
     * Prefers the own zone, as far as that leaves all servers equally loaded when callers in all zones do the same: a zone
     * with less than its share of the servers gives the rest of its calls to zones that have more. Callers are taken to be
     * spread evenly over the zones. Does nothing below six servers, or with one zone.
     *
     * @param own where this process runs, as in {@code Server.zone()}
     * @return the shaper
     */
    public static Shaper zone(String own) {
        return new Zone(own, Map.of());
    }

    /**
     * The same, for callers that are not spread evenly.
     *
     * @param own where this process runs
     * @param callers how many callers each zone has, in any unit; one that is not named has none
     * @return the shaper
     * @throws IllegalArgumentException if a number is negative or not finite, or all are 0
     */
    public static Shaper zone(String own, Map<String, Double> callers) {
        if (callers.isEmpty()) throw new IllegalArgumentException("callers must be given for one zone at least");
        return new Zone(own, callers);
    }

    /**
     * A part of a large fleet, the same share for each of a numbered set of clients: fewer connections, and enough calls a
     * server to learn from. Even for any numbers, since servers at the edge are shared by weight. Not for hash algorithms:
     * each client would see another ring.
     *
     * @param size how many servers; 12 is a good number, below 8 one loss hurts
     * @param index which client this is, from 0
     * @param clients how many there are
     * @return the shaper
     * @throws IllegalArgumentException if a number is outside
     */
    public static Shaper subset(int size, int index, int clients) {
        return new RingSubset(size, index, clients);
    }

    /**
     * A part of a large fleet, drawn at random by each client: needs no numbers, is less even, and changes by one server at
     * most when one comes or goes. Not for hash algorithms.
     *
     * @param size how many servers; 12 is a good number, below 8 one loss hurts
     * @return the shaper
     * @throws IllegalArgumentException if size is below 1
     */
    public static Shaper subset(int size) {
        return subset(size, ThreadLocalRandom.current().nextLong());
    }

    /**
     * The same, with dice that can be thrown again: one seed draws one part.
     *
     * @param size how many servers
     * @param seed another one for each client
     * @return the shaper
     * @throws IllegalArgumentException if size is below 1
     */
    public static Shaper subset(int size, long seed) {
        return new RandomSubset(size, seed);
    }

    /**
     * Ramps a server up that joined or came back, over half a minute: from a tenth of its weight to all of it.
     *
     * @return the shaper
     */
    public static Shaper slowStart() {
        return slowStart(Duration.ofSeconds(30));
    }

    /**
     * The same, over a window.
     *
     * @param window how long the ramp is
     * @return the shaper
     * @throws IllegalArgumentException if the window is not above 0
     */
    public static Shaper slowStart(Duration window) {
        return slowStart(window, 1);
    }

    /**
     * The same; after time t a server has {@code max(0.1, (t / window)^(1 / aggression))} of its weight. Not at the start of
     * the pool, and not while most of the pool's weight is new.
     *
     * @param window how long the ramp is
     * @param aggression 1: a straight line; above: quick at first; below: slow at first
     * @return the shaper
     * @throws IllegalArgumentException if either is not above 0
     */
    public static Shaper slowStart(Duration window, double aggression) {
        return new SlowStart(window, aggression);
    }

    /**
     * Weights from what servers report of their load ({@code Lease.report}): calls a second by utilisation. Believed ten
     * seconds after a server's first report, for three minutes after its last.
     *
     * @return the shaper
     */
    public static Shaper reports() {
        return reports(1);
    }

    /**
     * The same, where errors cost more or less.
     *
     * @param errorPenalty how much utilisation an error share of 1 counts as; 0: errors do not matter
     * @return the shaper
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public static Shaper reports(double errorPenalty) {
        return new Reports(errorPenalty);
    }
}
