package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lb4j.sticky.StickyOutcome.HIT;
import static org.lb4j.sticky.StickyOutcome.MOVED_REMOVED;
import static org.lb4j.sticky.StickyOutcome.MOVED_UNAVAILABLE;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Lease;
import org.lb4j.SelectionContext;
import org.lb4j.Server;
import org.lb4j.Trial;

/** Cookies of sessions that go home when their server is back. */
final class CookieGoHomeTest {
    private final World world = new World("a", "b", "c", "d");

    @Test
    void b2GoHomeMeetsOneStandInAndGoesBack() {
        Browser browser =
                new Browser(world, world.cookie().onReturn(OnReturn.GO_HOME).build());
        String first = browser.call().server();
        world.pool.hold(first, Hold.CHECK);
        String standIn = browser.call().server();
        assertThat(standIn).isNotEqualTo(first);
        for (int i = 0; i < 5; i++) assertThat(browser.call()).isEqualTo(answer(standIn, MOVED_UNAVAILABLE));
        world.pool.release(first, Hold.CHECK);
        assertThat(browser.call()).isEqualTo(answer(first, HIT));
    }

    @Test
    void goHomeSpreadsTheSessionsOfADeadServer() {
        StickyCookie cookies = world.cookie().onReturn(OnReturn.GO_HOME).build();
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Browser browser = new Browser(world, cookies);
            if (browser.call().server().equals("a")) browsers.add(browser);
            world.advance(Duration.ofSeconds(8)); // two sessions of one minute may share a stand-in
        }
        world.pool.hold("a", Hold.CHECK);
        Set<String> standIns = new HashSet<>();
        for (Browser each : browsers) standIns.add(each.call().server());
        // 50 sessions of 27 minutes: that none of them chooses one of three has a chance below 3 (2/3)^27 = 6e-5,
        // and the pool, the clock and the keys are the same in every run
        assertThat(standIns).containsExactlyInAnyOrder("b", "c", "d");
    }

    @Test
    void goHomeMeetsAStandInOfTheTierThatHasTraffic() {
        World tiers = new World("a", "b", "c", "d", "e#1", "f#1");
        for (Browser each : atA(tiers)) {
            tiers.pool.hold("a", Hold.CHECK);
            World.Answer away = each.call();
            assertThat(away.server()).isIn("b", "c", "d");
            for (int i = 0; i < 3; i++) assertThat(each.call()).isEqualTo(away);
            List.of("b", "c", "d").forEach(id -> tiers.pool.hold(id, Hold.CHECK));
            assertThat(each.call().server()).isIn("e", "f");
            List.of("a", "b", "c", "d").forEach(id -> tiers.pool.release(id, Hold.CHECK));
        }
    }

    @Test
    void goHomeMeetsAStandInAsShapersHaveIt() {
        World zones = new World(
                settings -> settings.shaper(roster -> {
                    double[] weights = new double[roster.size()];
                    for (int i = 0; i < weights.length; i++)
                        weights[i] = roster.member(i).server().zone().equals("far") ? 0 : roster.weight(i);
                    return roster.withWeights(weights);
                }),
                "a",
                "b",
                "c",
                "d@far",
                "e@far");
        List<Browser> browsers = atA(zones);
        zones.pool.hold("a", Hold.CHECK);
        for (Browser each : browsers) assertThat(each.call().server()).isIn("b", "c");
    }

    @Test
    void goHomeMeetsOneStandInWhileTheServerCanNotBeReachedAndIsNotHeldYet() {
        Browser browser =
                new Browser(world, world.cookie().onReturn(OnReturn.GO_HOME).build());
        String home = browser.call().server();
        Set<String> seconds = new HashSet<>();
        Set<String> thirds = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            StickyVisit visit = browser.visit();
            Server first = world.selector.next(visit.context());
            assertThat(first.id()).isEqualTo(home);
            Server second = world.selector.next(visit.retry(first, new ConnectException()));
            seconds.add(second.id());
            Server third = world.selector.next(visit.retry(second, new ConnectException()));
            thirds.add(third.id());
            assertThat(List.of(home, second.id(), third.id())).doesNotHaveDuplicates();
            assertThat(visit.settle(third)).isEqualTo(new Settled(MOVED_UNAVAILABLE, null));
        }
        assertThat(seconds).hasSize(1);
        assertThat(thirds).hasSize(1);
        world.pool.hold(home, Hold.CHECK);
        assertThat(browser.call().server()).as("once it is held").isIn(seconds);
    }

    @Test
    void aStandInThatIsCrowdedIsNotWishedFor() {
        Browser browser =
                new Browser(world, world.cookie().onReturn(OnReturn.GO_HOME).build());
        world.pool.hold(browser.call().server(), Hold.CHECK);
        String standIn = browser.call().server();
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 20; i++) leases.add(world.selector.acquire(SelectionContext.only(standIn)));
        Set<String> others = new HashSet<>();
        for (int i = 0; i < 10; i++) others.add(browser.call().server());
        assertThat(others).as("balanced as usual").hasSize(3);
        leases.forEach(Lease::success);
    }

    /** Browsers of sessions on server a that go home. */
    private static List<Browser> atA(World world) {
        StickyCookie cookies = world.cookie().onReturn(OnReturn.GO_HOME).build();
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Browser browser = new Browser(world, cookies);
            if (browser.call().server().equals("a")) browsers.add(browser);
            world.advance(Duration.ofSeconds(20)); // sessions of one minute have one key
        }
        return browsers;
    }

    @Test
    void goHomeMovesOnceForGoodWhenTheServerLeaves() {
        Browser browser =
                new Browser(world, world.cookie().onReturn(OnReturn.GO_HOME).build());
        String first = browser.call().server();
        world.pool.hold(first, Hold.CHECK);
        String standIn = browser.call().server();
        world.pool.update(world.pool.members().stream()
                .map(member -> member.server())
                .filter(server -> !server.id().equals(first))
                .toList());
        World.Answer moved = browser.call();
        assertThat(moved.outcome()).isEqualTo(MOVED_REMOVED);
        assertThat(moved.server()).isEqualTo(standIn);
        assertThat(browser.call()).isEqualTo(answer(standIn, HIT));
    }

    @Test
    void underGoHomeASessionMeetsItsStandInUntilTheTrialIsPassed() {
        Browser browser =
                new Browser(world, world.cookie().onReturn(OnReturn.GO_HOME).build());
        String home = browser.call().server();
        world.pool.hold(home, Hold.OUTLIER);
        String standIn = browser.call().server();
        try (Trial trial = world.pool.trial(home, Duration.ofSeconds(10));
                Lease lease = world.selector.acquire(browser.visit().context())) {
            assertThat(trial).isNotNull();
            assertThat(lease.server().id()).isEqualTo(standIn);
        }
        world.pool.release(home, Hold.OUTLIER);
        assertThat(browser.call()).isEqualTo(answer(home, HIT));
    }

    private static World.Answer answer(String server, StickyOutcome outcome) {
        return new World.Answer(server, new Settled(outcome, null));
    }
}
