package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.sticky.StickyOutcome.HIT;
import static org.lb4j.sticky.StickyOutcome.MOVED_DRAINING;
import static org.lb4j.sticky.StickyOutcome.MOVED_REMOVED;
import static org.lb4j.sticky.StickyOutcome.MOVED_UNAVAILABLE;
import static org.lb4j.sticky.StickyOutcome.NEW;
import static org.lb4j.sticky.StickyOutcome.OVERLOADED;
import static org.lb4j.sticky.StickyOutcome.STRICT_FAILED;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Lease;
import org.lb4j.NoServerAvailableException;
import org.lb4j.SelectionContext;
import org.lb4j.Server;
import org.lb4j.ServerPool;

final class SessionsTest {
    private final World world = new World("a", "b", "c", "d");

    @Test
    void aKeyHasAHomeWithoutAnEntry() {
        StickySessions sessions = world.sessions().build();
        for (int i = 0; i < 100; i++) {
            World.Answer answer = world.serve(sessions.visit("user-" + i));
            assertThat(answer.settled()).isEqualTo(new Settled(HIT, null));
            assertThat(world.serve(sessions.visit("user-" + i)).server()).isEqualTo(answer.server());
        }
        assertThat(sessions.entries()).isZero();
        assertThat(sessions.count(HIT)).isEqualTo(200);
    }

    @Test
    void twoProcessesAgreeWithoutTalking() {
        World other = new World("d", "b", "a", "c");
        StickySessions here = world.sessions().build();
        StickySessions there = other.sessions().build();
        for (int i = 0; i < 500; i++) {
            String key = "user-" + i;
            if (i == 250) List.of(world, other).forEach(each -> each.pool.hold("b", Hold.CHECK));
            assertThat(other.serve(there.visit(key)).server())
                    .isEqualTo(world.serve(here.visit(key)).server());
        }
    }

    @Test
    void b1RebalanceMovesTheSessionAndRemembersWhere() {
        StickySessions sessions = world.sessions().build();
        String home = home(sessions, "key");
        world.pool.hold(home, Hold.CHECK);
        World.Answer moved = world.serve(sessions.visit("key"));
        assertThat(moved.outcome()).isEqualTo(MOVED_UNAVAILABLE);
        assertThat(moved.server()).isNotEqualTo(home);
        assertThat(sessions.entries()).isEqualTo(1);
        for (int i = 0; i < 5; i++)
            assertThat(world.serve(sessions.visit("key"))).isEqualTo(answer(moved.server(), HIT));
    }

    @Test
    void b1StrictFailsWithServerAndCause() {
        StickySessions sessions =
                world.sessions().onUnavailable(OnUnavailable.STRICT).build();
        String home = home(sessions, "key");
        world.pool.hold(home, Hold.OUTLIER);
        StickyVisit visit = sessions.visit("key");
        assertThatThrownBy(() -> world.selector.next(visit.context()))
                .isInstanceOf(NoServerAvailableException.class)
                .hasMessage("no server: only " + home + " was asked for, which is ejected");
        assertThat(visit.settle(null).outcome()).isEqualTo(STRICT_FAILED);
        assertThat(sessions.entries()).isZero();
    }

    @Test
    void aStrictSessionThatBeginsDuringAnOutageIsRememberedWhereItBegan() {
        StickySessions sessions = world.sessions()
                .onUnavailable(OnUnavailable.STRICT)
                .onReturn(OnReturn.GO_HOME)
                .build();
        String home = home(sessions, "key");
        world.pool.hold(home, Hold.CHECK);
        World.Answer begun = world.serve(sessions.begin("key"));
        assertThat(begun.outcome()).isEqualTo(NEW);
        world.pool.release(home, Hold.CHECK);
        assertThat(world.serve(sessions.visit("key"))).isEqualTo(answer(begun.server(), HIT));
    }

    @Test
    void b2StayLeavesMovedSessionsWhereTheyAre() {
        StickySessions sessions = world.sessions().build();
        String home = home(sessions, "key");
        world.pool.hold(home, Hold.CHECK);
        String second = world.serve(sessions.visit("key")).server();
        world.pool.release(home, Hold.CHECK);
        assertThat(world.serve(sessions.visit("key"))).isEqualTo(answer(second, HIT));
        world.pool.hold(second, Hold.CHECK);
        assertThat(world.serve(sessions.visit("key"))).isEqualTo(answer(home, MOVED_UNAVAILABLE));
        assertThat(sessions.entries()).as("at home again").isZero();
    }

