package org.lb4j.bench;

import static org.lb4j.bench.Floor.CLOCK;
import static org.lb4j.bench.Floor.HASH_LOOKUP;
import static org.lb4j.bench.Floor.RANDOM_INDEX;
import static org.lb4j.bench.Floor.SHARED_COUNTER;
import static org.lb4j.bench.Floor.TWO_READS;
import static org.lb4j.bench.Floor.UP_AND_DOWN;

import java.util.List;
import org.lb4j.contender.Contender;

/**
 * One row of the comparison: an algorithm under some conditions, what it is held against, and what it should reach.
 *
 * @param contender ours
 * @param what {@code next}, {@code nextByKey} or {@code call}
 * @param size servers
 * @param weights equal or skewed
 * @param threads at once
 * @param floor what is added up for the floor
 * @param ofFloor how many times the floor it may cost; NaN: the floor is no measure here
 * @param ofPeers how many times the fastest peer it may cost; NaN: no goal
 */
record Goal(
        Contender contender,
        String what,
        int size,
        String weights,
        int threads,
        List<Floor> floor,
        double ofFloor,
        double ofPeers) {
    private static final double NONE = Double.NaN;

    Spot spot() {
        return new Spot(contender.id(), what, size, weights, threads);
    }

    /** Whether peers are measured for it; in a quick run with several threads only if its goal is about them. */
    boolean wantsPeers(boolean quick) {
        return !quick || threads == 1 || !Double.isNaN(ofPeers);
    }

    /** All rows: the table "what to reach" of the design, and the plain picks beside it. */
    static List<Goal> all() {
        return List.of(
                pick(Contender.ROUND_ROBIN, 10, "equal", 1, SHARED_COUNTER, NONE, 1.1),
                pick(Contender.ROUND_ROBIN, 10, "equal", 2, SHARED_COUNTER, NONE, 1.0 / 3),
                pick(Contender.ROUND_ROBIN, 10, "skewed", 1, SHARED_COUNTER, NONE, NONE),
                pick(Contender.ROUND_ROBIN, 10, "skewed", 2, SHARED_COUNTER, NONE, NONE),
                pick(Contender.RANDOM, 10, "equal", 1, RANDOM_INDEX, 1.3, NONE),
                pick(Contender.RANDOM, 10, "equal", 2, RANDOM_INDEX, 1.3, NONE),
                pick(Contender.RANDOM, 10, "skewed", 1, RANDOM_INDEX, 2, NONE),
                pick(Contender.POWER_OF_TWO, 10, "equal", 1, TWO_READS, 1.3, NONE),
                pick(Contender.POWER_OF_TWO, 10, "equal", 2, TWO_READS, 1.3, NONE),
                call(Contender.POWER_OF_TWO, 10, 1, List.of(UP_AND_DOWN, UP_AND_DOWN, CLOCK), 1),
                call(Contender.POWER_OF_TWO, 10, 2, List.of(UP_AND_DOWN, UP_AND_DOWN, CLOCK), NONE),
                pick(Contender.LEAST_CONNECTIONS, 100, "equal", 1, RANDOM_INDEX, NONE, 1.0 / 3),
                call(Contender.LEAST_CONNECTIONS, 100, 1, List.of(UP_AND_DOWN, UP_AND_DOWN, CLOCK), NONE),
                pick(Contender.LEAST_RESPONSE_TIME, 10, "equal", 1, CLOCK, NONE, NONE),
                call(Contender.PEAK_EWMA, 10, 1, List.of(CLOCK, CLOCK), 1.6),
                call(Contender.PEAK_EWMA, 10, 2, List.of(CLOCK, CLOCK), NONE),
                pick(Contender.ADAPTIVE, 10, "equal", 1, CLOCK, NONE, NONE),
                pick(Contender.ADAPTIVE, 100, "equal", 1, CLOCK, NONE, NONE),
                call(Contender.ADAPTIVE, 10, 1, List.of(CLOCK, CLOCK), NONE),
                byKey(Contender.MAGLEV, 1.5),
                byKey(Contender.RING_HASH, NONE),
                byKey(Contender.RENDEZVOUS, NONE),
                byKey(Contender.JUMP, NONE),
                byKey(Contender.MODULO_HASH, NONE));
    }

    private static Goal pick(
            Contender contender, int size, String weights, int threads, Floor floor, double ofFloor, double ofPeers) {
        return new Goal(contender, "next", size, weights, threads, List.of(floor), ofFloor, ofPeers);
    }

    private static Goal call(Contender contender, int size, int threads, List<Floor> floor, double ofFloor) {
        return new Goal(contender, "call", size, "equal", threads, floor, ofFloor, NONE);
    }

    private static Goal byKey(Contender contender, double ofFloor) {
        return new Goal(contender, "nextByKey", 10, "equal", 1, List.of(HASH_LOOKUP), ofFloor, NONE);
    }
}
