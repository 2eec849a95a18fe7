package org.lb4j.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lb4j.Outcome;

final class FailureTest {
    @Test
    void whatNeverLeftIsNeverSent() {
        assertThat(Failure.of(new ConnectException())).isEqualTo(Failure.NEVER_SENT);
        assertThat(Failure.of(new UnknownHostException("a"))).isEqualTo(Failure.NEVER_SENT);
        assertThat(Failure.of(new NoRouteToHostException())).isEqualTo(Failure.NEVER_SENT);
        assertThat(Failure.of(new PortUnreachableException())).isEqualTo(Failure.NEVER_SENT);
        assertThat(Failure.of(new UnresolvedAddressException())).isEqualTo(Failure.NEVER_SENT);
        assertThat(Failure.of(new SSLHandshakeException("untrusted"))).isEqualTo(Failure.NEVER_SENT);
        assertThat(Failure.of(new SSLPeerUnverifiedException("wrong name"))).isEqualTo(Failure.NEVER_SENT);
        assertThat(Failure.of(new SocketTimeoutException("Connect timed out"))).isEqualTo(Failure.NEVER_SENT);
    }

    @Test
    void inDoubtItWasSent() {
        assertThat(Failure.of(new SocketTimeoutException("Read timed out"))).isEqualTo(Failure.AMBIGUOUS);
        assertThat(Failure.of(new SocketTimeoutException())).isEqualTo(Failure.AMBIGUOUS);
        assertThat(Failure.of(new SocketException("Connection reset"))).isEqualTo(Failure.AMBIGUOUS);
        assertThat(Failure.of(new SSLException("not TLS"))).isEqualTo(Failure.AMBIGUOUS);
        assertThat(Failure.of(new TimeoutException())).isEqualTo(Failure.AMBIGUOUS);
        assertThat(Failure.of(new IOException("HTTP/1.1 header parser received no bytes", new EOFException())))
                .isEqualTo(Failure.AMBIGUOUS);
        assertThat(Failure.of(new Exception("unknown"))).isEqualTo(Failure.AMBIGUOUS);
        assertThat(Failure.of(new UncheckedIOException(new IOException()))).isEqualTo(Failure.AMBIGUOUS);
    }

    @Test
    void whoLeavesCancels() {
        assertThat(Failure.of(new CancellationException())).isEqualTo(Failure.CANCELLED);
        assertThat(Failure.of(new InterruptedException())).isEqualTo(Failure.CANCELLED);
        assertThat(Failure.of(new InterruptedIOException())).isEqualTo(Failure.CANCELLED);
        assertThat(Failure.of(new ClosedByInterruptException())).isEqualTo(Failure.CANCELLED);
        assertThat(Failure.of(new IOException(new InterruptedException()))).isEqualTo(Failure.CANCELLED);
    }

    @Test
    void ourOwnFaultsAreLocal() {
        assertThat(Failure.of(new IllegalArgumentException("bad URI"))).isEqualTo(Failure.LOCAL);
        assertThat(Failure.of(new AssertionError())).isEqualTo(Failure.LOCAL);
        assertThat(Failure.of(new RuntimeException(new IllegalStateException())))
                .isEqualTo(Failure.LOCAL);
    }

    @Test
    void causesAreAskedInTurnAndALoopOfThemEnds() {
        assertThat(Failure.of(new CompletionException(new ExecutionException(new ConnectException()))))
                .isEqualTo(Failure.NEVER_SENT);
        Throwable deep = new ConnectException();
        for (int i = 0; i < 15; i++) deep = new IOException(deep);
        assertThat(Failure.of(deep)).isEqualTo(Failure.NEVER_SENT);
        assertThat(Failure.of(new IOException(deep))).isEqualTo(Failure.AMBIGUOUS);
        IOException one = new IOException("one");
        IOException two = new IOException("two", one);
        one.initCause(two);
        assertThat(Failure.of(one)).isEqualTo(Failure.AMBIGUOUS);
    }

    /** The JDK's HTTP client has one class and a text for each version. */
    @ParameterizedTest
    @CsvSource({
        "Received RST_STREAM: Stream not processed, NOT_PROCESSED",
        "request not processed by peer, NOT_PROCESSED",
        "Received RST_STREAM: Internal error, AMBIGUOUS",
    })
    void aRefusedStreamIsKnownByItsText(String text, Failure failure) {
        assertThat(Failure.of(new IOException(text))).isEqualTo(failure);
    }

    @Test
    void onlyWhatCostsTheFleetNothingIsFree() {
        assertThat(Diagnosis.of(new ConnectException("Connection refused")).free())
                .isTrue();
        assertThat(Diagnosis.of(new ConnectException("Connection timed out")).free())
                .isFalse();
        assertThat(Diagnosis.of(new SSLHandshakeException("")).free()).isFalse();
        assertThat(Diagnosis.of(new ConnectException()).as(Failure.AMBIGUOUS).free())
                .isFalse();
    }

    @Test
    void theLeaseEndsByWhatIsKnown() {
        assertThat(Diagnosis.of(new ConnectException()).outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(Diagnosis.of(new ConnectException("Connection timed out")).outcome())
                .isEqualTo(Outcome.TIMEOUT);
        assertThat(Diagnosis.of(new TimeoutException()).outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(Diagnosis.of(new EOFException()).outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(Diagnosis.NOT_PROCESSED.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(Diagnosis.of(new CancellationException()).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(Diagnosis.of(new IllegalStateException()).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @ParameterizedTest
    @CsvSource({
        "NEVER_SENT, false, true, true",
        "NOT_PROCESSED, false, true, true",
        "AMBIGUOUS, false, false, true",
        "ANSWERED, false, false, true",
        "CANCELLED, false, false, false",
        "LOCAL, false, false, false",
    })
    void theTableOfWhatMayBeRepeated(Failure failure, boolean never, boolean ifNotProcessed, boolean freely) {
        assertThat(failure.repeatable(Repeat.NEVER)).isEqualTo(never);
        assertThat(failure.repeatable(Repeat.IF_NOT_PROCESSED)).isEqualTo(ifNotProcessed);
        assertThat(failure.repeatable(Repeat.FREELY)).isEqualTo(freely);
    }
}
