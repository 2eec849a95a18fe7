package org.lb4j.sim;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the report watches: the traffic of some servers while something is wrong with them.
 *
 * @param text what it is
 * @param servers which
 * @param from seconds
 * @param to seconds; the end of the run if it stays so
 * @param scored false: calls that begin meanwhile are not scored, since nobody could have saved them
 */
record Fault(String text, Set<Integer> servers, double from, double to, boolean scored) {
    /** In order: sums over a set in any other order would differ in the last bit from run to run. */
    Fault {
        servers = Collections.unmodifiableSet(new TreeSet<>(servers));
    }

    boolean at(long nanos) {
        return nanos >= from * 1e9 && nanos < to * 1e9;
    }
}
