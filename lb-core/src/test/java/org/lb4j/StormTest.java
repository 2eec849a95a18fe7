package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;
import org.lb4j.testing.Threads;

/** Millions of leases that end in every way while servers come, go, come back and change: nothing stays in flight. */
final class StormTest {
    private static final int CALLERS = 8;
    private static final int CALLS = 300_000; // a caller
    private static final long SEED = 20_260_102L;
    private static final int SERVERS = 12;

    private final ManualTicker ticker = new ManualTicker();
    private final LongAdder ended = new LongAdder();
    private final ServerPool pool = Pools.settings(ticker)
            .servers(someServers(new Random(SEED)))
            .onCall(server -> (start, answered, now, outcome) -> ended.increment())
            .build();
    private final Selector selector = pool.selector(new PlainDraw());
    private final Set<Member> everPicked = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Lease> handedOver = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void nothingStaysInFlightOnAnyMemberThatEverWas() throws Exception {
        pool.status(); // latencies are measured too
        Threads.run(CALLERS + 1, thread -> {
            Random random = new Random(SEED + thread);
            if (thread == CALLERS) while (!over.get()) change(random);
            else
                try {
                    call(random);
                } finally {
                    over.set(true);
                }
        });
        handedOver.forEach(Lease::success);
        assertThat(ended.sum()).as("each call is told once, seed %d", SEED).isEqualTo((long) CALLERS * CALLS);
        assertThat(everPicked).hasSizeGreaterThan(SERVERS).allSatisfy(member -> {
            assertThat(member.inFlight()).as("%s, seed %d", member, SEED).isZero();
            assertThat(member.meanAge(ticker.nanos() + 1_000_000_000L))
                    .as("%s, seed %d", member, SEED)
                    .isZero();
        });
        assertThat(pool.inFlight()).isZero();
    }

    private void change(Random random) {
        switch (random.nextInt(4)) {
            case 0 -> pool.hold("s" + random.nextInt(SERVERS), Hold.values()[random.nextInt(4)]);
            case 1 -> pool.release("s" + random.nextInt(SERVERS), Hold.values()[random.nextInt(4)]);
            case 2 -> pool.scale("s" + random.nextInt(SERVERS), "x", random.nextDouble());
            default -> pool.update(someServers(random));
        }
    }

    /** From one to all, in any order, of any weight. The first one is never held, and is always there. */
    private static List<Server> someServers(Random random) {
        List<Server> all = new ArrayList<>(IntStream.range(0, SERVERS)
                .mapToObj(i -> Servers.of("s" + i + "*" + (1 + random.nextInt(9))))
                .toList());
        Collections.shuffle(all, random);
        List<Server> some = new ArrayList<>(all.subList(0, random.nextInt(SERVERS)));
        some.add(Servers.of("always"));
        return some;
    }

    private void call(Random random) {
        Set<Member> picked = Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        for (int i = 0; i < CALLS; i++) {
            Lease lease = selector.acquire();
            picked.add(((OpenLease) lease).member());
            end(lease, random.nextInt(8));
        }
        everPicked.addAll(picked);
    }

    private void end(Lease lease, int way) {
        switch (way) {
            case 0 -> lease.success();
            case 1 -> lease.close();
            case 2 -> {
                lease.answered();
                lease.failure();
                lease.close();
            }
            case 3 -> {
                lease.end(Outcome.TIMEOUT);
                lease.answered();
            }
            case 4 -> lease.end(Outcome.CANCELLED);
            case 5 -> {
                handedOver.add(lease); // another thread may end it meanwhile
                lease.answered();
            }
            default -> {
                Lease others = handedOver.poll();
                if (others != null) others.success();
                lease.end(Outcome.REJECTED);
            }
        }
    }
}
