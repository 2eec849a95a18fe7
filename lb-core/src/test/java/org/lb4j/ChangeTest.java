package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;

/** {@link ServerPool#change}: many edits, published once. */
final class ChangeTest {
    private final Events events = new Events();
    private final ServerPool pool = Pools.of(Pools.settings(new ManualTicker()).onChange(events), "a", "b", "c", "d");

    @Test
    void manyEditsArePublishedOnce() {
        AtomicInteger compiled = new AtomicInteger();
        Selector selector = pool.selector((roster, before) -> {
            compiled.incrementAndGet();
            return new PlainDraw().compile(roster, before);
        });
        events.taken();
        pool.change(edits -> {
            edits.hold("a", Hold.CHECK);
            edits.hold("b", Hold.ADMIN);
            edits.scale("c", "agent", 0.5);
        });
        assertThat(compiled).hasValue(2);
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("c", "d");
        assertThat(events.texts())
                .containsExactly(
                        "HELD a: failing checks (CHECK)",
                        "HELD b: taken out (ADMIN)",
                        "SCALED c: agent says 0.5, weight 0.5");
    }

    @Test
    void editsSeeEachOther() {
        pool.change(edits -> {
            edits.hold("a", Hold.CHECK);
            edits.hold("a", Hold.ADMIN);
            edits.release("a", Hold.CHECK);
        });
        assertThat(Seen.status(pool, "a").holds()).containsExactly(Hold.ADMIN);
    }

    @Test
    void editsSayWhetherTheServerIsThere() {
        List<Boolean> known = new ArrayList<>();
        pool.change(edits -> {
            known.add(edits.hold("a", Hold.CHECK));
            known.add(edits.hold("x", Hold.CHECK));
            known.add(edits.release("x", Hold.CHECK));
            known.add(edits.scale("x", "agent", 0.5));
        });
        assertThat(known).containsExactly(true, false, false, false);
    }

    @Test
    void ifTheEditsThrowNothingChanges() {
        events.taken();
        IllegalStateException thrown = new IllegalStateException("no");
        assertThatThrownBy(() -> pool.change(edits -> {
                    edits.hold("a", Hold.CHECK);
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(pool.member("a").holds()).isZero();
        assertThat(events.taken()).isEmpty();
    }

    @Test
    void anEditThatWasRefusedIsNotDoneAgain() {
        pool.change(edits -> {
            Throwable refused = catchThrowable(() -> edits.scale("a", "agent", 7));
            assertThat(refused).isInstanceOf(IllegalArgumentException.class);
            edits.hold("b", Hold.CHECK);
        });
        assertThat(Seen.status(pool, "b").holds()).containsExactly(Hold.CHECK);
    }

    @Test
    void nothingIsNoServer() {
        assertThatThrownBy(() -> pool.change(edits -> edits.hold(null, Hold.CHECK)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("server id must be given, was null");
    }

    @Test
    void noEditIsNoChange() {
        events.taken();
        pool.change(edits -> {});
        pool.change(edits -> edits.release("a", Hold.CHECK));
        assertThat(events.taken()).isEmpty();
    }
}
