package org.lb4j.sim;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the algorithms are measured against: the limit, and the rules of others as they are published. */
enum Reference implements Entrant {
    OMNISCIENT("omniscient", null),
    P2C_LEAST("ref-p2c-least", P2cLeast::new),
    PEAK_EWMA("ref-peak-ewma", FinaglePeakEwma::new),
    PREQUAL("ref-prequal", Prequal::new),
    C3_RANKING("ref-c3", C3::new),
    LEAST_SCAN("ref-least-scan-index-ties", LeastScanIndexTies::new),
    REPORTED_WRR("ref-wrr", Wrr::new);

    private final String id;
    private final @Nullable Function<Seat, Client> maker;

    Reference(String id, @Nullable Function<Seat, Client> maker) {
        this.id = id;
        this.maker = maker;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Route route(Scenario scenario, long seed, Events events, Machines machines) {
        return maker == null
                ? new Omniscient(scenario, events, machines)
                : new ClientRoute(scenario, seed, events, machines, maker);
    }
}
