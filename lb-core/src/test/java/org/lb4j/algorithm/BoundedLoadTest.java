package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lb4j.algorithm.Homes.equalServers;
import static org.lb4j.algorithm.Homes.key;
import static org.lb4j.algorithm.Homes.servers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lb4j.Algorithm;
import org.lb4j.Lease;
import org.lb4j.Member;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.hash.HashFunction;

final class BoundedLoadTest {
    static List<Algorithm> hashing() {
        return List.of(
                Algorithms.rendezvous(),
                Algorithms.maglev(),
                Algorithms.ringHash(),
                Algorithms.ketama(),
                Algorithms.jump(),
                Algorithms.moduloHash(),
                Algorithms.moduloHash(HashFunction.MD5));
    }

    @Test
    void capsAreFactorTimesTheFairShareRoundedUp() {
        int[] inFlight = {0, 3, 4, 7, 9, 19}, caps = {1, 1, 2, 2, 3, 5};
        for (int i = 0; i < caps.length; i++)
            assertThat(cap(1.25, inFlight[i], 1, 5)).isEqualTo(caps[i]);
        assertThat(cap(1.25, 11, 1, 6)).isEqualTo(3);
        assertThat(cap(1.25, 11, 2, 6)).isEqualTo(5);
        assertThat(cap(1.25, 11, 3, 6)).isEqualTo(8);
    }

    private static int cap(double factor, int inFlight, double weight, double total) {
        return new BoundedLoad(factor, 1, Algorithms.maglev()).cap(inFlight, weight, total);
    }

