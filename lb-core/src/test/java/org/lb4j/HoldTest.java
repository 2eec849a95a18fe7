package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;

/** Holds: one bit a reason. */
final class HoldTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Events events = new Events();
    private final ServerPool pool = Pools.of(Pools.settings(ticker).onChange(events), "a", "b", "c");
    private final Selector selector = pool.selector(new PlainDraw());

    @ParameterizedTest
    @EnumSource
    void aHeldServerGetsNoNewTrafficUntilItIsReleased(Hold reason) {
        assertThat(pool.hold("a", reason)).isTrue();
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("b", "c");
        assertThat(reason.in(pool.member("a").holds())).isTrue();
        assertThat(pool.release("a", reason)).isTrue();
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(pool.member("a").holds()).isZero();
    }

    @Test
    void aServerHeldByTwoCausesStaysOutUntilBothLetGo() {
        pool.hold("a", Hold.CHECK);
        pool.hold("a", Hold.ADMIN);
        pool.release("a", Hold.CHECK);
        assertThat(Seen.by(selector)).doesNotContain("a");
        pool.release("a", Hold.ADMIN);
        assertThat(Seen.by(selector)).contains("a");
    }

    @Test
    void aHoldHasNoCountHowOftenItIsSet() {
        pool.hold("a", Hold.CHECK);
        pool.hold("a", Hold.CHECK);
        pool.release("a", Hold.CHECK);
        assertThat(Seen.by(selector)).contains("a");
    }

    @Test
    void anUnknownServerIsFalseAndNoError() {
        assertThat(pool.hold("x", Hold.ADMIN)).isFalse();
        assertThat(pool.release("x", Hold.ADMIN)).isFalse();
        assertThat(pool.scale("x", "health", 0.5)).isFalse();
        assertThat(events.texts()).noneMatch(text -> text.contains(" x"));
    }

    @Test
    void nothingIsNoIdAndNoReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.hold(null, Hold.ADMIN))
                .withMessage("server id must be given, was null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.hold("a", null))
                .withMessage("hold reason must be given, was null");
    }

    @Test
    void aHeldServersCallsGoOn() {
        Lease lease = selector.acquire(SelectionContext.only("a"));
        pool.hold("a", Hold.ADMIN);
        assertThat(pool.member("a").inFlight()).isOne();
        lease.success();
        assertThat(pool.member("a").inFlight()).isZero();
    }

    @Test
    void eachChangeIsToldOnce() {
        events.taken();
        pool.hold("a", Hold.DRAIN);
        pool.hold("a", Hold.DRAIN);
        pool.release("a", Hold.DRAIN);
        pool.release("a", Hold.DRAIN);
        assertThat(events.texts())
                .containsExactly("HELD a: draining (DRAIN)", "RELEASED a: no longer draining (DRAIN)");
    }

    @Test
    void statusSaysWhatHoldsAServerAndSinceWhen() {
        pool.hold("a", Hold.CHECK);
        long check = ticker.nanos();
        long admin = ticker.advance(Duration.ofSeconds(5));
        pool.hold("a", Hold.ADMIN);
        ticker.advance(Duration.ofSeconds(5));
        pool.hold("a", Hold.CHECK);
        assertThat(Seen.status(pool, "a").holds()).isEqualTo(Set.of(Hold.CHECK, Hold.ADMIN));
        assertThat(Seen.status(pool, "a").heldSince()).isEqualTo(Map.of(Hold.CHECK, check, Hold.ADMIN, admin));
        assertThat(Seen.status(pool, "b").holds()).isEmpty();
    }

    @Test
    void aMemberKnowsSinceWhenItIsInAndOut() {
        Member a = pool.member("a");
        long joined = ticker.nanos();
        assertThat(a.inSince()).isEqualTo(joined);
        long out = ticker.advance(Duration.ofSeconds(1));
        pool.hold("a", Hold.CHECK);
        ticker.advance(Duration.ofSeconds(1));
        pool.hold("a", Hold.OUTLIER);
        pool.scale("a", "x", 0.5);
        ticker.advance(Duration.ofSeconds(1));
        pool.release("a", Hold.CHECK);
        assertThat(a.outSince()).isEqualTo(out);
        assertThat(a.inSince()).isEqualTo(joined);
        long in = ticker.advance(Duration.ofSeconds(1));
        pool.release("a", Hold.OUTLIER);
        ticker.advance(Duration.ofSeconds(1));
        pool.scale("a", "x", 1);
        assertThat(a.outSince()).isEqualTo(out);
        assertThat(a.inSince()).isEqualTo(in);
    }

    @Test
    void weightZeroIsOutAsWell() {
        Member a = pool.member("a");
        long out = ticker.advance(Duration.ofSeconds(1));
        pool.scale("a", "x", 0);
        long in = ticker.advance(Duration.ofSeconds(1));
        pool.scale("a", "x", 0.1);
        assertThat(a.outSince()).isEqualTo(out);
        assertThat(a.inSince()).isEqualTo(in);
    }
}
