package org.lb4j.algorithm;

import org.lb4j.Algorithm;
import org.lb4j.Load;
import org.lb4j.hash.HashFunction;
import org.lb4j.load.Loads;

/**
 * Every way to choose. If in doubt, {@link #adaptive()}.
 *
 * <pre>{@code
 * Selector users = pool.selector(Algorithms.adaptive());
 * }</pre>
 *
 * <p>All of them honour weights, holds, tiers and shapers. One algorithm value may serve any number of selectors; each
 * selector has a memory of its own.
 */
public final class Algorithms {
    private Algorithms() {}

    /**
     * In turn; with weights, each server as often as its weight says, spread as evenly as it can be: weights 5, 1, 1 give
     * a a b a c a a. Exact over a cycle. Begins anywhere, so that clients that start together do not start alike.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.roundRobin());
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm roundRobin() {
        return new Named("roundRobin()", RoundRobin::of);
    }

    /**
     * Independent draws in proportion to weight. Writes nothing, so the fastest under many threads.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.random());
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm random() {
        return new Named("random()", (roster, before) -> RandomPick.of(roster));
    }

    /**
     * The server with the fewest calls in flight by weight; ties fall by chance. Counts acquired calls only: under
     * {@code next()} alone all servers look idle.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.leastConnections());
     * String body = users.call(server -> fetch(server.resolve("/users/42")));
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm leastConnections() {
        return new Named("leastConnections()", leastLoaded(Loads.inFlight()));
    }

    /**
     * The server with the least mean latency times calls in flight.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.leastResponseTime());
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm leastResponseTime() {
        return new Named("leastResponseTime()", leastLoaded(Loads.responseTime()));
    }

    /**
     * Of two servers drawn at random the one with fewer calls in flight: nearly as good as the least of all, at a cost that
     * does not grow with the pool.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.powerOfTwo());
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm powerOfTwo() {
        return new Named("powerOfTwo()", powerOf(2, Loads.inFlight()));
    }

    /**
     * The least loaded of d servers drawn at random.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.powerOf(5, Loads.peakEwma()));
     * }</pre>
     *
     * @param d how many; at least 1, which is {@link #random()}; as many as there are or more: all
     * @param load what is compared
     * @return the algorithm
     * @throws IllegalArgumentException if d is below 1
     */
    public static Algorithm powerOf(int d, Load load) {
        if (d < 1) throw new IllegalArgumentException("d must be at least 1, was " + d);
        String name = "powerOf(" + d + ", " + given(load) + ")";
        return new Named(name, (roster, before) -> PowerOf.of(roster, d, load));
    }

    /**
     * The least loaded of all servers; ties fall by chance.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.leastLoaded(Loads.reported()));
     * }</pre>
     *
     * @param load what is compared
     * @return the algorithm
     */
    public static Algorithm leastLoaded(Load load) {
        return new Named("leastLoaded(" + given(load) + ")", (roster, before) -> new LeastLoaded(roster, load));
    }

    /**
     * Of two servers drawn at random the one with the smaller peak-sensitive latency times calls in flight. Give a selector
     * calls of one kind: latencies of different kinds of requests can not be compared.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.peakEwma());
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm peakEwma() {
        return new Named("peakEwma()", powerOf(2, Loads.peakEwma()));
    }

    /**
     * The one to take when in doubt: learns latency, sees hung calls before they answer, avoids servers that fail, honours
     * weights as far as they deserve it.
     *
     * <pre>{@code
     * Selector users = pool.selector(Algorithms.adaptive());
     * String body = users.call(server -> fetch(server.resolve("/users/42")));
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm adaptive() {
        return new Named("adaptive()", (roster, before) -> new Adaptive(roster));
    }

    /**
     * The first server of the list that is there: active and passive. Weight matters only as zero or not.
     *
     * <pre>{@code
     * Selector primary = pool.selector(Algorithms.firstAvailable());
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm firstAvailable() {
        return new Named("firstAvailable()", (roster, before) -> new FirstAvailable(roster));
    }

    /**
     * Envoy's ring hash (gRFC A42), point for point: {@link #ringHash(int, int) ringHash(1024, 65536)}.
     *
     * <pre>{@code
     * Selector caches = pool.selector(Algorithms.ringHash());
     * Server home = caches.next(SelectionContext.key("user-42"));
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm ringHash() {
        return ringHash(1024, 65_536);
    }

    /**
     * Envoy's ring hash (gRFC A42), point for point: servers own points on a circle in proportion to weight, a key goes to
     * the next point. Take it to agree with Envoy or gRPC. Shares spread by about one over the root of the points a server
     * has: 10 % at 100 points. Since the ring is scaled to the number of servers, a server that leaves also moves up to a
     * tenth of the keys of those that stay; {@link #rendezvous()} moves none.
     *
     * <pre>{@code
     * Selector caches = pool.selector(Algorithms.ringHash(100_000, 1_000_000));
     * Server home = caches.next(SelectionContext.key("user-42"));
     * }</pre>
     *
     * @param minSize points there are at least, in [1, 8388608]
     * @param maxSize points there are at most, in [minSize, 8388608]; of very unequal weights the light ones may then have none
     * @return the algorithm
     * @throws IllegalArgumentException if a size is outside
     */
    public static Algorithm ringHash(int minSize, int maxSize) {
        return new RingHash(minSize, maxSize);
    }

