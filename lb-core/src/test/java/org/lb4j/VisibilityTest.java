package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;
import org.lb4j.testing.Threads;

/** A change that has returned is seen by every pick that begins later, whatever else changes at the same time. */
final class VisibilityTest {
    private static final int SERVERS = 6;
    private static final int CHANGES = 1500;
    private static final long SEED = 20_260_103L;

    private final ServerPool pool = Pools.of("s0", "s1", "s2", "s3", "s4", "s5", "always");

    /** Odd while a server is out for certain: made odd after it was taken out, and even before it is let in. */
    private final AtomicIntegerArray out = new AtomicIntegerArray(SERVERS);

    private final AtomicBoolean over = new AtomicBoolean();

    private interface Switch {
        void set(int server, boolean out);
    }

    /** One thread takes servers out and lets them in, another disturbs, six pick. */
    private void run(Switch change) throws Exception {
        Threads.run(8, thread -> {
            Random random = new Random(SEED + thread);
            try {
                if (thread == 0) flip(change, random);
                else if (thread == 1) while (!over.get()) pool.scale("always", "noise", random.nextDouble());
                else pick();
            } finally {
                over.set(true);
            }
        });
    }

    private void flip(Switch change, Random random) {
        for (int i = 0; i < CHANGES; i++) {
            int server = random.nextInt(SERVERS);
            boolean wasOut = out.get(server) % 2 == 1;
            if (wasOut) out.incrementAndGet(server);
            change.set(server, !wasOut);
            if (!wasOut) out.incrementAndGet(server);
        }
    }

    private void pick() {
        Selector selector = pool.selector(new PlainDraw());
        int[] before = new int[SERVERS];
        while (!over.get()) {
            for (int i = 0; i < SERVERS; i++) before[i] = out.get(i);
            String id = selector.next().id();
            if (id.equals("always")) continue;
            int server = id.charAt(1) - '0';
            if (before[server] % 2 == 1 && out.get(server) == before[server])
                throw new AssertionError(id + " was out before the pick began, and still is; seed " + SEED);
        }
    }

    @Test
    void aHeldServerIsNotPicked() throws Exception {
        run((server, out) -> {
            if (out) pool.hold("s" + server, Hold.ADMIN);
            else pool.release("s" + server, Hold.ADMIN);
        });
    }

    @Test
    void aServerThatLeftIsNotPicked() throws Exception {
        boolean[] gone = new boolean[SERVERS];
        run((server, out) -> {
            gone[server] = out;
            java.util.List<Server> left = new java.util.ArrayList<>(Servers.list("always"));
            for (int i = 0; i < SERVERS; i++) if (!gone[i]) left.add(Servers.of("s" + i));
            pool.update(left);
        });
    }

    @Test
    void aServerOfFactorZeroIsNotPicked() throws Exception {
        run((server, out) -> pool.scale("s" + server, "x", out ? 0 : 1));
    }

    /** Each thread reads its own writes through a selector that others change under it. */
    @Test
    void whoeverChangesSeesItsChange() throws Exception {
        Selector selector = pool.selector(new PlainDraw());
        Threads.run(SERVERS, thread -> {
            String mine = "s" + thread;
            for (int i = 0; i < 500; i++) {
                pool.hold(mine, Hold.ADMIN);
                for (int pick = 0; pick < 5; pick++)
                    assertThat(selector.next().id()).isNotEqualTo(mine);
                pool.release(mine, Hold.ADMIN);
            }
        });
        assertThat(Seen.by(selector)).hasSize(SERVERS + 1);
    }

    @Test
    void aViewOrSelectorMadeWhileThePoolChangesIsUpToDateFromTheStart() throws Exception {
        Threads.run(SERVERS, thread -> {
            String mine = "s" + thread;
            for (int i = 0; i < 100; i++) {
                pool.hold(mine, Hold.ADMIN);
                try (ServerPool view = pool.where(server -> true)) {
                    Selector selector = view.selector(new PlainDraw());
                    for (int pick = 0; pick < 5; pick++)
                        assertThat(selector.next().id()).isNotEqualTo(mine);
                }
                pool.release(mine, Hold.ADMIN);
            }
        });
    }

    @Test
    void noChangeIsLost() throws Exception {
        Threads.run(8, thread -> {
            for (int i = 0; i < 200; i++) {
                String server = "s" + (thread + i) % SERVERS;
                pool.scale(server, "source " + thread, 0.5);
                pool.hold(server, Hold.values()[thread % 4]);
            }
        });
        double scaled = Math.pow(0.5, 8);
        for (int i = 0; i < SERVERS; i++) {
            assertThat(Seen.status(pool, "s" + i).holds()).containsExactlyInAnyOrder(Hold.values());
            for (Hold hold : Hold.values()) pool.release("s" + i, hold);
        }
        for (int i = 0; i < SERVERS; i++) assertThat(Seen.weights(pool)).containsEntry("s" + i, scaled);
    }

    @Test
    void manyEditsAtOnceAreSeenTogether() throws Exception {
        pool.hold("s0", Hold.ADMIN);
        Selector selector = pool.selector((roster, before) -> {
            if (isIn(roster, "s0") == isIn(roster, "s1")) throw new IllegalStateException("half a change: " + roster);
            return new PlainDraw().compile(roster, before);
        });
        Threads.run(4, thread -> {
            for (int i = 0; i < 500; i++) {
                if (thread > 0) pool.scale("s" + (thread + 1), "noise", i % 2 * 0.5);
                else if (i % 2 == 0) pool.change(edits -> swap(edits, "s1", "s0"));
                else pool.change(edits -> swap(edits, "s0", "s1"));
            }
        });
        assertThat(pool.faults()).isZero();
        assertThat(Seen.by(selector)).contains("s1").doesNotContain("s0");
    }

    private static boolean isIn(Roster roster, String id) {
        for (int i = 0; i < roster.size(); i++)
            if (roster.member(i).server().id().equals(id)) return true;
        return false;
    }

    private static void swap(Change edits, String in, String out) {
        edits.hold(in, Hold.ADMIN);
        edits.release(out, Hold.ADMIN);
    }
}
