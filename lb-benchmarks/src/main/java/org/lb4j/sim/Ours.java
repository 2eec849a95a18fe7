package org.lb4j.sim;

import org.lb4j.Algorithm;
import org.lb4j.contender.Contender;

/**
 * An algorithm of the library in a simulation.
 *
 * @param id its name
 * @param algorithm the production one
 */
record Ours(String id, Algorithm algorithm) implements Entrant {
    static Ours of(Contender contender) {
        return new Ours(contender.id(), contender.algorithm());
    }

    @Override
    public Route route(Scenario scenario, long seed, Events events, Machines machines) {
        return new ClientRoute(scenario, seed, events, machines, seat -> new PoolClient(seat, algorithm));
    }
}
