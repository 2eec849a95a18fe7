package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;

/** How much of the heap sessions take. In a JVM of its own, since it looks at all of the heap. */
final class SessionMemoryIT {
    private static final int SESSIONS = 100_000;

    private final World world = new World("a", "b", "c");

    @Test
    void aSessionAwayFromHomeTakesLessThan200BytesAndOneAtHomeNone() {
        StickySessions sessions = world.sessions().maxEntries(SESSIONS).build();
        long empty = used();
        for (int i = 0; i < SESSIONS; i++) world.serve(sessions.visit("session-" + i));
        long home = used() - empty;
        List<String> atA = new ArrayList<>();
        Homes homes = Homes.of(World.listed(world.pool), null);
        KeyHash hash = new KeyHash(null);
        for (int i = 0; atA.size() < SESSIONS; i++)
            if (homes.home(hash.of("moved-" + i)).server().id().equals("a")) atA.add("moved-" + i);
        world.pool.hold("a", Hold.CHECK);
        long before = used();
        for (String key : atA) world.serve(sessions.visit(key)); // says that the table is full, which it is
        long away = used() - before;
        long entries = sessions.entries();
        System.out.printf(
                "a session takes %.1f bytes at home, %.1f away from it%n",
                (double) home / SESSIONS, (double) away / entries);
        assertThat(entries).isEqualTo(atA.size()); // and the keys are still there
        assertThat(home / SESSIONS).isLessThan(2); // what else happens on the heap
        assertThat(away / entries).isLessThan(200);
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
