package org.lb4j.sim;

import java.util.List;

/**
 * Every client hears of a new list.
 *
 * @param seconds when
 * @param servers the servers on it
 */
record FleetChange(double seconds, List<Integer> servers) {}
