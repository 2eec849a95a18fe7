package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.sticky.StickyOutcome.HIT;
import static org.lb4j.sticky.StickyOutcome.MOVED_DRAINING;
import static org.lb4j.sticky.StickyOutcome.MOVED_REMOVED;
import static org.lb4j.sticky.StickyOutcome.MOVED_UNAVAILABLE;
import static org.lb4j.sticky.StickyOutcome.OVERLOADED;
import static org.lb4j.sticky.StickyOutcome.STRICT_FAILED;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lb4j.Hold;
import org.lb4j.Lease;
import org.lb4j.NoServerAvailableException;
import org.lb4j.SelectionContext;
import org.lb4j.Server;
import org.lb4j.Trial;

final class CookiePolicyTest {
    private final World world = new World("a", "b", "c", "d");

    @ParameterizedTest
    @EnumSource(
            value = Hold.class,
            names = {"ADMIN", "CHECK", "OUTLIER"})
    void b1RebalanceMovesTheSessionOnceAndRewritesTheCookie(Hold hold) {
        Browser browser = new Browser(world, world.cookie().build());
        String first = browser.call().server();
        world.pool.hold(first, hold);
        World.Answer moved = browser.call();
        assertThat(moved.outcome()).isEqualTo(MOVED_UNAVAILABLE);
        assertThat(moved.server()).isNotEqualTo(first);
        assertThat(moved.setCookie()).isNotNull();
        for (int i = 0; i < 5; i++) assertThat(browser.call()).isEqualTo(answer(moved.server(), HIT));
    }

    @Test
    void b1StrictFailsWithServerAndCauseAndLeavesTheToken() {
        Browser browser = new Browser(
                world, world.cookie().onUnavailable(OnUnavailable.STRICT).build());
        String first = browser.call().server();
        world.pool.hold(first, Hold.CHECK);
        StickyVisit visit = browser.visit();
        assertThatThrownBy(() -> world.selector.next(visit.context(SelectionContext.key("mine"))))
                .isInstanceOf(NoServerAvailableException.class)
                .hasMessage("no server: only " + first + " was asked for, which is failing checks");
        assertThat(visit.settle(null)).isEqualTo(new Settled(STRICT_FAILED, null));
        world.pool.release(first, Hold.CHECK);
        assertThat(browser.call()).isEqualTo(answer(first, HIT));
    }

    @Test
    void b2StayLeavesMovedSessionsWhereTheyAre() {
        Browser browser = new Browser(world, world.cookie().build());
        String first = browser.call().server();
        world.pool.hold(first, Hold.CHECK);
        String second = browser.call().server();
        world.pool.release(first, Hold.CHECK);
        for (int i = 0; i < 5; i++) assertThat(browser.call()).isEqualTo(answer(second, HIT));
    }

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
    void b3ADrainingServerKeepsItsSessionsUntilTheDeadlineAndGetsNoNewOnes() {
        StickyCookie cookies = world.cookie().maxIdle(Duration.ofHours(2)).build();
        Browser browser = new Browser(world, cookies);
        String first = browser.call().server();
        world.advance(Duration.ofMinutes(7));
        world.pool.hold(first, Hold.DRAIN);
        world.advance(Duration.ofMinutes(30).minusNanos(1));
        assertThat(browser.call()).isEqualTo(answer(first, HIT));
        for (int i = 0; i < 20; i++)
            assertThat(new Browser(world, cookies).call().server()).isNotEqualTo(first);
        world.advance(Duration.ofNanos(1));
        World.Answer moved = browser.call();
        assertThat(moved.outcome()).isEqualTo(MOVED_DRAINING);
        assertThat(moved.server()).isNotEqualTo(first);
        assertThat(browser.call()).isEqualTo(answer(moved.server(), HIT));
    }

    @Test
    void aServerOfWeightOrFactorZeroIsDraining() {
        StickyCookie cookies = world.cookie().maxIdle(Duration.ofHours(2)).build();
        Browser one = new Browser(world, cookies);
        Browser other = new Browser(world, cookies);
        String a = one.call().server();
        String b = other.call().server();
        world.pool.scale(a, "test", 0);
        world.pool.update(world.pool.members().stream()
                .map(member -> member.server())
                .map(server -> server.id().equals(b) ? server.withWeight(0) : server)
                .toList());
        assertThat(one.call()).isEqualTo(answer(a, HIT));
        assertThat(other.call()).isEqualTo(answer(b, HIT));
        world.advance(Duration.ofMinutes(30));
        assertThat(one.call().outcome()).isEqualTo(MOVED_DRAINING);
        assertThat(other.call().outcome()).isEqualTo(MOVED_DRAINING);
    }

