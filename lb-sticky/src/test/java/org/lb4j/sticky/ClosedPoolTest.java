package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.lb4j.sticky.StickyOutcome.HIT;
import static org.lb4j.sticky.StickyOutcome.MOVED_REMOVED;
import static org.lb4j.sticky.StickyOutcome.NEW;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Lease;
import org.lb4j.SelectionContext;
import org.lb4j.Server;

/** A pool that is closed while calls run: their answers are good, and what comes later is for the selector to refuse. */
final class ClosedPoolTest {
    private final World world = new World("a", "b", "c");
    private final StickyCookie cookies =
            world.cookie().onReturn(OnReturn.GO_HOME).build();
    private final StickySessions sessions = world.sessions().build();
    private final RouteSuffix route = RouteSuffix.after('.');
    private final Browser browser = new Browser(world, cookies);
    private final Server own = world.pool.member(browser.call().server()).server();

    @BeforeEach
    void knowThePool() {
        route.visit(world.pool, "A1.a");
    }

    @Test
    void anAnswerThatCameMeanwhileIsSettled() {
        StickyVisit known = browser.visit();
        StickyVisit begun = cookies.read("");
        StickyVisit session = sessions.visit("key");
        Server home = world.selector.next(session.context());
        world.pool.close();
        assertThat(known.settle(own)).isEqualTo(new Settled(HIT, null));
        assertThat(begun.settle(own)).isEqualTo(new Settled(NEW, null));
        assertThat(session.settle(home)).isEqualTo(new Settled(HIT, null));
        sessions.learn(List.of("JSESSIONID=A1"), "JSESSIONID", own);
    }

    @Test
    void readingThrowsNothingAndPickingDoes() {
        for (int i = 0; i < 10; i++) // so that the guard asks for the total
        world.selector.acquire(SelectionContext.only(own.id()));
        Lease lease = world.selector.acquire(SelectionContext.only("a"));
        world.pool.hold("b", Hold.CHECK);
        world.pool.close();
        assertThat(browser.visit().settle(null).outcome()).isEqualTo(MOVED_REMOVED);
        for (int i = 0; i < 30; i++) {
            sessions.visit("key-" + i).settle(null);
            sessions.begin("key-" + i).settle(null);
        }
        route.visit(world.pool, "A1.a").settle(null);
        assertThatIllegalStateException()
                .isThrownBy(() -> world.selector.next(browser.visit().context()));
        lease.success();
    }
}
