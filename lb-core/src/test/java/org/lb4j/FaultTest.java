package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** What user code throws stops nobody: the old picker stays, or the call goes on. */
final class FaultTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Events events = new Events();
    private RuntimeException broken;

    private <T> T orThrow(T result) {
        if (broken != null) throw broken;
        return result;
    }

    private ServerPool pool(Shaper shaper) {
        return Pools.of(Pools.settings(ticker).shaper(shaper).onChange(events), "a", "b");
    }

    private static Roster even(Roster roster) {
        return roster;
    }

    private Picker compile(Roster roster, Picker before) {
        return orThrow(new PlainDraw().compile(roster, before));
    }

    @Test
    void anAlgorithmThatThrowsLeavesTheOldPickerInUse() {
        ServerPool pool = pool(FaultTest::even);
        Selector selector = pool.selector(this::compile);
        Selector sound = pool.selector(new PlainDraw());
        events.taken();
        broken = new IllegalStateException("algorithm");
        pool.update(Servers.list("b", "c"));
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b");
        assertThat(Seen.by(sound)).containsExactlyInAnyOrder("b", "c");
        assertThat(pool.faults()).isOne();
        assertThat(events.texts())
                .anyMatch(text -> text.matches("FAULT: .* threw java.lang.IllegalStateException: algorithm"));
        broken = null;
        pool.update(Servers.list("b", "c", "d"));
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("b", "c", "d");
    }

    @Test
    void anAlgorithmThatCompilesNothingIsAtFaultToo() {
        ServerPool pool = pool(FaultTest::even);
        Selector selector =
                pool.selector((roster, before) -> roster.size() > 2 ? null : new PlainDraw().compile(roster, null));
        pool.update(Servers.list("a", "b", "c"));
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b");
        assertThat(pool.faults()).isOne();
    }

    @Test
    void whatAnAlgorithmThrowsAtItsFirstRosterReachesTheUser() {
        ServerPool pool = pool(FaultTest::even);
        broken = new IllegalStateException("algorithm");
        assertThatThrownBy(() -> pool.selector(this::compile)).isSameAs(broken);
    }

    @Test
    void whatAShaperThrowsAtItsFirstRosterReachesTheUser() {
        broken = new IllegalStateException("shaper");
        assertThatThrownBy(() -> pool(this::orThrow)).isSameAs(broken);
    }

    @Test
    void aShaperThatThrowsLeavesTheOldRosterInUse() {
        ServerPool pool = pool(this::orThrow);
        Selector selector = pool.selector(new PlainDraw());
        events.taken();
        broken = new IllegalStateException("shaper");
        pool.update(Servers.list("b", "c"));
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b");
        assertThat(pool.faults()).isOne();
        assertThat(events.texts()).contains("FAULT: shaping threw java.lang.IllegalStateException: shaper");
        broken = null;
        pool.hold("c", Hold.DRAIN);
        assertThat(Seen.by(selector)).containsExactly("b");
    }

    @Test
    void aShaperThatReturnsNothingIsAtFaultToo() {
        ServerPool pool = pool(roster -> roster.size() > 2 ? null : roster);
        Selector selector = pool.selector(new PlainDraw());
        pool.update(Servers.list("a", "b", "c"));
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b");
        assertThat(pool.faults()).isOne();
    }

    @Test
    void aStepThatThrowsIsTriedAgainAfterASecond() {
        ServerPool pool = pool(roster -> orThrow(roster.until(roster.now() + 1000)));
        Selector selector = pool.selector(new PlainDraw());
        broken = new IllegalStateException("step");
        ticker.advance(Duration.ofNanos(1000));
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b");
        assertThat(pool.faults()).isOne();
        ticker.advance(Duration.ofMillis(999));
        selector.next();
        assertThat(pool.faults()).isOne();
        ticker.advance(Duration.ofMillis(1));
        selector.next();
        assertThat(pool.faults()).isEqualTo(2);
        broken = null;
        ticker.advance(Duration.ofSeconds(1));
        selector.next();
        ticker.advance(Duration.ofNanos(1000));
        selector.next();
        assertThat(pool.faults()).isEqualTo(2);
    }

    @Test
    void whatAListenerThrowsStopsNeitherTheChangeNorTheOthers() {
        ServerPool pool = Pools.of(
                Pools.settings(ticker)
                        .onChange(event -> {
                            throw new IllegalStateException("listener");
                        })
                        .onChange(events),
                "a");
        assertThat(events.taken()).hasSize(1);
        pool.hold("a", Hold.DRAIN);
        assertThat(events.taken()).hasSize(1);
        assertThat(pool.faults()).isEqualTo(2);
    }

    @Test
    void evenAnErrorStopsNobody() {
        ServerPool pool = pool(FaultTest::even);
        Selector selector = pool.selector((roster, before) -> {
            if (roster.size() > 2) throw new StackOverflowError();
            return new PlainDraw().compile(roster, before);
        });
        pool.update(Servers.list("a", "b", "c"));
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b");
    }
}
