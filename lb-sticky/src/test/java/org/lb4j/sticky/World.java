package org.lb4j.sticky;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** A pool in virtual time, with a selector that would never pick the same server twice in a row, and keys. */
final class World {
    static final byte[] KEY = key('k');

    final ManualTicker ticker = new ManualTicker();
    final WallClock clock = new WallClock();
    final ServerPool pool;
    final Selector selector;

    World(String... servers) {
        this(0, servers);
    }

    /** @param panicThreshold 0: no panic */
    World(double panicThreshold, String... servers) {
        this(settings -> settings.panicThreshold(panicThreshold), servers);
    }

    World(UnaryOperator<ServerPool.Builder> settings, String... servers) {
        pool = Pools.of(settings.apply(Pools.settings(ticker)), servers);
        selector = pool.selector(Algorithms.roundRobin());
    }

    static byte[] key(char fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Who is in a pool now. */
    static List<Listed> listed(ServerPool pool) {
        return pool.members().stream().map(Listed::of).toList();
    }

    void advance(Duration by) {
        ticker.advance(by);
        clock.advance(by);
    }

    void servers(String... servers) {
        pool.update(Servers.list(servers));
    }

    /** A cookie called lb for plain http. */
    StickyCookie.Builder cookie() {
        return StickyCookie.builder(pool).key(KEY).clock(clock).name("lb").secure(false);
    }

    StickySessions.Builder sessions() {
        return StickySessions.builder(pool);
    }

    /** Picks for a visit and settles it. */
    Answer serve(StickyVisit visit) {
        Server server = selector.next(visit.context());
        return new Answer(server.id(), visit.settle(server));
    }

    /** Who served a call, and what became of it. */
    record Answer(String server, Settled settled) {
        StickyOutcome outcome() {
            return settled.outcome();
        }

        String setCookie() {
            return settled.setCookie();
        }
    }
}
