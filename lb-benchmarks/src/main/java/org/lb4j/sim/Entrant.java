package org.lb4j.sim;

/** Whoever takes part in a simulation: an algorithm of ours, a reference contender, or the omniscient queue. */
interface Entrant {
    String id();

    /** How calls find a server in one run. */
    Route route(Scenario scenario, long seed, Events events, Machines machines);
}