    @Test
    void moveLeavesADrainingServerAtOnce() {
        Browser browser =
                new Browser(world, world.cookie().onDraining(OnDraining.MOVE).build());
        String first = browser.call().server();
        world.pool.hold(first, Hold.DRAIN);
        assertThat(browser.call().outcome()).isEqualTo(MOVED_DRAINING);
    }

    @Test
    void b4AServerThatWasRemovedHitsAgainUnderItsIdButNotUnderItsAddress() {
        Browser browser = new Browser(world, world.cookie().build());
        String first = browser.call().server();
        String token = browser.cookie();
        StickyCookie cookies = world.cookie().build();
        List<Server> all =
                world.pool.members().stream().map(member -> member.server()).toList();
        Server gone = world.pool.member(first).server();
        List<Server> others = all.stream().filter(server -> server != gone).toList();
        world.pool.update(others);
        World.Answer moved = world.serve(cookies.read(token));
        assertThat(moved.outcome()).isEqualTo(MOVED_REMOVED);
        assertThat(moved.setCookie()).isNotNull();

        List<Server> renamed = new ArrayList<>(others);
        renamed.add(Server.builder(gone.hostPort()).id("stranger").build());
        world.pool.update(renamed);
        assertThat(world.serve(cookies.read(token)).outcome()).isEqualTo(MOVED_REMOVED);

        List<Server> elsewhere = new ArrayList<>(others);
        elsewhere.add(Server.builder("10.1.1.1:80").id(first).build());
        world.pool.update(elsewhere);
        assertThat(world.serve(cookies.read(token))).isEqualTo(answer(first, HIT));
    }

    @Test
    void b5InPanicAServerThatFailsItsProbesIsUsedAndNothingIsRewritten() {
        World panicking = new World(0.5, "a", "b", "c");
        Browser browser = new Browser(panicking, panicking.cookie().build());
        String first = browser.call().server();
        panicking.pool.change(edits -> List.of("a", "b", "c").forEach(id -> edits.hold(id, Hold.CHECK)));
        assertThat(panicking.pool.panic()).isTrue();
        for (int i = 0; i < 5; i++) assertThat(browser.call()).isEqualTo(answer(first, HIT));
    }