    /** It rounds the total up once and hands that out, we round up each cap. */
    @Test
    void capsAreThoseOfHaproxyWithinOne() {
        assertThat(haproxy(125, 9, 1, 1, 1, 1, 1)).containsExactly(2, 3, 2, 3, 3);
        assertThat(haproxy(125, 11, 1, 2, 3)).containsExactly(2, 5, 8);
        assertThat(haproxy(150, 4, 1, 1, 1)).containsExactly(2, 3, 3);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            int[] weights = random.ints(2 + random.nextInt(9), 1, 10).toArray();
            int percent = 101 + random.nextInt(200), served = random.nextInt(500), total = 0;
            for (int weight : weights) total += weight;
            int[] theirs = haproxy(percent, served, weights);
            for (int j = 0; j < weights.length; j++)
                assertThat(cap(percent / 100.0, served, weights[j], total)).isCloseTo(theirs[j], within(1));
        }
    }

    private static int[] haproxy(int percent, int served, int... weights) {
        int sum = 0, before = 0;
        for (int weight : weights) sum += weight;
        int total = ((served + 1) * percent + 99) / 100, rest = total % sum;
        int[] caps = new int[weights.length];
        for (int i = 0; i < caps.length; i++) {
            int part = (before + weights[i]) * rest / sum - before * rest / sum;
            caps[i] = Math.max(1, weights[i] * (total / sum) + part);
            before += weights[i];
        }
        return caps;
    }

    @ParameterizedTest
    @MethodSource("hashing")
    void oneHotKeyFillsNoServerAboveItsCap(Algorithm hashing) {
        for (int n : new int[] {2, 10, 100}) {
            ServerPool pool = ServerPool.of(equalServers(n));
            Selector selector = pool.selector(Algorithms.boundedLoad(1.25, hashing));
            for (int call = 0; call < 500; call++) {
                selector.acquire(SelectionContext.key("hot"));
                int cap = cap(1.25, call, 1, n);
                for (Member member : pool.members())
                    assertThat(member.inFlight()).as("call %d", call).isLessThanOrEqualTo(cap);
            }
        }
    }

    @Test
    void weightsBoundByWeight() {
        List<Server> servers = servers(1, 2, 3, 4);
        ServerPool pool = ServerPool.of(servers);
        Selector selector = pool.selector(Algorithms.boundedLoad(1.25, Algorithms.maglev()));
        for (int call = 0; call < 500; call++) {
            selector.acquire(SelectionContext.key("hot"));
            for (Server server : servers)
                assertThat(pool.member(server.id()).inFlight())
                        .isLessThanOrEqualTo(cap(1.25, call, server.weight(), 10));
        }
    }

    /** Each thread's call may be one that the others had not seen: 8 above the cap at most. */
    @Test
    void racingCallsPassTheBoundByAtMostOneAThread() throws Exception {
        int threads = 8, calls = 100, n = 10;
        ServerPool pool = ServerPool.of(equalServers(n));
        Selector selector = pool.selector(Algorithms.boundedLoad(1.25, Algorithms.maglev()));
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++)
                all.add(callers.submit(() -> {
                    start.await();
                    for (int i = 0; i < calls; i++) selector.acquire(SelectionContext.key("hot"));
                    return null;
                }));
            start.countDown();
            for (Future<?> each : all) each.get();
        } finally {
            callers.shutdown();
        }
        int cap = cap(1.25, threads * calls - 1, 1, n);
        for (Member member : pool.members()) assertThat(member.inFlight()).isLessThanOrEqualTo(cap + threads);
        assertThat(pool.inFlight()).isEqualTo(threads * calls);
    }

    @ParameterizedTest
    @MethodSource("hashing")
    void theOverflowOfOneKeyVisitsTheSameServersInTheSameOrder(Algorithm hashing) {
        assertThat(visits(hashing, "hot")).isEqualTo(visits(hashing, "hot")).isNotEqualTo(visits(hashing, "hotter"));
    }

    @Test
    void theOrderOfOverflowIsTheSameInEveryProcess() {
        List<String> hosts = visits(Algorithms.rendezvous(), "hot").stream()
                .map(id -> id.substring("10.0.0.".length(), id.indexOf(':')))
                .toList();
        assertThat(hosts.subList(0, 10)).containsExactly("3", "6", "1", "4", "5", "8", "7", "9", "3", "6");
    }

    private static List<String> visits(Algorithm hashing, String key) {
        Selector selector = ServerPool.of(equalServers(10)).selector(Algorithms.boundedLoad(1.25, hashing));
        List<String> visits = new ArrayList<>();
        for (int i = 0; i < 100; i++)
            visits.add(selector.acquire(SelectionContext.key(key)).server().id());
        return visits;
    }

    @ParameterizedTest
    @MethodSource("hashing")
    void atRestTheChoiceIsThatOfTheHashAlgorithm(Algorithm hashing) {
        ServerPool pool = ServerPool.of(servers(1, 2, 3, 4, 5));
        Selector bounded = pool.selector(Algorithms.boundedLoad(1.25, hashing)), plain = pool.selector(hashing);
        for (int i = 0; i < 2000; i++)
            try (Lease lease = bounded.acquire(key(i))) {
                assertThat(lease.server()).isEqualTo(plain.next(key(i)));
                lease.success();
            }
    }

    @Test
    void aLeastCapKeepsAKeyAtHomeWhileThereIsLittleLoad() {
        Selector strict = ServerPool.of(equalServers(10)).selector(Algorithms.boundedLoad(1.25, Algorithms.maglev()));
        Selector loyal = ServerPool.of(equalServers(10)).selector(Algorithms.boundedLoad(1.25, 4, Algorithms.maglev()));
        Server home = strict.next(key(1));
        assertThat(List.of(served(strict, 1), served(strict, 1)))
                .as("cap 1")
                .startsWith(home)
                .doesNotHaveDuplicates();
        assertThat(List.of(served(loyal, 1), served(loyal, 1), served(loyal, 1), served(loyal, 1)))
                .as("cap 4")
                .containsOnly(home);
        assertThat(served(loyal, 1)).isNotEqualTo(home);
    }

    private static Server served(Selector selector, int key) {
        return selector.acquire(key(key)).server();
    }

    /** One point a server: on along the ring there is one neighbour, which would get the overflow of all keys of a home. */
    @Test
    void keysOfOneHomeOverflowToDifferentServers() {
        Algorithm ring = Algorithms.ringHash(20, 20);
        Server home = ServerPool.of(equalServers(20)).selector(ring).next(key(0));
        Set<Server> second = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Selector selector = ServerPool.of(equalServers(20)).selector(Algorithms.boundedLoad(1.25, ring));
            if (served(selector, i).equals(home)) second.add(served(selector, i));
        }
        assertThat(second).hasSizeGreaterThan(8).doesNotContain(home);
    }

    @Test
    void callsWithoutAKeyAreBoundedToo() {
        ServerPool pool = ServerPool.builder().servers(servers(1, 2, 3)).seed(1).build();
        Selector selector = pool.selector(Algorithms.boundedLoad(1.1, Algorithms.maglev()));
        for (int call = 0; call < 300; call++) {
            selector.acquire();
            for (Member member : pool.members())
                assertThat(member.inFlight())
                        .isLessThanOrEqualTo(cap(1.1, call, member.server().weight(), 6));
        }
    }

    @Test
    void exclusionsHoldWhileServersAreFull() {
        List<Server> servers = equalServers(4);
        Selector selector = ServerPool.of(servers).selector(Algorithms.boundedLoad(1.25, Algorithms.jump()));
        SelectionContext context = key(1).excluding(servers.get(0)).excluding(servers.get(1));
        for (int i = 0; i < 100; i++)
            assertThat(selector.acquire(context).server()).isIn(servers.get(2), servers.get(3));
        SelectionContext nobody = context.excluding(servers.get(2)).excluding(servers.get(3));
        assertThat(selector.acquire(nobody).server()).isIn(servers);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> Algorithms.boundedLoad(0.25, Algorithms.maglev()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("factor must be above 1, was 0.25");
        assertThatThrownBy(() -> Algorithms.boundedLoad(1, Algorithms.maglev()))
                .hasMessage("factor must be above 1, was 1.0");
        assertThatThrownBy(() -> Algorithms.boundedLoad(Double.NaN, Algorithms.maglev()))
                .hasMessage("factor must be above 1, was NaN");
        assertThatThrownBy(() -> Algorithms.boundedLoad(Double.POSITIVE_INFINITY, Algorithms.maglev()))
                .hasMessage("factor must be finite, was Infinity");
        assertThatThrownBy(() -> Algorithms.boundedLoad(1.25, 0, Algorithms.maglev()))
                .hasMessage("minCap must be at least 1, was 0");
        assertThatThrownBy(() -> Algorithms.boundedLoad(1.25, Algorithms.roundRobin()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("boundedLoad needs a hash algorithm, was roundRobin()");
        Algorithm once = Algorithms.boundedLoad(1.25, Algorithms.maglev());
        assertThatThrownBy(() -> Algorithms.boundedLoad(2, once))
                .hasMessage("boundedLoad needs a hash algorithm, was boundedLoad(1.25, maglev())");
    }
}
