package org.lb4j.health;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;

/** What an exception of a socket or client says of the server. */
final class Faults {
    private static final int DEPTH = 10;

    private Faults() {}

    static ProbeResult of(Throwable thrown) {
        Throwable fault = unwrapped(thrown);
        if (ours(fault)) return ProbeResult.inconclusive(Reason.SATURATED);
        return ProbeResult.fail(reason(fault), Evidence.of(fault));
    }

    /** An executor that is full; no memory, or no thread, which the JVM reports as that. */
    static boolean ours(Throwable fault) {
        return fault instanceof RejectedExecutionException || fault instanceof OutOfMemoryError;
    }

    /** What was thrown, without what a future wraps around it. */
    static Throwable unwrapped(Throwable thrown) {
        Throwable inner = thrown;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) inner = inner.getCause();
        return inner;
    }

    private static Reason reason(Throwable fault) {
        // The client reports an unknown host as a failed connection; only the root says what it was.
        if (has(fault, UnresolvedAddressException.class) || has(fault, UnknownHostException.class)) return Reason.DNS;
        if (has(fault, SSLException.class)) return Reason.CONNECT;
        if (fault instanceof HttpConnectTimeoutException) return Reason.CONNECT;
        if (fault instanceof HttpTimeoutException) return Reason.TIMEOUT;
        if (has(fault, ConnectException.class)
                || has(fault, NoRouteToHostException.class)
                || has(fault, PortUnreachableException.class)) return Reason.CONNECT;
        return fault instanceof IOException ? Reason.PROTOCOL : Reason.ERROR;
    }

    private static boolean has(Throwable fault, Class<? extends Throwable> type) {
        Throwable each = fault;
        for (int i = 0; each != null && i < DEPTH; i++, each = each.getCause()) if (type.isInstance(each)) return true;
        return false;
    }
}
