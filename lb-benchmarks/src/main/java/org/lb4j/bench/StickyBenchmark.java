package org.lb4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lb4j.Hold;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.sticky.Settled;
import org.lb4j.sticky.StickyCookie;
import org.lb4j.sticky.StickySessions;
import org.lb4j.sticky.StickyVisit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to bring a session to its server: from the header or key to the settled visit, beside a bare pick. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StickyBenchmark {
    /** A pool, a browser's cookies, and a session at home and one that is not. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls setUp first
    public static class Sessions {
        private static final String OTHERS = "theme=dark; JSESSIONID=9F2C4E1A77B04D21; _ga=GA1.1.1234567890.1700000000";

        /** Servers to choose from. */
        @Param({"10", "100", "1000"})
        public int size;

        private Selector selector;
        private StickyCookie cookies;
        private StickySessions healthy;
        private StickySessions moved;
        private List<String> without = List.of(OTHERS);
        private List<String> with = without;
        private String away = "";
        private String atHome = "";

        /** Moves some sessions away from the first server, and one of them is looked at. */
        @Setup
        public void setUp() {
            List<Server> servers = new ArrayList<>();
            for (int i = 0; i < size; i++) servers.add(Server.of("10.0." + i / 250 + "." + i % 250 + ":80"));
            ServerPool pool = ServerPool.of(servers);
            selector = pool.selector(Algorithms.roundRobin());
            cookies = StickyCookie.builder(pool).key(new byte[32]).build();
            healthy = StickySessions.builder(pool).build();
            moved = StickySessions.builder(pool).build();
            String cookie = serve(cookies.read(without)).setCookie();
            with = List.of(OTHERS + "; " + (cookie == null ? "" : cookie.substring(0, cookie.indexOf(';'))));
            String first = servers.get(0).id();
            for (int i = 0; i < 100 * size; i++) {
                String key = "session-" + i;
                if (selector.next(healthy.visit(key).context()).id().equals(first)) away = key;
                else atHome = key;
            }
            pool.hold(first, Hold.CHECK);
            serve(moved.visit(away));
            pool.release(first, Hold.CHECK);
        }

        private Settled serve(StickyVisit visit) {
            return visit.settle(selector.next(visit.context()));
        }
    }

    /**
     * A bare pick, to compare with.
     *
     * @param sessions the pool
     * @return the choice
     */
    @Benchmark
    public Server next(Sessions sessions) {
        return sessions.selector.next();
    }

    /**
     * A request with our cookie: found among others, verified, followed.
     *
     * @param sessions the pool
     * @return a hit
     */
    @Benchmark
    public Settled cookieHit(Sessions sessions) {
        return sessions.serve(sessions.cookies.read(sessions.with));
    }

    /**
     * A request with other cookies only, up to the pick.
     *
     * @param sessions the pool
     * @return the choice
     */
    @Benchmark
    public Server cookieMiss(Sessions sessions) {
        return sessions.selector.next(sessions.cookies.read(sessions.without).context());
    }

    /**
     * The same, and a cookie is issued.
     *
     * @param sessions the pool
     * @return a new session
     */
    @Benchmark
    public Settled cookieIssued(Sessions sessions) {
        return sessions.serve(sessions.cookies.read(sessions.without));
    }

    /**
     * A key at home while no session is elsewhere: the steady state.
     *
     * @param sessions the pool
     * @return a hit
     */
    @Benchmark
    public Settled keyAtHome(Sessions sessions) {
        return sessions.serve(sessions.healthy.visit(sessions.atHome));
    }

    /**
     * A key with an entry in the table.
     *
     * @param sessions the pool
     * @return a hit
     */
    @Benchmark
    public Settled keyHit(Sessions sessions) {
        return sessions.serve(sessions.moved.visit(sessions.away));
    }

    /**
     * A key without an entry while others have one: digest, look-up, home.
     *
     * @param sessions the pool
     * @return a hit
     */
    @Benchmark
    public Settled keyMiss(Sessions sessions) {
        return sessions.serve(sessions.moved.visit(sessions.atHome));
    }
}