    @Test
    void b2GoHomeMeetsOneStandInAndLeavesNoTrace() {
        StickySessions sessions = world.sessions().onReturn(OnReturn.GO_HOME).build();
        String home = home(sessions, "key");
        world.pool.hold(home, Hold.CHECK);
        String standIn = world.serve(sessions.visit("key")).server();
        for (int i = 0; i < 5; i++)
            assertThat(world.serve(sessions.visit("key"))).isEqualTo(answer(standIn, MOVED_UNAVAILABLE));
        assertThat(sessions.entries()).isZero();
        world.pool.release(home, Hold.CHECK);
        assertThat(world.serve(sessions.visit("key"))).isEqualTo(answer(home, HIT));
    }

    @Test
    void goHomeMeetsOneStandInWhileHomeCanNotBeReachedAndIsNotHeldYet() {
        StickySessions sessions = world.sessions().onReturn(OnReturn.GO_HOME).build();
        Set<String> standIns = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            StickyVisit visit = sessions.visit("key");
            Server dead = world.selector.next(visit.context());
            Server other = world.selector.next(visit.retry(dead, new ConnectException()));
            assertThat(visit.settle(other).outcome()).isEqualTo(MOVED_UNAVAILABLE);
            standIns.add(other.id());
        }
        assertThat(standIns).hasSize(1);
        assertThat(sessions.entries()).isZero();
        world.pool.hold(home(sessions, "key"), Hold.CHECK);
        assertThat(world.serve(sessions.visit("key")).server()).isIn(standIns);
    }

    @Test
    void b3ADrainingServerKeepsKnownSessionsUntilTheDeadlineAndBeginsNone() {
        StickySessions sessions = world.sessions().build();
        List<String> keys = keysAt(sessions, "a", 20);
        world.advance(Duration.ofMinutes(7));
        world.pool.hold("a", Hold.DRAIN);
        World.Answer begun = world.serve(sessions.begin(keys.get(0)));
        assertThat(begun.outcome()).isEqualTo(NEW);
        assertThat(begun.server()).isNotEqualTo("a");
        assertThat(world.serve(sessions.visit(keys.get(0)))).isEqualTo(answer(begun.server(), HIT));
        world.advance(Duration.ofMinutes(30).minusNanos(1));
        for (String key : keys.subList(1, 20))
            assertThat(world.serve(sessions.visit(key))).isEqualTo(answer("a", HIT));
        world.advance(Duration.ofNanos(1));
        for (String key : keys.subList(1, 20)) {
            World.Answer moved = world.serve(sessions.visit(key));
            assertThat(moved.outcome()).isEqualTo(MOVED_DRAINING);
            assertThat(moved.server()).isNotEqualTo("a");
        }
    }

    @Test
    void b3UnderGoHomeASessionThatBeginsBesideADrainedHomeIsNotSentThere() {
        StickySessions sessions = world.sessions().onReturn(OnReturn.GO_HOME).build();
        String key = keysAt(sessions, "a", 1).get(0);
        world.pool.hold("a", Hold.DRAIN);
        World.Answer begun = world.serve(sessions.begin(key));
        assertThat(begun.outcome()).isEqualTo(NEW);
        assertThat(world.serve(sessions.visit(key))).isEqualTo(answer(begun.server(), HIT));
    }

    @Test
    void underGoHomeASessionThatBeginsBesideAHomeThatIsDrainedAndHeldIsNotSentThere() {
        StickySessions sessions = world.sessions().onReturn(OnReturn.GO_HOME).build();
        String key = keysAt(sessions, "a", 1).get(0);
        world.pool.hold("a", Hold.DRAIN);
        world.pool.hold("a", Hold.CHECK);
        World.Answer begun = world.serve(sessions.begin(key));
        assertThat(begun.outcome()).isEqualTo(NEW);
        world.pool.release("a", Hold.CHECK);
        assertThat(world.serve(sessions.visit(key))).isEqualTo(answer(begun.server(), HIT));
    }

    @Test
    void aSessionThatBeginsBesideACrowdedHomeStaysWhereItBegan() {
        for (OnReturn onReturn : OnReturn.values()) {
            StickySessions sessions = world.sessions().onReturn(onReturn).build();
            String key = keysAt(sessions, "a", 1).get(0);
            List<Lease> leases = new ArrayList<>();
            for (int i = 0; i < 20; i++) leases.add(world.selector.acquire(SelectionContext.only("a")));
            World.Answer begun = world.serve(sessions.begin(key));
            assertThat(begun.outcome()).isEqualTo(NEW);
            assertThat(begun.server()).isNotEqualTo("a");
            leases.forEach(Lease::success);
            assertThat(world.serve(sessions.visit(key))).isEqualTo(answer(begun.server(), HIT));
        }
    }

    @Test
    void aStandInIsNeverADrainingServer() {
        StickySessions sessions = world.sessions().build();
        world.pool.hold("a", Hold.DRAIN);
        world.pool.hold("b", Hold.CHECK);
        for (String key : keysAt(sessions, "b", 50))
            assertThat(world.serve(sessions.visit(key)).server()).isIn("c", "d");
    }

    @Test
    void b4AServerThatWasRemovedHitsAgainUnderItsId() {
        StickySessions sessions = world.sessions().build();
        List<String> keys = keysAt(sessions, "d", 20);
        world.servers("a", "b", "c");
        for (String key : keys)
            assertThat(world.serve(sessions.visit(key)).server()).isIn("a", "b", "c");
        world.servers("a", "b", "c", "d");
        for (String key : keys) assertThat(world.serve(sessions.visit(key))).isEqualTo(answer("d", HIT));
    }

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
    void b5InPanicAHomeThatFailsItsProbesIsUsed() {
        World panicking = new World(0.5, "a", "b", "c");
        StickySessions sessions = panicking.sessions().build();
        String home = panicking.serve(sessions.visit("key")).server();
        panicking.pool.change(edits -> List.of("a", "b", "c").forEach(id -> edits.hold(id, Hold.CHECK)));
        assertThat(panicking.pool.panic()).isTrue();
        for (int i = 0; i < 5; i++)
            assertThat(panicking.serve(sessions.visit("key"))).isEqualTo(answer(home, HIT));
        assertThat(sessions.entries()).isZero();
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
    void b17NoKeyIsPlainBalancingWithoutAnEntry() {
        StickySessions sessions = world.sessions().build();
        for (String key : new String[] {null, ""}) {
            assertThat(sessions.visit(key).context()).isSameAs(SelectionContext.none());
            SelectionContext own = SelectionContext.key("mine");
            assertThat(sessions.begin(key).context(own)).isSameAs(own);
            assertThat(world.serve(sessions.begin(key)).outcome()).isEqualTo(NEW);
            sessions.forget(key);
        }
        assertThat(sessions.entries()).isZero();
    }

    @Test
    void theCallsThatAreTooManyGoDownTheKeysOrder() {
        StickySessions sessions = world.sessions().build();
        String hot = home(sessions, "key");
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            StickyVisit visit = sessions.visit("key");
            Lease lease = world.selector.acquire(visit.context());
            assertThat(visit.settle(lease.server()).outcome())
                    .isEqualTo(lease.server().id().equals(hot) ? HIT : OVERLOADED);
            leases.add(lease);
            // a call was let in while there were k <= 2 * 1/4 * total + 8
            assertThat(world.pool.member(hot).inFlight()).isLessThanOrEqualTo((i + 1) / 2 + 9);
        }
        assertThat(leases.stream().map(lease -> lease.server().id()).distinct()).hasSizeBetween(2, 3);
        assertThat(sessions.entries()).as("nothing is rewritten").isZero();
        leases.forEach(Lease::success);
        assertThat(world.serve(sessions.visit("key"))).isEqualTo(answer(hot, HIT));
    }

    @Test
    void aRetryLeavesADeadHomeAndIsRemembered() {
        StickySessions sessions = world.sessions().build();
        StickyVisit visit = sessions.visit("key");
        Server dead = world.selector.next(visit.context());
        Server other = world.selector.next(visit.retry(dead, new ConnectException()));
        assertThat(visit.settle(other).outcome()).isEqualTo(MOVED_UNAVAILABLE);
        assertThat(world.serve(sessions.visit("key"))).isEqualTo(answer(other.id(), HIT));
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

    @Test
    void homesAreFoundInAllTiersUnlessItIsBuiltOverAView() {
        World tiers = new World("a", "b", "c#1");
        ServerPool first = tiers.pool.where(server -> server.priority() == 0);
        StickySessions all = tiers.sessions().build();
        StickySessions some = StickySessions.builder(first).build();
        Set<String> homes = new HashSet<>();
        Set<String> homesOfView = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            homes.add(tiers.serve(all.visit("user-" + i)).server());
            homesOfView.add(tiers.serve(some.visit("user-" + i)).server());
        }
        assertThat(homes).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(homesOfView).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void withASecretHomesDependOnIt() {
        StickySessions plain = world.sessions().build();
        StickySessions secret = world.sessions().secret(World.KEY).build();
        StickySessions same = world.sessions().secret(World.KEY).build();
        int differ = 0;
        for (int i = 0; i < 100; i++) {
            String server = home(secret, "user-" + i);
            assertThat(home(same, "user-" + i)).isEqualTo(server);
            if (!home(plain, "user-" + i).equals(server)) differ++;
        }
        assertThat(differ).isBetween(50, 95); // 75 expected; the keys are the same in every run
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> world.sessions().maxEntries(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxEntries must be at least 1, was 0");
        assertThatThrownBy(() -> world.sessions().secret(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("secret must have at least 32 bytes, had 31");
        assertThatThrownBy(() -> StickySessions.builder(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pool must be given, was null");
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
