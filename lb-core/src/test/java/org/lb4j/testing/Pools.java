package org.lb4j.testing;

import java.util.Arrays;
import org.lb4j.Hold;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/**
 * Pools in one line. Seeded, so that the same calls give the same picks.
 *
 * <pre>{@code
 * ServerPool pool = Pools.of("a*3", "b", "c:check");
 * ServerPool strict = Pools.of(Pools.settings(ticker).panicThreshold(0), "a", "b:outlier");
 * }</pre>
 */
public final class Pools {
    /** Of every pool made here. */
    public static final long SEED = 20_260_101L;

    private Pools() {}

    /**
     * A pool with a clock that stands still.
     *
     * @param members as {@link Servers} says
     * @return the pool
     */
    public static ServerPool of(String... members) {
        return of(new ManualTicker(), members);
    }

    /**
     * A pool with a clock of your own.
     *
     * @param ticker its clock
     * @param members as {@link Servers} says
     * @return the pool
     */
    public static ServerPool of(ManualTicker ticker, String... members) {
        return of(settings(ticker), members);
    }

    /**
     * A pool with settings of your own.
     *
     * @param settings all but the members
     * @param members as {@link Servers} says
     * @return the pool
     */
    public static ServerPool of(ServerPool.Builder settings, String... members) {
        ServerPool pool = settings.servers(Servers.list(members)).build();
        pool.change(edits -> Arrays.stream(members).forEach(each -> {
            Hold hold = Servers.hold(each);
            Server server = Servers.of(each);
            if (hold != null) edits.hold(server.id(), hold);
        }));
        return pool;
    }

    /**
     * The settings of every pool made here, to add others to.
     *
     * @param ticker its clock
     * @return a builder with that clock and {@link #SEED}
     */
    public static ServerPool.Builder settings(ManualTicker ticker) {
        return ServerPool.builder().ticker(ticker).seed(SEED);
    }
}
