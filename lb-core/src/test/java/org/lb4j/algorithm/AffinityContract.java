package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lb4j.algorithm.Homes.equalServers;
import static org.lb4j.algorithm.Homes.key;
import static org.lb4j.algorithm.Homes.selector;
import static org.lb4j.algorithm.Homes.server;
import static org.lb4j.algorithm.Homes.servers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lb4j.Algorithm;
import org.lb4j.Hold;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.testing.AlgorithmContract;

/**
 * What every algorithm that follows a key owes, beside what every algorithm does. Servers and keys are fixed, so there is no
 * chance in it but where a test says so.
 */
abstract class AffinityContract extends AlgorithmContract {
    private static final int KEYS = 20_000;

    final Algorithm algorithm;
    private final long checksum;
    private final double bystanders;

    /**
     * @param checksum of the homes of 20,000 keys on seven servers of weights 1 to 7, in every process for ever
     * @param bystanders how many of the keys of the others may move when a server joins or leaves
     */
    AffinityContract(Algorithm algorithm, long checksum, double bystanders) {
        super(() -> algorithm);
        this.algorithm = algorithm;
        this.checksum = checksum;
        this.bystanders = bystanders;
    }

    /** How far a share of the hashes may be from its ideal, relative. */
    double spread(int servers) {
        return 0.01;
    }

    @Override
    protected final double unevenness(int members) {
        return spread(members);
    }

    @Override
    protected final SelectionContext context(int call) {
        return key(call);
    }

    /** That, and 5 sigma of the keys that are counted. */
    private double tolerance(int servers, double share, int keys) {
        return spread(servers) + 5 / Math.sqrt(share * keys);
    }

    @Test
    void everyProcessAgrees() {
        Homes homes = Homes.of(selector(algorithm, servers(1, 2, 3, 4, 5, 6, 7)), KEYS);
        assertThat(Long.toHexString(homes.checksum())).isEqualTo(Long.toHexString(checksum));
    }

    @Test
    void aShuffledListChangesNothing() {
        List<Server> servers = servers(1, 2, 3, 4, 5, 6, 7);
        ServerPool pool = ServerPool.of(servers);
        Selector selector = pool.selector(algorithm);
        Homes before = Homes.of(selector, KEYS);
        Collections.shuffle(servers, new Random(1));
        assertThat(Homes.of(selector(algorithm, servers), KEYS)).isEqualTo(before);
        pool.update(servers);
        assertThat(Homes.of(selector, KEYS)).isEqualTo(before);
    }

    @Test
    void aServerHeldAndReleasedGetsItsKeysBackAndNoOthers() {
        List<Server> servers = servers(1, 2, 3, 4, 5, 6, 7);
        ServerPool pool = ServerPool.of(servers);
        Selector selector = pool.selector(algorithm);
        Homes before = Homes.of(selector, KEYS);
        pool.hold(servers.get(3).id(), Hold.ADMIN);
        assertThat(Homes.of(selector, KEYS).count(servers.get(3))).isZero();
        pool.release(servers.get(3).id(), Hold.ADMIN);
        assertThat(Homes.of(selector, KEYS)).isEqualTo(before);
    }

    @Test
    void aServerThatLeavesMovesItsOwnKeys() {
        for (int n : new int[] {10, 100}) {
            List<Server> servers = equalServers(n);
            ServerPool pool = ServerPool.of(servers);
            Selector selector = pool.selector(algorithm);
            Homes before = Homes.of(selector, KEYS);
            Server gone = servers.remove(n / 2);
            pool.update(servers);
            Homes after = Homes.of(selector, KEYS);
            assertThat(before.moved(after, from -> from.equals(gone.id()), to -> true))
                    .isEqualTo(before.count(gone));
            assertThat(before.moved(after, from -> !from.equals(gone.id()), to -> true))
                    .as("of others, %d servers", n)
                    .isBetween(0L, (long) (bystanders * KEYS));
        }
    }

