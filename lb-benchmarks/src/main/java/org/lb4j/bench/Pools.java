package org.lb4j.bench;

import java.util.ArrayList;
import java.util.List;
import org.lb4j.Lease;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.contender.Contender;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A pool in the middle of its work: every server has been measured and some calls are in flight. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls setUp first
public class Pools {
    /** The algorithm. */
    @Param
    public Contender contender;

    /** Servers to choose from. */
    @Param({"3", "10", "100", "1000", "10000"})
    public int size;

    /** {@code equal} or {@code skewed}. */
    @Param({"equal", "skewed"})
    public String weights;

    private List<Server> servers = List.of();
    private ServerPool pool;
    private Selector selector;
    private final List<Lease> inFlight = new ArrayList<>();

    /** Makes the pool; of three calls two end, and one stays in flight. */
    @Setup
    public void setUp() {
        servers = weights.equals("equal") ? Servers.equal(size) : Servers.skewed(size);
        pool = ServerPool.of(servers);
        selector = pool.selector(contender.algorithm());
        for (int i = 0; i < 3 * size; i++) {
            Lease lease = selector.acquire();
            if (i % 3 == 0) inFlight.add(lease);
            else lease.success();
        }
    }

    List<Server> servers() {
        return servers;
    }

    ServerPool pool() {
        return pool;
    }

    Selector selector() {
        return selector;
    }
}