    @Test
    void b6OneServerMoreMovesNoCookie() {
        StickyCookie cookies = world.cookie().build();
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < 100; i++) browsers.add(new Browser(world, cookies));
        List<String> before =
                browsers.stream().map(each -> each.call().server()).toList();
        world.servers("a", "b", "c", "d", "e");
        assertThat(browsers.stream().map(each -> each.call().server()).toList()).isEqualTo(before);
        assertThat(cookies.count(HIT)).isEqualTo(100);
    }

    @Test
    void b7OnlyTheCookiesOfTheServerThatLeavesMove() {
        StickyCookie cookies = world.cookie().build();
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < 100; i++) browsers.add(new Browser(world, cookies));
        List<String> before =
                browsers.stream().map(each -> each.call().server()).toList();
        world.servers("a", "b", "c");
        for (int i = 0; i < 100; i++) {
            World.Answer answer = browsers.get(i).call();
            if (before.get(i).equals("d")) assertThat(answer.outcome()).isEqualTo(MOVED_REMOVED);
            else assertThat(answer).isEqualTo(answer(before.get(i), HIT));
        }
    }

    @Test
    void aReplayedTokenGetsNoMoreOfAServerThanTheGuardAllows() {
        StickyCookie cookies = world.cookie().build();
        Browser browser = new Browser(world, cookies);
        String hot = browser.call().server();
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            StickyVisit visit = browser.visit();
            Lease lease = world.selector.acquire(visit.context());
            leases.add(lease);
            Settled settled = visit.settle(lease.server());
            assertThat(settled.outcome()).isIn(HIT, OVERLOADED);
            if (settled.outcome() == OVERLOADED) assertThat(settled.setCookie()).isNull();
        }
        // followed while k <= 2 * 1/4 * total + 8, and a quarter of the others falls to it by chance
        assertThat(world.pool.member(hot).inFlight()).isLessThanOrEqualTo(1000 / 2 + 8 + 250);
        assertThat(cookies.count(OVERLOADED)).isGreaterThan(300);
        for (Lease lease : leases) lease.success();
        assertThat(browser.call()).as("for these calls only").isEqualTo(answer(hot, HIT));
    }

    @Test
    void theGuardIsOffWhenToldAndUnderStrict() {
        for (StickyCookie.Builder builder :
                List.of(world.cookie().withoutOverloadGuard(), world.cookie().onUnavailable(OnUnavailable.STRICT))) {
            Browser browser = new Browser(world, builder.build());
            String hot = browser.call().server();
            List<Lease> leases = new ArrayList<>();
            for (int i = 0; i < 100; i++)
                leases.add(world.selector.acquire(browser.visit().context()));
            assertThat(leases)
                    .allSatisfy(lease -> assertThat(lease.server().id()).isEqualTo(hot));
            leases.forEach(Lease::success);
        }
    }

    @Test
    void aRetryLeavesADeadServerAtOnceAndTheCookieFollows() {
        Browser browser = new Browser(world, world.cookie().build());
        String dead = browser.call().server();
        StickyVisit visit = browser.visit();
        Server tried = world.selector.next(visit.context());
        assertThat(tried.id()).isEqualTo(dead);
        Server second = world.selector.next(visit.retry(tried, new ConnectException()));
        Server third = world.selector.next(visit.retry(second, new ConnectException()));
        assertThat(List.of(dead, second.id(), third.id())).doesNotHaveDuplicates();
        Settled settled = visit.settle(third);
        assertThat(settled.outcome()).isEqualTo(MOVED_UNAVAILABLE);
        browser.take(settled);
        assertThat(browser.call()).isEqualTo(answer(third.id(), HIT));
    }

    @Test
    void anAnswerBeItAnErrorCameFromWhereTheSessionLives() {
        Browser browser = new Browser(world, world.cookie().build());
        String home = browser.call().server();
        StickyVisit visit = browser.visit();
        SelectionContext first = visit.context();
        Server tried = world.selector.next(first);
        assertThat(visit.retry(tried, null)).isSameAs(first);
        assertThat(world.selector.next(visit.retry(tried, null)).id()).isEqualTo(home);
    }

    @Test
    void theCallersOwnExclusionsAreKeptAndItsMoveIsTold() {
        Browser browser = new Browser(world, world.cookie().build());
        String home = browser.call().server();
        StickyVisit visit = browser.visit();
        SelectionContext base =
                SelectionContext.none().excluding(world.pool.member(home).server());
        Server other = world.selector.next(visit.context(base));
        assertThat(other.id()).isNotEqualTo(home);
        assertThat(visit.settle(other).outcome()).isEqualTo(MOVED_UNAVAILABLE);
    }

    @Test
    void anEjectedServerOnTrialTakesOneCallOfItsSessionsAtATime() {
        Browser browser = new Browser(world, world.cookie().build());
        String home = browser.call().server();
        world.pool.hold(home, Hold.OUTLIER);
        try (Trial trial = world.pool.trial(home, Duration.ofSeconds(10))) {
            StickyVisit first = browser.visit();
            StickyVisit second = browser.visit();
            try (Lease one = world.selector.acquire(first.context());
                    Lease other = world.selector.acquire(second.context())) {
                assertThat(first.settle(one.server())).isEqualTo(new Settled(HIT, null));
                assertThat(second.settle(other.server()).outcome()).isEqualTo(MOVED_UNAVAILABLE);
            }
        }
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

    @Test
    void aTierWithoutTrafficKeepsItsSessions() {
        World tiers = new World(0.5, "a#1", "b", "c", "d");
        StickyCookie cookies = tiers.cookie().build();
        List.of("b", "c", "d").forEach(id -> tiers.pool.hold(id, Hold.CHECK));
        Browser browser = new Browser(tiers, cookies);
        String spare = browser.call().server();
        assertThat(spare).isEqualTo("a");
        List.of("b", "c", "d").forEach(id -> tiers.pool.release(id, Hold.CHECK));
        assertThat(browser.call()).isEqualTo(answer("a", HIT));
    }

    private static World.Answer answer(String server, StickyOutcome outcome) {
        return new World.Answer(server, new Settled(outcome, null));
    }
}
