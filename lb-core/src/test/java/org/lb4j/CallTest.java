package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;

/** {@link Selector#call}: the outcome is how the body went. */
final class CallTest {
    private final List<Outcome> ends = new ArrayList<>();
    private final ServerPool pool = Pools.of(
            Pools.settings(new ManualTicker()).onCall(server -> (start, answered, now, outcome) -> ends.add(outcome)),
            "a",
            "b");
    private final Selector selector = pool.selector(new PlainDraw());

    private void assertOutcome(Exception thrown, Outcome outcome) {
        assertThatThrownBy(() -> selector.call(server -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(ends).containsExactly(outcome);
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void aResultIsASuccess() {
        String id = selector.call(server -> {
            assertThat(pool.member(server.id()).inFlight()).isOne();
            return server.id();
        });
        assertThat(id).isIn("a", "b");
        assertThat(ends).containsExactly(Outcome.SUCCESS);
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void nullIsAResult() {
        assertThat(selector.<String, RuntimeException>call(server -> null)).isNull();
        assertThat(ends).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void aContextIsHonoured() {
        assertThat(selector.<String, RuntimeException>call(SelectionContext.only("b"), Server::id))
                .isEqualTo("b");
    }

    @Test
    void anExceptionIsAFailureAndReachesTheCallerUnchanged() {
        assertOutcome(new IOException("reset"), Outcome.FAILURE);
    }

    @Test
    void aRuntimeExceptionIsAFailure() {
        assertOutcome(new IllegalArgumentException("body"), Outcome.FAILURE);
    }

    @Test
    void anErrorIsAFailure() {
        Error error = new StackOverflowError();
        assertThatThrownBy(() -> selector.call(server -> {
                    throw error;
                }))
                .isSameAs(error);
        assertThat(ends).containsExactly(Outcome.FAILURE);
    }

    @Test
    void aCallThatIsGivenUpSaysNothingOfTheServer() {
        assertOutcome(new CancellationException(), Outcome.CANCELLED);
    }

    @Test
    void anInterruptedCallSaysNothingOfTheServer() {
        assertOutcome(new InterruptedException(), Outcome.CANCELLED);
    }

    @Test
    void withoutAServerTheBodyIsNotRun() {
        List<Server> called = new ArrayList<>();
        Selector nobody = Pools.of().selector(new PlainDraw());
        assertThatThrownBy(() -> nobody.call(called::add)).isInstanceOf(NoServerAvailableException.class);
        assertThat(called).isEmpty();
    }
}
