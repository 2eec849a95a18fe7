package org.lb4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.lb4j.Algorithm;
import org.lb4j.Lease;
import org.lb4j.Member;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/**
 * Eight threads that pick and call while a ninth changes the list. A pick must be of a member of one of the lists that were
 * in force while it lasted; and when all calls have ended, none may be in flight, also on members that have left.
 */
final class Churn {
    private static final int PICKERS = 8;
    private static final int LISTS = 120;
    private static final int SERVERS = 10;
    private static final int PICKS_A_LIST = 400;

    private final List<List<Server>> lists = new ArrayList<>();
    private final List<Set<String>> ids;
    private final IntFunction<SelectionContext> contexts;
    private final ServerPool pool;
    private final Selector selector;
    private final Set<Member> everSeen = ConcurrentHashMap.newKeySet();
    /** Lists up to this one may be in force. */
    private final AtomicInteger begun = new AtomicInteger();
    /** Lists before this one are not in force any more. */
    private final AtomicInteger done = new AtomicInteger();

    private final Semaphore picks = new Semaphore(0);
    private volatile boolean over;

    Churn(Algorithm algorithm, IntFunction<SelectionContext> contexts) {
        Random random = new Random(Pools.SEED);
        for (int i = 0; i < LISTS; i++) lists.add(some(random));
        ids = lists.stream()
                .map(list -> list.stream().map(Server::id).collect(Collectors.toSet()))
                .toList();
        this.contexts = contexts;
        pool = Pools.settings(new ManualTicker()).servers(lists.get(0)).build();
        selector = pool.selector(algorithm);
    }

    /** Some of the servers, from one to all, in any order, of any weight. */
    private static List<Server> some(Random random) {
        List<Server> all = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) all.add(Servers.of("s" + i + "*" + (1 + random.nextInt(4))));
        Collections.shuffle(all, random);
        return List.copyOf(all.subList(0, 1 + random.nextInt(SERVERS)));
    }

    void run() throws Exception {
        Threads.run(PICKERS + 1, thread -> {
            try {
                if (thread == PICKERS) change();
                else pick(thread);
            } finally {
                over = true; // whoever fails stops the others
            }
        });
        assertThat(everSeen)
                .isNotEmpty()
                .allSatisfy(member ->
                        assertThat(member.inFlight()).as(member.toString()).isZero());
    }

    private void change() throws InterruptedException {
        for (int i = 0; i < LISTS && !over; i++) {
            begun.set(i);
            pool.update(lists.get(i));
            done.set(i);
            everSeen.addAll(pool.members());
            awaitPicks();
        }
    }

    /** So many picks of this list: those that were left over from the one before, while this thread had no turn, do not count. */
    private void awaitPicks() throws InterruptedException {
        picks.drainPermits();
        while (!over && !picks.tryAcquire(PICKS_A_LIST, 10, TimeUnit.MILLISECONDS)) Thread.onSpinWait();
    }

    private void pick(int thread) {
        for (int i = 0; !over; i++) {
            SelectionContext context = contexts.apply(thread * 1000 + i % 1000);
            int from = done.get();
            Server server = i % 2 == 0 ? selector.next(context) : call(context, i);
            int to = begun.get();
            picks.release();
            if (!wasThere(server.id(), from, to))
                throw new AssertionError(
                        server + " was picked, which is in none of the lists " + ids.subList(from, to + 1));
        }
    }

    private boolean wasThere(String id, int from, int to) {
        for (int i = from; i <= to; i++) if (ids.get(i).contains(id)) return true;
        return false;
    }

    private Server call(SelectionContext context, int i) {
        try (Lease lease = selector.acquire(context)) {
            if (i % 3 == 0) lease.answered();
            if (i % 5 != 0) lease.end(Outcome.values()[i % Outcome.values().length]);
            return lease.server();
        }
    }
}