    @Test
    void aServerThatJoinsTakesItsShareOfKeys() {
        for (int n : new int[] {10, 100}) {
            List<Server> servers = equalServers(n);
            ServerPool pool = ServerPool.of(servers);
            Selector selector = pool.selector(algorithm);
            Homes before = Homes.of(selector, KEYS);
            Server joined = server(n, 1);
            servers.add(joined);
            pool.update(servers);
            Homes after = Homes.of(selector, KEYS);
            assertThat(after.share(joined) * (n + 1))
                    .as("%d servers", n)
                    .isCloseTo(1, within(tolerance(n, 1.0 / n, KEYS)));
            assertThat(before.moved(after, from -> true, to -> !to.equals(joined.id())))
                    .as("of others, %d servers", n)
                    .isBetween(0L, (long) (bystanders * KEYS));
        }
    }

    @Test
    void sharesFollowWeights() {
        for (int[] weights : new int[][] {{1, 1, 1, 1}, {1, 2, 3}, {5, 1, 4}, {3, 2}, {1000, 500}}) {
            List<Server> servers = servers(weights);
            Homes homes = Homes.of(selector(algorithm, servers), 100_000);
            double total = servers.stream().mapToInt(Server::weight).sum();
            for (Server server : servers) {
                double share = server.weight() / total;
                assertThat(homes.share(server) / share)
                        .as("%s of %s", server, servers)
                        .isCloseTo(1, within(tolerance(servers.size(), share, 100_000)));
            }
        }
    }

    /** Weights that slow start and scales make are no whole numbers. */
    @Test
    void sharesFollowScaledWeights() {
        List<Server> servers = servers(1, 1, 1);
        ServerPool pool = ServerPool.of(servers);
        Selector selector = pool.selector(algorithm);
        pool.scale(servers.get(1).id(), "test", 0.3);
        Homes homes = Homes.of(selector, 100_000);
        double share = 0.3 / 2.3;
        assertThat(homes.share(servers.get(1)) / share)
                .isCloseTo(1, within(tolerance(8, share, 100_000))); // light as one of 8
    }

    @Test
    void excludingOneAfterAnotherReachesEveryServerOnce() {
        for (int n : new int[] {2, 3, 10}) {
            Selector selector = selector(algorithm, equalServers(n));
            for (int i = 0; i < 200; i++) {
                SelectionContext context = key(i);
                Set<String> seen = new LinkedHashSet<>();
                for (int j = 0; j < n; j++) {
                    Server next = selector.next(context);
                    seen.add(next.id());
                    context = context.excluding(next);
                }
                assertThat(seen).as("key %d", i).hasSize(n);
                assertThat(seen)
                        .as("nobody is left, so the first again")
                        .startsWith(selector.next(context).id());
            }
        }
    }

    @Test
    void aRetryGoesToTheSameServerEveryTime() {
        Selector selector = selector(algorithm, equalServers(10));
        for (int i = 0; i < 200; i++) {
            SelectionContext retry = key(i).excluding(selector.next(key(i)));
            String second = selector.next(retry).id();
            for (int j = 0; j < 5; j++) assertThat(selector.next(retry).id()).isEqualTo(second);
        }
    }

    /** 5 sigma of 60,000 seeded draws: a chance of 10^-6 for another seed. */
    @Test
    void withoutAKeyServersAreDrawnByWeight() {
        List<Server> servers = servers(1, 2, 3);
        Selector selector = selector(algorithm, servers);
        int[] drawn = new int[3];
        for (int i = 0; i < 60_000; i++) drawn[servers.indexOf(selector.next())]++;
        for (int i = 0; i < 3; i++) {
            double p = (i + 1) / 6.0;
            assertThat(drawn[i] / 60_000.0).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / 60_000)));
        }
    }

    @Test
    void numbersAreKeysAsTheyAre() {
        Selector selector = selector(algorithm, equalServers(5));
        for (long key : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0xFFFFFFFFL, 1L << 32})
            assertThat(selector.next(SelectionContext.key(key))).isEqualTo(selector.next(SelectionContext.key(key)));
    }

    @Test
    void aTagHashKeyStandsForTheAddress() {
        List<Server> moved = new ArrayList<>();
        for (Server server : servers(1, 2, 3, 4, 5)) {
            Server.Builder elsewhere = Server.builder("else-" + server.hostPort());
            elsewhere.id(server.id()).weight(server.weight()).tag("hash_key", server.hostPort());
            moved.add(elsewhere.build());
        }
        assertThat(Homes.of(selector(algorithm, moved), KEYS))
                .isEqualTo(Homes.of(selector(algorithm, servers(1, 2, 3, 4, 5)), KEYS));
    }
}
