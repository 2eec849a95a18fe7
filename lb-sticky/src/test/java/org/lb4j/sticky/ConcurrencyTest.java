package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lb4j.Hold;
import org.lb4j.Member;
import org.lb4j.SelectionContext;
import org.lb4j.Server;
import org.lb4j.testing.Servers;
import org.lb4j.testing.Threads;

final class ConcurrencyTest {
    private static final int CHANGERS = 2;

    private final World world = new World("a", "b", "c", "d");

    /** A hundred thousand rounds in all; a quarter of the keys are at home on a server that is being drained. */
    @ParameterizedTest
    @CsvSource({"2, 60000", "8, 30000", "64, 10000"})
    void b9ManyThreadsWithOneNewKeyMeetOneServer(int threads, int rounds) throws Exception {
        StickySessions sessions = world.sessions().build();
        world.pool.hold("a", Hold.DRAIN);
        AtomicReferenceArray<String> servers = new AtomicReferenceArray<>(rounds);
        Threads.run(threads, thread -> {
            for (int round = 0; round < rounds; round++) {
                String server = world.serve(sessions.begin("session-" + round)).server();
                if (!servers.compareAndSet(round, null, server)
                        && !servers.get(round).equals(server))
                    throw new AssertionError(server + " and " + servers.get(round) + " in round " + round);
            }
        });
        for (int round = 0; round < rounds; round++)
            assertThat(world.serve(sessions.visit("session-" + round)).server()).isEqualTo(servers.get(round));
    }

    @Test
    void b9WhenTwoThreadsMoveOneSessionBothFindItInOnePlaceAfterwards() throws Exception {
        StickySessions sessions = world.sessions().build();
        CyclicBarrier step = new CyclicBarrier(2);
        int rounds = 10_000;
        String[][] found = new String[2][rounds];
        Threads.run(2, thread -> {
            for (int round = 0; round < rounds; round++) {
                StickyVisit visit = sessions.visit("session-" + round);
                Server home = world.selector.next(visit.context());
                step.await();
                visit.settle(world.selector.next(
                        visit.retry(home, new ConnectException()))); // round robin: mostly two servers
                step.await();
                found[thread][round] =
                        world.serve(sessions.visit("session-" + round)).server();
            }
        });
        assertThat(found[0]).isEqualTo(found[1]);
    }

    @Test
    void b15AMillionMembersComeAndGoAndNoneIsKept() {
        StickySessions sessions = world.sessions().build();
        StickyCookie cookies = world.cookie().build();
        List<java.lang.ref.WeakReference<Server>> gone = new ArrayList<>();
        for (int list = 0; list < 1000; list++) {
            List<Server> servers = new ArrayList<>(1000);
            for (int i = 0; i < 1000; i++)
                servers.add(
                        Server.builder("10.0.0.1:80").id("s" + list + "-" + i).build());
            world.pool.update(servers);
            gone.add(new java.lang.ref.WeakReference<>(servers.get(list)));
            world.pool.hold(world.serve(sessions.visit("session-" + list)).server(), Hold.CHECK);
            World.Answer away = world.serve(sessions.visit("session-" + list));
            assertThat(away.outcome()).isEqualTo(StickyOutcome.MOVED_UNAVAILABLE);
            world.serve(cookies.read((String) null));
        }
        world.servers("a", "b", "c");
        assertThat(sessions.entries()).isEqualTo(1000);
        for (int tries = 0; tries < 100 && anyLeft(gone); tries++) System.gc();
        assertThat(anyLeft(gone)).isFalse();
        assertThat(world.serve(sessions.visit("session-0")).outcome()).isEqualTo(StickyOutcome.MOVED_REMOVED);
    }

    private static boolean anyLeft(List<java.lang.ref.WeakReference<Server>> gone) {
        return gone.stream().anyMatch(each -> each.get() != null);
    }

