package org.lb4j.sticky;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/**
 * Reads the server's name out of a session id, as others wrote it there: {@code A1B2.node1} (mod_jk, mod_proxy_balancer,
 * Tomcat's jvmRoute) or {@code node1~A1B2} (HAProxy's prefix). The server is the one whose tag {@code route} says so, else
 * the one of that id.
 *
 * <pre>{@code
 * RouteSuffix route = RouteSuffix.after('.');
 * Server server = selector.next(route.visit(pool, "A1B2.node1").context());
 * }</pre>
 *
 * <p>It is not signed: a client picks its server by writing a name. Meant for migration. The policies are the defaults, so
 * no server gets more than its share and some. Keep it: it follows each pool that it was asked about, until that is closed.
 * For any number of pools and threads.
 */
public final class RouteSuffix {
    private static final String TAG = "route";

    private final char mark;
    private final boolean behind;
    private final Outcomes outcomes = new Outcomes();
    private final Map<ServerPool, Routes> known = new ConcurrentHashMap<>(); // pools are equal to themselves alone

    private RouteSuffix(char mark, boolean behind) {
        this.mark = mark;
        this.behind = behind;
    }

    /**
     * The name is what follows the first mark.
     *
     * @param mark such as {@code '.'}
     * @return a reader of such ids
     */
    public static RouteSuffix after(char mark) {
        return new RouteSuffix(mark, true);
    }

    /**
     * The name is what precedes the first mark.
     *
     * @param mark such as {@code '~'}
     * @return a reader of such ids
     */
    public static RouteSuffix before(char mark) {
        return new RouteSuffix(mark, false);
    }

    /**
     * A call with such an id.
     *
     * @param pool whose servers are meant
     * @param sessionId the whole id, route included; null: there is none
     * @return the visit, to be settled once somebody serves it
     * @throws IllegalArgumentException if the pool is null
     */
    public StickyVisit visit(ServerPool pool, @Nullable String sessionId) {
        Routes routes = routes(PolicyBuilder.given("pool", pool));
        if (sessionId == null || sessionId.isEmpty()) return new PlainVisit(StickyOutcome.NEW, routes.judge, outcomes);
        String route = route(sessionId);
        String serverId = route == null ? null : routes.byName.now().getOrDefault(route, route);
        Member member = serverId == null ? null : routes.judge.member(serverId);
        if (member == null) return new PlainVisit(StickyOutcome.MISS_INVALID, routes.judge, outcomes);
        return new RouteVisit(member, routes.judge, outcomes);
    }

    /**
     * How often it came out so.
     *
     * @param outcome which
     * @return counted since this was made
     */
    public long count(StickyOutcome outcome) {
        return outcomes.count(outcome);
    }

    private @Nullable String route(String sessionId) {
        int at = sessionId.indexOf(mark);
        if (at < 0) return null;
        return behind ? sessionId.substring(at + 1) : sessionId.substring(0, at);
    }

    private Routes routes(ServerPool pool) {
        Routes routes = known.get(pool);
        if (routes != null) return routes;
        known.keySet().removeIf(ServerPool::closed);
        return known.computeIfAbsent(pool, Routes::new);
    }

    /** What is known of one pool. */
    private static final class Routes {
        final Judge judge;
        final Watched<Map<String, String>> byName;

        Routes(ServerPool pool) {
            this.judge = new Judge(pool, Policy.DEFAULT);
            this.byName = Watched.of(pool, (members, before) -> tagged(members));
        }

        /** From route to server id; of two servers with one route the first in the list has it. */
        private static Map<String, String> tagged(Collection<Listed> members) {
            Map<String, String> ids = new HashMap<>();
            for (Listed each : members) {
                String route = each.server().tags().get(TAG);
                if (route != null) ids.putIfAbsent(route, each.id());
            }
            return ids;
        }
    }

    /** A call of a session whose id names a server. */
    private static final class RouteVisit extends Visit {
        RouteVisit(Member member, Judge judge, Outcomes outcomes) {
            super(judge, outcomes);
            belongsTo(member.server().id(), judge.fitness(member));
        }

        @Override
        StickyOutcome outcome(@Nullable Server picked) {
            return servedBy(picked);
        }

        @Override
        @Nullable
        String keep(StickyOutcome outcome, Server picked) {
            return null;
        }
    }
}
