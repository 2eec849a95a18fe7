package org.lb4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.lb4j.SelectionContext;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.failover.Attempt;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Failure;
import org.lb4j.failover.Repeat;
import org.lb4j.testing.Pools;

final class WatchedOutputTest {
    private final IOException cause = new IOException("broken");
    private final Attempt attempt = Failover.defaults()
            .attempts(Pools.of("a").selector(Algorithms.roundRobin()), SelectionContext.none(), Repeat.FREELY)
            .first();

    @Test
    void aBodyThatBreaksIsOurOwnFault() {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        assertThatThrownBy(() -> WatchedOutput.write(attempt, sent, out -> {
                    out.write("ab".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    out.write('c');
                    out.flush();
                    throw cause;
                }))
                .isSameAs(cause);
        assertThat(sent).hasToString("abc");
        assertThat(attempt.failureOf(cause)).isEqualTo(Failure.LOCAL);
    }

    /** Whatever the body makes of it. */
    @Test
    void aConnectionThatBreaksIsNot() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw cause;
            }
        };
        assertThatThrownBy(() -> WatchedOutput.write(attempt, gone, out -> {
                    try {
                        out.write('a');
                    } catch (IOException told) {
                        throw new IllegalStateException(told);
                    }
                }))
                .hasCause(cause);
        assertThat(attempt.failureOf(cause)).isEqualTo(Failure.AMBIGUOUS);
    }
}