    /** A minute of a thousand changes a second, as fast as two can make them. */
    @Test
    void b18WhileMembersChangeNobodyOutsideTheRosterIsPicked() throws Exception {
        Churn churn = new Churn();
        Threads.run(CHANGERS + 50, thread -> {
            try {
                if (thread < CHANGERS) churn.change(thread, 60_000 / CHANGERS);
                else churn.pick(thread);
            } finally {
                churn.end();
            }
        });
        assertThat(world.pool.faults()).isZero();
        assertThat(churn.picks).hasValueGreaterThan(50_000);
        churn.whatWasFollowedIsWhatThereIs();
    }

    /** Lists that come into force one after the other, and who picks meanwhile. */
    private final class Churn {
        private final List<List<Server>> lists = new ArrayList<>();
        private final List<Set<String>> ids = new ArrayList<>();
        private final StickyCookie cookies = world.cookie().build();
        private final StickySessions sessions = world.sessions().build();
        private final Semaphore permits = new Semaphore(0);
        private final AtomicInteger picks = new AtomicInteger();
        private final AtomicIntegerArray begun = new AtomicIntegerArray(CHANGERS); // each one's change of that number
        private final AtomicIntegerArray done = new AtomicIntegerArray(CHANGERS);
        private volatile boolean over;

        Churn() {
            Random random = new Random(20_260_101);
            for (int i = 0; i < 97; i++) {
                List<Server> list = new ArrayList<>();
                for (int s = 0; s < 10; s++)
                    if (random.nextInt(3) > 0 || s == i % 10)
                        list.add(Servers.of("s" + s + "*" + (1 + random.nextInt(3))));
                lists.add(list);
                ids.add(new HashSet<>(list.stream().map(Server::id).toList()));
            }
            world.pool.update(lists.get(0));
        }

        void change(int changer, int changes) {
            for (int i = 1; i <= changes && !over; i++) {
                begun.set(changer, i);
                world.pool.update(lists.get(list(changer, i)));
                done.set(changer, i);
                permits.release();
                while (permits.availablePermits() > 100 && !over) Thread.onSpinWait();
            }
        }

        void end() {
            over = true;
            permits.release(1000);
        }

        void pick(int thread) throws InterruptedException {
            Browser browser = new Browser(world, cookies);
            while (!over) {
                permits.acquire();
                picks.incrementAndGet();
                StickyVisit visit = thread % 2 == 0 ? browser.visit() : sessions.visit("session-" + thread);
                SelectionContext context = visit.context();
                int[] from = numbers(done);
                Server server = world.selector.next(context);
                int[] to = numbers(begun);
                if (!wasThere(server.id(), from, to)) throw new AssertionError(server + " was not in the roster");
                Settled settled = visit.settle(server);
                if (thread % 2 == 0) browser.take(settled);
            }
        }

        private static int[] numbers(AtomicIntegerArray of) {
            int[] numbers = new int[CHANGERS];
            for (int i = 0; i < CHANGERS; i++) numbers[i] = of.get(i);
            return numbers;
        }

        /** In a list that somebody put in force last, or since. */
        private boolean wasThere(String id, int[] from, int[] to) {
            for (int changer = 0; changer < CHANGERS; changer++)
                for (int i = from[changer]; i <= to[changer]; i++)
                    if (ids.get(list(changer, i)).contains(id)) return true;
            return false;
        }

        private int list(int changer, int number) {
            return (CHANGERS * number + changer) % lists.size();
        }

        void whatWasFollowedIsWhatThereIs() {
            StickySessions fresh = world.sessions().build();
            for (int i = 0; i < 1000; i++)
                assertThat(world.serve(sessions.visit("new-" + i)).server())
                        .isEqualTo(world.serve(fresh.visit("new-" + i)).server());
            for (Member each : world.pool.members()) {
                String cookie = cookies.read("").settle(each.server()).setCookie();
                assertThat(world.serve(cookies.read(cookie.split(";", 2)[0])).server())
                        .isEqualTo(each.server().id());
            }
        }
    }
}
