package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.Allocations;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** {@link ServerPool#where}: some of the servers, with panic, tiers and shapers of their own. */
final class ViewTest {
    private final Events events = new Events();
    private final ServerPool pool =
            Pools.of(Pools.settings(new ManualTicker()).onChange(events), "a@x", "b@x#1", "c@y", "d@y#1");
    private final ServerPool view = pool.where(ViewTest::inX);
    private final Selector selector = view.selector(new PlainDraw());

    private static boolean inX(Server server) {
        return server.zone().equals("x");
    }

    @Test
    void itHasTheSameMembersOfItsPart() {
        assertThat(view.members()).containsExactly(pool.member("a"), pool.member("b"));
        assertThat(view.member("c")).isNull();
        assertThat(view.status()).hasSize(2);
        assertThat(view).hasToString("pool default (view), 2 servers");
    }

    @Test
    void itsCallsAreThePoolsCalls() {
        Lease own = selector.acquire();
        Lease others = pool.selector(new PlainDraw()).acquire(SelectionContext.only("c"));
        assertThat(view.inFlight()).isOne();
        assertThat(pool.inFlight()).isEqualTo(2);
        assertThat(view.load().average()).isEqualTo(1);
        own.success();
        others.success();
    }

    @Test
    void toAskForItsCallsIsNotToAskWhoIsInIt() {
        AtomicInteger asked = new AtomicInteger();
        ServerPool counting = pool.where(server -> asked.incrementAndGet() > 0 && inX(server));
        asked.set(0);
        assertThat(counting.inFlight()).isZero();
        assertThat(asked).hasValue(0);
        assertThat(Allocations.perCall(i -> counting.inFlight())).isZero();
    }

    @Test
    void aViewOfTheSecondTierIsNotEmptyBecauseTheFirstLives() {
        assertThat(Seen.weights(pool)).containsEntry("b", 0.0).containsEntry("d", 0.0);
        ServerPool second = pool.where(server -> server.priority() == 1);
        assertThat(Seen.weights(second)).isEqualTo(Map.of("b", 1.0, "d", 1.0));
    }

    @Test
    void itsPanicIsItsOwn() {
        pool.change(edits -> {
            edits.hold("a", Hold.CHECK);
            edits.hold("b", Hold.CHECK);
        });
        assertThat(view.panic()).isTrue();
        assertThat(pool.panic()).isFalse();
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b");
        assertThat(events.texts())
                .contains("PANIC: in a view: less than 0.5 of the weight is eligible: servers that fail checks or were"
                        + " ejected are used again");
        pool.change(edits -> {
            edits.release("a", Hold.CHECK);
            edits.release("b", Hold.CHECK);
        });
        assertThat(events.texts()).contains("PANIC_OVER: in a view: enough servers are well again");
    }

    @Test
    void aViewThatBeginsInPanicTellsSo() {
        pool.hold("c", Hold.CHECK);
        events.taken();
        ServerPool panicking = pool.where(server -> server.id().equals("c"));
        assertThat(panicking.panic()).isTrue();
        assertThat(events.taken()).extracting(PoolEvent::kind).containsExactly(PoolEvent.Kind.PANIC);
    }

    @Test
    void itFollowsThePool() {
        pool.update(Servers.list("a@y", "c@x", "e@x"));
        assertThat(view.members()).extracting(each -> each.server().id()).containsExactly("c", "e");
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("c", "e");
    }

    @Test
    void itCanNotBeUpdated() {
        assertThatThrownBy(() -> view.update(List.of()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("a view can not be updated: update the pool itself");
    }

    @Test
    void holdsAndFactorsSetThroughItAreThePools() {
        assertThat(view.hold("a", Hold.DRAIN)).isTrue();
        assertThat(view.scale("b", "agent", 0.5)).isTrue();
        assertThat(Seen.status(pool, "a").holds()).containsExactly(Hold.DRAIN);
        assertThat(Seen.weights(view)).isEqualTo(Map.of("a", 0.0, "b", 0.5));
        assertThat(view.release("a", Hold.DRAIN)).isTrue();
        assertThat(Seen.status(pool, "a").holds()).isEmpty();
    }

    @Test
    void serversOutsideAreUnknownToIt() {
        assertThat(view.hold("c", Hold.DRAIN)).isFalse();
        assertThat(view.release("c", Hold.DRAIN)).isFalse();
        assertThat(view.scale("c", "agent", 0)).isFalse();
        List<Boolean> known = new ArrayList<>();
        view.change(edits -> {
            known.add(edits.hold("c", Hold.DRAIN));
            known.add(edits.release("c", Hold.DRAIN));
            known.add(edits.scale("c", "agent", 0));
            known.add(edits.hold("a", Hold.CHECK));
            known.add(edits.release("b", Hold.CHECK));
            known.add(edits.scale("b", "agent", 0.5));
        });
        assertThat(known).containsExactly(false, false, false, true, true, true);
        assertThat(Seen.weights(view)).containsEntry("b", 0.5);
        assertThat(Seen.status(pool, "c").holds()).isEmpty();
        assertThat(Seen.status(pool, "a").holds()).containsExactly(Hold.CHECK);
    }

    @Test
    void trialsThroughItAreThePools() {
        pool.hold("a", Hold.OUTLIER);
        pool.hold("c", Hold.OUTLIER);
        assertThat(view.trial("c", Duration.ofSeconds(1))).isNull();
        assertThat(view.trial("a", Duration.ofSeconds(1))).isNotNull();
        assertThat(Seen.status(pool, "a").onTrial()).isTrue();
    }

    @Test
    void shapersSeeItsPartAlone() {
        List<Integer> sizes = new ArrayList<>();
        ServerPool shaped = Pools.of(
                Pools.settings(new ManualTicker()).shaper(roster -> {
                    sizes.add(roster.size());
                    return roster;
                }),
                "a@x",
                "b@x",
                "c@y");
        ServerPool part = shaped.where(ViewTest::inX);
        assertThat(part.members()).hasSize(2);
        assertThat(sizes).containsExactly(3, 2);
    }

    @Test
    void aViewOfAViewShowsWhatBothShow() {
        ServerPool inner = view.where(server -> server.priority() == 1);
        assertThat(inner.members()).containsExactly(pool.member("b"));
        view.close();
        assertThat(Seen.by(inner.selector(new PlainDraw()))).containsExactly("b");
    }

    @Test
    void closingItEndsItAlone() {
        Lease lease = selector.acquire();
        assertThat(view.closed()).isFalse();
        view.close();
        view.close();
        assertThat(view.closed()).isTrue();
        assertThat(pool.closed()).isFalse();
        String message = "this view of pool \"default\" is closed";
        assertThatIllegalStateException().isThrownBy(selector::next).withMessage(message);
        assertThatIllegalStateException().isThrownBy(selector::acquire).withMessage(message);
        assertThatIllegalStateException().isThrownBy(view::members).withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> view.hold("a", Hold.ADMIN))
                .withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> view.selector(new PlainDraw()))
                .withMessage(message);
        lease.success();
        assertThat(pool.member("a").inFlight()).isZero();
        assertThat(Seen.by(pool.selector(new PlainDraw()))).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void whatWasSetThroughAViewCanBeTakenBackAfterItsEnd() {
        view.hold("a", Hold.CHECK);
        view.scale("a", "agent", 0.5);
        view.close();
        assertThatIllegalStateException().isThrownBy(() -> view.scale("a", "agent", 0.7));
        assertThatIllegalStateException().isThrownBy(() -> view.change(edits -> edits.hold("a", Hold.ADMIN)));
        view.change(edits -> {
            assertThat(edits.release("a", Hold.CHECK)).isTrue();
            assertThat(edits.scale("a", "agent", 1)).isTrue();
        });
        assertThat(pool.member("a").holds()).isZero();
        assertThat(pool.member("a").weight())
                .isEqualTo(pool.member("a").server().weight());
        assertThat(view.release("a", Hold.CHECK)).isTrue();
    }

    @Test
    void whatWasSetThroughAViewCanBeTakenBackOnceTheServerHasLeftIt() {
        pool.hold("a", Hold.DRAIN);
        view.hold("a", Hold.CHECK);
        view.scale("a", "agent", 0.5);
        pool.update(Servers.list("a@y", "b@x", "c@y")); // the same member, in the other part
        assertThat(view.hold("a", Hold.ADMIN)).isFalse();
        assertThat(view.scale("a", "agent", 0.7)).isFalse();
        view.change(edits -> {
            assertThat(edits.release("a", Hold.CHECK)).isTrue();
            assertThat(edits.scale("a", "agent", 1)).isTrue();
        });
        assertThat(Seen.status(pool, "a").holds()).containsExactly(Hold.DRAIN);
        assertThat(pool.member("a").weight())
                .isEqualTo(pool.member("a").server().weight());
        pool.update(Servers.list("b@x", "c@y"));
        pool.update(Servers.list("a@y", "b@x", "c@y"));
        assertThat(view.release("a", Hold.CHECK)).isFalse(); // another member, which the view has never had
    }

    @Test
    void aViewRemembersNoServerForGoodThatItHasHeld() {
        view.hold("a", Hold.CHECK);
        WeakReference<Member> first = new WeakReference<>(pool.member("a"));
        for (int i = 0; i < 10; i++) {
            pool.update(Servers.list("a" + i + "@x", "b@x"));
            view.hold("a" + i, Hold.CHECK);
        }
        Garbage.collectUntil(() -> first.get() == null);
    }

    @Test
    void aClosedViewIsAskedNoMoreAndAnOpenOneIs() {
        List<Server> asked = new ArrayList<>();
        ServerPool closed = pool.where(server -> !asked.add(server));
        ServerPool open = pool.where(server -> server.id().equals("c"));
        closed.close();
        asked.clear();
        pool.update(Servers.list("c@y", "e@x"));
        assertThat(asked).isEmpty();
        assertThat(open.members()).containsExactly(pool.member("c"));
        assertThat(Seen.by(open.selector(new PlainDraw()))).containsExactly("c");
        assertThat(Seen.by(selector)).containsExactly("e");
    }

    @Test
    void closingThePoolEndsItsViews() {
        pool.close();
        assertThat(view.closed()).isTrue();
        assertThatIllegalStateException().isThrownBy(selector::next).withMessage("pool \"default\" is closed");
        assertThatIllegalStateException().isThrownBy(view::members).withMessage("pool \"default\" is closed");
    }

    @Test
    void anEmptyViewHasNobody() {
        Selector nobody = pool.where(server -> false).selector(new PlainDraw());
        assertThatThrownBy(nobody::next).hasMessage("no server: 0 known, 0 eligible");
    }
}