    /**
     * The ring of libketama and libmemcached, point for point, so that caches filled by their clients are found. Keys are
     * hashed by MD5, 160 points a server of average weight; a server lighter than a fortieth of the average has none and gets
     * no keys. Two servers with one {@code host:port} share their points and the lower id gets the keys: tell them apart by a
     * tag {@code hash_key}, which is hashed instead of {@code host:port} by all hash algorithms.
     *
     * <pre>{@code
     * Selector memcached = pool.selector(Algorithms.ketama());
     * Server home = memcached.next(SelectionContext.key("cart-7"));
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm ketama() {
        return new Ketama();
    }

    /**
     * Envoy's Maglev, the one for many servers: one look-up a pick whatever their number, and shares within 1 % of the
     * weights up to 6,500 of them. The table has 65,537 entries, above 655 servers 131,071, above 1,310 655,373.
     *
     * <pre>{@code
     * Selector caches = pool.selector(Algorithms.maglev());
     * Server home = caches.next(SelectionContext.key("user-42"));
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm maglev() {
        return new Maglev();
    }

    /**
     * Envoy's Maglev with a table of a given size; Envoy's default is 65,537. A server more or less moves its own keys and
     * a few others, the fewer the larger the table.
     *
     * <pre>{@code
     * Selector caches = pool.selector(Algorithms.maglev(1_000_003));
     * Server home = caches.next(SelectionContext.key("user-42"));
     * }</pre>
     *
     * @param tableSize a prime number up to 5000011, a hundred times the number of servers or more
     * @return the algorithm
     * @throws IllegalArgumentException if it is not prime, or too large
     */
    public static Algorithm maglev(int tableSize) {
        return new Maglev(tableSize);
    }

    /**
     * Rendezvous hashing, weighted: every server bids for every key and the highest bid wins. The one for up to about 64
     * servers: shares exactly by weight, no table, and a change of one server, in weight too, moves keys to it or from it and
     * no others. A pick looks at all servers.
     *
     * <pre>{@code
     * Selector caches = pool.selector(Algorithms.rendezvous());
     * Server home = caches.next(SelectionContext.key("user-42"));
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm rendezvous() {
        return new Rendezvous();
    }

    /**
     * Jump consistent hash over {@link org.lb4j.Member#slot() slots}: no table, perfectly even, and a server more takes its
     * keys from all others and moves no key else. For sharded services with numbered servers. Slots are the same in all
     * processes only if every server has a tag {@code slot} of its own (the ordinal of a pod, say); keep them dense.
     *
     * <pre>{@code
     * Server third = Server.builder("store-2.store:9000").tag("slot", "2").build();
     * Selector shards = pool.selector(Algorithms.jump());
     * Server home = shards.next(SelectionContext.key("tenant/42"));
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm jump() {
        return new Jump();
    }

    /**
     * The hash modulo the number of servers, in order of id, by XXH64. For fixed fleets only: when their number changes from
     * n to n + 1, n of n + 1 keys move.
     *
     * <pre>{@code
     * Selector shards = pool.selector(Algorithms.moduloHash());
     * Server home = shards.next(SelectionContext.key("tenant/42"));
     * }</pre>
     *
     * @return the algorithm
     */
    public static Algorithm moduloHash() {
        return moduloHash(HashFunction.XXH64);
    }

    /**
     * The hash modulo the number of servers, in order of id, by a hash function of your choice; a digest counts as its first
     * eight bytes, big-endian. To agree with others that choose that way; see {@link #moduloHash()}.
     *
     * <pre>{@code
     * Selector shards = pool.selector(Algorithms.moduloHash(HashFunction.MD5));
     * Server home = shards.next(SelectionContext.key("tenant/42"));
     * }</pre>
     *
     * @param function what hashes the key
     * @return the algorithm
     */
    public static Algorithm moduloHash(HashFunction function) {
        return new ModuloHash(function);
    }

    /**
     * A hash algorithm whose hot keys overflow: {@link #boundedLoad(double, int, Algorithm) boundedLoad(factor, 1, hashing)}.
     *
     * <pre>{@code
     * Selector caches = pool.selector(Algorithms.boundedLoad(1.25, Algorithms.maglev()));
     * String body = caches.call(SelectionContext.key("user-42"), server -> fetch(server.resolve("/users/42")));
     * }</pre>
     *
     * @param factor above 1
     * @param hashing which
     * @return the algorithm
     * @throws IllegalArgumentException if the factor is not above 1, or the other is no hash algorithm
     */
    public static Algorithm boundedLoad(double factor, Algorithm hashing) {
        return boundedLoad(factor, 1, hashing);
    }

    /**
     * A hash algorithm whose hot keys overflow (consistent hashing with bounded loads): no server has more calls in flight
     * than {@code factor} times its fair share of them, rounded up. Calls beyond that go to other servers, for one key always
     * to the same ones in the same order. While there is room the choice is that of the hash algorithm; under {@code next()}
     * alone, which counts nothing, always.
     *
     * <pre>{@code
     * Selector caches = pool.selector(Algorithms.boundedLoad(1.25, 4, Algorithms.rendezvous()));
     * String body = caches.call(SelectionContext.key("user-42"), server -> fetch(server.resolve("/users/42")));
     * }</pre>
     *
     * @param factor above 1; 1.25 to 2 is sensible, less sends more keys away from home
     * @param minCap calls in flight that any server may have; 1 bounds strictly, 4 to 8 keep affinity while there is little
     *     load
     * @param hashing which
     * @return the algorithm
     * @throws IllegalArgumentException if the factor is not above 1, minCap not at least 1, or the other is no hash algorithm
     */
    public static Algorithm boundedLoad(double factor, int minCap, Algorithm hashing) {
        return new BoundedLoad(factor, minCap, hashing);
    }

    private static Load given(Load load) {
        if (load == null) throw new IllegalArgumentException("load must be given, was null");
        return load;
    }
}
