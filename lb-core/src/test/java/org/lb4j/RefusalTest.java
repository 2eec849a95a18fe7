package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;

/** {@link NoServerAvailableException}: what it says. */
final class RefusalTest {
    private static Throwable refusal(ServerPool.Builder settings, String... members) {
        Selector selector = Pools.of(settings, members).selector(new PlainDraw());
        Throwable byNext = catchThrowable(selector::next);
        Throwable byAcquire = catchThrowable(selector::acquire);
        assertThat(byNext).isInstanceOf(NoServerAvailableException.class).hasMessage(byAcquire.getMessage());
        return byNext;
    }

    private static ServerPool.Builder strict() {
        return Pools.settings(new ManualTicker()).panicThreshold(0);
    }

    @Test
    void nobodyIsKnown() {
        assertThat(refusal(strict())).hasMessage("no server: 0 known, 0 eligible");
    }

    @Test
    void whatIsEjectedAndFailsIsNamedFirst() {
        String[] members = Stream.concat(
                        IntStream.range(0, 7).mapToObj(i -> "e" + i + ":outlier"),
                        IntStream.range(0, 5).mapToObj(i -> "f" + i + ":check"))
                .toArray(String[]::new);
        assertThat(refusal(strict(), members))
                .hasMessage("no server: 12 known, 0 eligible (7 ejected, 5 failing checks)");
    }

    @Test
    void everyCauseIsCounted() {
        assertThat(refusal(strict(), "a:drain", "b:admin", "c*0", "d:check", "e:outlier", "f*0"))
                .hasMessage("no server: 6 known, 0 eligible"
                        + " (1 ejected, 1 failing checks, 1 draining, 1 taken out, 2 of weight 0)");
    }

    @Test
    void aServerHeldTwiceIsCountedOnceByWhatAPersonSaid() {
        ServerPool pool = Pools.of(strict(), "a:check");
        pool.hold("a", Hold.ADMIN);
        pool.hold("a", Hold.OUTLIER);
        assertThat(catchThrowable(pool.selector(new PlainDraw())::next))
                .hasMessage("no server: 1 known, 0 eligible (1 taken out)");
    }

    @Test
    void anAlgorithmMayFindNobodyThoughSomeAreEligible() {
        Selector picky = Pools.of("a", "b").selector((roster, before) -> (context, now) -> null);
        assertThat(catchThrowable(picky::next)).hasMessage("no server: 2 known, 2 eligible");
    }

    @Test
    void itHasNoStackTraceSinceItIsThrownInBulk() {
        assertThat(refusal(strict()).getStackTrace()).isEmpty();
    }
}
