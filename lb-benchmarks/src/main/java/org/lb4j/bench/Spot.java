package org.lb4j.bench;

/**
 * Where a figure stands: what was measured, and under which conditions.
 *
 * @param who a contender, peer or floor
 * @param what the benchmark method
 * @param size servers
 * @param weights equal or skewed; empty for floors
 * @param threads at once
 */
record Spot(String who, String what, int size, String weights, int threads) {
    static Spot floor(Floor floor, int threads) {
        return new Spot(floor.method, floor.method, 10, "", threads);
    }
}
