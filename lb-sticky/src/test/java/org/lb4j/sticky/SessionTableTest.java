package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lb4j.sticky.StickyOutcome.HIT;
import static org.lb4j.sticky.StickyOutcome.MOVED_REMOVED;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.SelectionContext;
import org.lb4j.Server;

/** What is remembered of sessions that are not at home, and for how long. */
final class SessionTableTest {
    private final World world = new World("a", "b", "c", "d");

    @Test
    void anEntryWhoseServerLeftIsDroppedAtItsNextUse() {
        StickySessions sessions = world.sessions().build();
        String key = keysAt(sessions, "a", 1).get(0);
        world.pool.hold("a", Hold.CHECK);
        String second = world.serve(sessions.visit(key)).server();
        world.pool.release("a", Hold.CHECK);
        world.pool.update(world.pool.members().stream()
                .map(member -> member.server())
                .filter(server -> !server.id().equals(second))
                .toList());
        assertThat(world.serve(sessions.visit(key))).isEqualTo(answer("a", MOVED_REMOVED));
        assertThat(sessions.entries()).isZero();
        assertThat(world.serve(sessions.visit(key))).isEqualTo(answer("a", HIT));
    }

    @Test
    void b11AnEntryThatExpiresSendsTheSessionHome() {
        StickySessions sessions = world.sessions().build();
        String home = home(sessions, "key");
        world.pool.hold(home, Hold.CHECK);
        world.serve(sessions.visit("key"));
        world.pool.release(home, Hold.CHECK);
        world.advance(Duration.ofMinutes(30));
        assertThat(world.serve(sessions.visit("key"))).isEqualTo(answer(home, HIT));
    }

    @Test
    void b14AnIdleEntryExpiresAtExactlyItsTime() {
        StickySessions sessions = world.sessions().build();
        String home = home(sessions, "key");
        world.pool.hold(home, Hold.CHECK);
        String away = world.serve(sessions.visit("key")).server();
        world.pool.release(home, Hold.CHECK);
        world.advance(Duration.ofMinutes(30).minusNanos(1));
        assertThat(world.serve(sessions.visit("key")).server()).isEqualTo(away);
        world.advance(Duration.ofMinutes(30).minusNanos(1));
        assertThat(world.serve(sessions.visit("key")).server())
                .as("use renews it")
                .isEqualTo(away);
        world.advance(Duration.ofMinutes(30));
        assertThat(world.serve(sessions.visit("key")).server()).isEqualTo(home);
        assertThat(sessions.entries()).isZero();
    }

    @Test
    void anEntryLivesNoLongerThanMaxLifeHoweverOftenItIsUsed() {
        StickySessions sessions = world.sessions().maxLife(Duration.ofHours(1)).build();
        String home = home(sessions, "key");
        world.pool.hold(home, Hold.CHECK);
        String away = world.serve(sessions.visit("key")).server();
        world.pool.release(home, Hold.CHECK);
        for (int i = 0; i < 3; i++) {
            world.advance(Duration.ofMinutes(19));
            assertThat(world.serve(sessions.visit("key")).server()).isEqualTo(away);
        }
        world.advance(Duration.ofMinutes(3));
        assertThat(world.serve(sessions.visit("key")).server()).isEqualTo(home);
    }

    @Test
    void theFirstWhoMovesASessionDecidesWhereTo() {
        StickySessions sessions = world.sessions().build();
        StickyVisit one = sessions.visit("key");
        StickyVisit two = sessions.visit("key");
        Server dead = world.selector.next(one.context());
        Server first = world.selector.next(one.retry(dead, new ConnectException()));
        one.settle(first);
        SelectionContext other =
                two.context(SelectionContext.none().excluding(first).excluding(dead));
        two.settle(world.selector.next(other));
        assertThat(world.serve(sessions.visit("key"))).isEqualTo(answer(first.id(), HIT));
    }

    @Test
    void b11AFullTableDropsEntriesCountsThemAndDoesNoHarm() {
        StickySessions sessions = world.sessions().maxEntries(100).build();
        List<String> keys = keysAt(sessions, "a", 300);
        world.pool.hold("a", Hold.CHECK);
        try (LogCapture unused = new LogCapture()) { // LogsTest reads what is said
            for (String key : keys) world.serve(sessions.visit(key));
        }
        assertThat(sessions.entries()).isLessThanOrEqualTo(100);
        assertThat(sessions.evicted()).isEqualTo(300 - sessions.entries());
        for (String key : keys)
            assertThat(world.serve(sessions.visit(key)).server()).isIn("b", "c", "d");
        world.pool.release("a", Hold.CHECK);
        long atHome = keys.stream()
                .filter(key -> world.serve(sessions.visit(key)).equals(answer("a", HIT)))
                .count();
        assertThat(atHome).as("whose entries were dropped").isEqualTo(300 - sessions.entries());
    }

    @Test
    void idsUsedOnceFillNothing() {
        StickySessions sessions = world.sessions().build();
        world.pool.hold("a", Hold.DRAIN);
        for (int i = 0; i < 10_000; i++) world.serve(sessions.visit("sprayed-" + i));
        assertThat(sessions.entries()).isZero();
    }

    private String home(StickySessions sessions, String key) {
        return world.serve(sessions.visit(key)).server();
    }

    private List<String> keysAt(StickySessions sessions, String server, int count) {
        List<String> keys = new ArrayList<>();
        Homes homes = Homes.of(World.listed(world.pool), null);
        for (int i = 0; keys.size() < count; i++) {
            String key = "user-" + i;
            if (homes.home(new KeyHash(null).of(key)).server().id().equals(server)) keys.add(key);
        }
        assertThat(sessions.entries()).isZero();
        return keys;
    }

    private static World.Answer answer(String server, StickyOutcome outcome) {
        return new World.Answer(server, new Settled(outcome, null));
    }
}
