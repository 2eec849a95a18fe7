package org.lb4j.failover;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What exceptions of the JDK and of the clients mean. By name, since lb-core needs no module but java.base; the nearest
 * class of a hierarchy wins, so a subclass goes before what it extends.
 */
final class KnownFailures {
    private static final Map<String, Function<Throwable, @Nullable Diagnosis>> BY_CLASS = Map.ofEntries(
            always("java.net.UnknownHostException", Diagnosis.REFUSED),
            always("java.net.NoRouteToHostException", Diagnosis.REFUSED),
            always("java.net.PortUnreachableException", Diagnosis.REFUSED),
            always("java.nio.channels.UnresolvedAddressException", Diagnosis.REFUSED),
            // the system's own timeout (ETIMEDOUT) is a ConnectException too
            Map.entry("java.net.ConnectException", KnownFailures::connecting),
            always("java.net.http.HttpConnectTimeoutException", Diagnosis.CONNECT_TIMEOUT),
            always("org.apache.hc.client5.http.ConnectTimeoutException", Diagnosis.CONNECT_TIMEOUT),
            always("io.netty.channel.ConnectTimeoutException", Diagnosis.CONNECT_TIMEOUT),
            always("javax.net.ssl.SSLHandshakeException", Diagnosis.UNREACHED),
            always("javax.net.ssl.SSLPeerUnverifiedException", Diagnosis.UNREACHED),
            always("javax.net.ssl.SSLException", Diagnosis.BROKEN),
            Map.entry("java.net.SocketTimeoutException", KnownFailures::socketTimeout),
            always("java.net.http.HttpTimeoutException", Diagnosis.NO_ANSWER),
            always("io.netty.handler.timeout.ReadTimeoutException", Diagnosis.NO_ANSWER),
            always("java.util.concurrent.TimeoutException", Diagnosis.NO_ANSWER),
            Map.entry("java.io.IOException", KnownFailures::plain),
            Map.entry("okhttp3.internal.http2.StreamResetException", KnownFailures::refusedStream),
            Map.entry("org.apache.hc.core5.http2.H2StreamResetException", KnownFailures::resetStream),
            always("org.apache.hc.core5.http.RequestNotExecutedException", Diagnosis.NOT_PROCESSED),
            always("org.apache.hc.core5.http.ConnectionRequestTimeoutException", Diagnosis.OURS),
            always("reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException", Diagnosis.OURS),
            always("java.lang.InterruptedException", Diagnosis.GIVEN_UP),
            always("java.util.concurrent.CancellationException", Diagnosis.GIVEN_UP),
            always("java.nio.channels.ClosedByInterruptException", Diagnosis.GIVEN_UP),
            Map.entry("java.io.InterruptedIOException", KnownFailures::interrupted));

    private KnownFailures() {}

    private static Map.Entry<String, Function<Throwable, @Nullable Diagnosis>> always(String name, Diagnosis what) {
        return Map.entry(name, thrown -> what);
    }

    /** What this exception says, its causes left aside; null: nothing. */
    static @Nullable Diagnosis of(Throwable thrown) {
        for (Class<?> each = thrown.getClass(); each != null; each = each.getSuperclass()) {
            Function<Throwable, @Nullable Diagnosis> rule = BY_CLASS.get(each.getName());
            Diagnosis says = rule == null ? null : rule.apply(thrown);
            if (says != null) return says;
        }
        return null;
    }

    private static Diagnosis connecting(Throwable thrown) {
        return text(thrown).startsWith("connection timed out") ? Diagnosis.CONNECT_TIMEOUT : Diagnosis.REFUSED;
    }

    /** One class for both waits: the JDK says "Connect timed out" or "Read timed out", OkHttp "timeout". */
    private static Diagnosis socketTimeout(Throwable thrown) {
        return text(thrown).startsWith("connect") ? Diagnosis.CONNECT_TIMEOUT : Diagnosis.NO_ANSWER;
    }

    /** The JDK's client has no class for a stream that was refused: 17 and 25 differ in text. */
    private static @Nullable Diagnosis plain(Throwable thrown) {
        if (thrown.getClass() != IOException.class) return null;
        String text = text(thrown);
        boolean refused = text.equals("received rst_stream: stream not processed")
                || text.contains("request not processed by peer");
        return refused ? Diagnosis.NOT_PROCESSED : null;
    }

    private static Diagnosis refusedStream(Throwable thrown) {
        return text(thrown).endsWith("refused_stream") ? Diagnosis.NOT_PROCESSED : Diagnosis.BROKEN;
    }

    /** Apache's: 7 is REFUSED_STREAM. */
    private static Diagnosis resetStream(Throwable thrown) {
        String text = text(thrown);
        if (text.equals("stream reset (7)")) return Diagnosis.NOT_PROCESSED;
        return text.startsWith("timeout due to inactivity") ? Diagnosis.NO_ANSWER : Diagnosis.BROKEN;
    }

    /** The plain class only: its subclasses are timeouts of one kind or another. */
    private static @Nullable Diagnosis interrupted(Throwable thrown) {
        return thrown.getClass() == java.io.InterruptedIOException.class ? Diagnosis.GIVEN_UP : null;
    }

    private static String text(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }
}
