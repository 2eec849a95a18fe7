package org.lb4j.client;

import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lb4j.NoServerAvailableException;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.client.ServiceSettings.Settled;
import org.lb4j.failover.Attempt;
import org.lb4j.failover.Attempts;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Failure;
import org.lb4j.failover.Repeat;

/**
 * One service of {@link Services}, as adapters need it: what a request may do, where it goes, what a response says.
 *
 * <pre>{@code
 * Service users = services.of(URI.create("http://users/42"));
 * URI target = users.target(URI.create("http://users/42"), attempt.server());
 * }</pre>
 */
public final class Service {
    /** How many bytes are read of an answer that nobody wants, so that its connection can be used again. */
    public static final int MOST_DRAINED = 64 * 1024;

    /** How long that may take. */
    public static final Duration DRAIN_TIME = Duration.ofMillis(100); // as OkHttp

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    private final String name;
    private final Selector selector;
    private final Settled settings;

    Service(String name, Selector selector, Settled settings) {
        this.name = name;
        this.selector = selector;
        this.settings = settings;
    }

    /**
     * Its name.
     *
     * @return the logical host, perhaps with a port
     */
    public String name() {
        return name;
    }

    /**
     * What picks its servers.
     *
     * @return the selector
     */
    public Selector selector() {
        return selector;
    }

    /**
     * What it does on failure.
     *
     * @return its policy
     */
    public Failover failover() {
        return settings.failover();
    }

    /**
     * Whether it hedges.
     *
     * @return true: only an asynchronous client can serve it
     */
    public boolean hedges() {
        return failover().hedges();
    }

    /**
     * The name that servers with an IP address show in TLS, if one was given.
     *
     * @return null: the service's name
     */
    public @Nullable String authority() {
        return settings.authority();
    }

    /**
     * Whether the user said what may be repeated, and so vouches for bodies that nobody knows.
     *
     * @return true if {@link ServiceSettings#repeatable} was given
     */
    public boolean vouchesForBodies() {
        return settings.repeatable() != null;
    }

    /**
     * What a request wants of the choice.
     *
     * @param request its head
     * @return the context
     */
    public SelectionContext context(RequestHead request) {
        return settings.context().apply(request);
    }

    /**
     * What may be repeated of a request.
     *
     * @param request its head
     * @return by the user's rule, or by method and Idempotency-Key
     */
    public Repeat repeat(RequestHead request) {
        Function<RequestHead, Repeat> own = settings.repeatable();
        if (own != null) return own.apply(request);
        boolean freely = IDEMPOTENT.contains(request.method()) || request.header("Idempotency-Key") != null;
        return freely ? Repeat.FREELY : Repeat.IF_NOT_PROCESSED;
    }

    /**
     * Begins a call.
     *
     * @param request its head
     * @return its attempts, none of which has begun
     */
    public Attempts attempts(RequestHead request) {
        return failover().attempts(selector, context(request), repeat(request));
    }

    /**
     * The first attempt of a call.
     *
     * @param attempts of that call
     * @return the attempt
     * @throws ConnectException if there is no server: what callers of a client expect
     */
    public Attempt first(Attempts attempts) throws ConnectException {
        try {
            return attempts.first();
        } catch (NoServerAvailableException none) {
            throw noServer(none);
        }
    }

    /**
     * What callers of a client are told when there is no server.
     *
     * @param none why
     * @return {@code users: no server: 12 known, 0 eligible (...)}
     */
    public ConnectException noServer(NoServerAvailableException none) {
        ConnectException told = new ConnectException(name + ": " + none.getMessage());
        told.initCause(none);
        return told;
    }

    /**
     * The scheme in which a server is called: its own if it has one, else the request's; never down from https.
     *
     * @param uri the request's
     * @param server the server
     * @return http or https
     * @throws ProtocolException if https is asked for and the server is http
     */
    public String scheme(URI uri, Server server) throws ProtocolException {
        return scheme(uri.getScheme(), server);
    }

    /**
     * The same, for clients that do not keep a {@link URI}.
     *
     * @param scheme the request's
     * @param server the server
     * @return http or https
     * @throws ProtocolException if https is asked for and the server is http
     */
    public String scheme(String scheme, Server server) throws ProtocolException {
        String asked = scheme.toLowerCase(Locale.ROOT);
        String own = server.scheme();
        if (own == null) return asked;
        if (asked.equals("https") && own.equals("http"))
            throw new ProtocolException(name + ": https is asked for, but server " + server.hostPort() + " is http");
        return own;
    }

    /**
     * Whether a server is given by an IP address, so that it goes by the name of its service in Host and TLS where the
     * client can.
     *
     * @param server the server
     * @return false: it has a host name, and is called by that
     */
    public static boolean isByAddress(Server server) {
        String host = server.host();
        if (host.indexOf(':') >= 0) return true;
        for (int i = 0; i < host.length(); i++)
            if (host.charAt(i) != '.' && (host.charAt(i) < '0' || host.charAt(i) > '9')) return false;
        return host.indexOf('.') > 0;
    }

    /**
     * Where a request goes: scheme and authority of the server, path and query byte for byte its own.
     *
     * @param uri the request's
     * @param server the server
     * @return the server's URI
     * @throws ProtocolException if https is asked for and the server is http
     */
    public URI target(URI uri, Server server) throws ProtocolException {
        String path = uri.getRawPath();
        String query = uri.getRawQuery();
        return URI.create(scheme(uri, server) + "://" + server.hostPort()
                + (path == null || path.isEmpty() ? "/" : path)
                + (query == null ? "" : "?" + query));
    }

    /**
     * At the head of a response, before user code has seen it: the next attempt, if the status is one to be repeated and
     * there are a server, budget and time. The old response is to be drained or dropped then.
     *
     * @param attempt the one that was answered
     * @param response its head
     * @return null: this response is delivered
     */
    public @Nullable Attempt instead(Attempt attempt, ResponseHead response) {
        Failure failure = settings.verdicts().failure(response.status());
        if (failure == null) return null;
        Outcome outcome = settings.verdicts().outcome(response);
        boolean rejected = failure == Failure.NOT_PROCESSED && outcome == Outcome.SUCCESS;
        Attempt next = attempt.instead(failure, rejected ? Outcome.REJECTED : outcome);
        if (next != null) settings.ears().hear(attempt.lease(), response); // else it is heard when it is delivered
        return next;
    }

    /**
     * Takes a response: its head is measured and listened to, and from here on nothing is repeated. A success of the attempt
     * no longer ends its lease; the delivery does.
     *
     * @param attempt the one that was answered
     * @param response its head
     * @return to be told how the body ends
     */
    public Delivery deliver(Attempt attempt, ResponseHead response) {
        attempt.sent();
        attempt.spent();
        Outcome verdict = settings.verdicts().outcome(response);
        Delivery delivery = new Delivery(attempt.keepLease(), verdict);
        settings.ears().hear(attempt.lease(), response);
        if (settings.inFlightUntil() == InFlightUntil.HEADERS) delivery.ended();
        else if (verdict == Outcome.SUCCESS) attempt.lease().answered();
        return delivery;
    }

    /**
     * Says who answered, unless the service is not to tell. What the network says under these names is to be removed before.
     *
     * @param attempt the one that was answered
     * @param header takes name and value
     */
    public void mark(Attempt attempt, BiConsumer<String, String> header) {
        if (!settings.showServer()) return;
        header.accept(Services.SERVER_HEADER, attempt.server().id());
        header.accept(Services.ATTEMPTS_HEADER, String.valueOf(attempt.number()));
    }

    /**
     * Makes a call with a client that waits: sends it until an answer is to be delivered, or no other attempt may begin.
     *
     * @param <R> its responses
     * @param <X> what it throws
     * @param attempts of {@link #attempts}, none of which has begun
     * @param call how it is sent, and what is done with its answers
     * @return what was delivered
     * @throws ConnectException if there is no server
     * @throws X of the last attempt
     */
    public <R, X extends Exception> R call(Attempts attempts, WaitingCall<R, X> call) throws ConnectException, X {
        Attempt attempt = first(attempts);
        while (true) {
            R response = null;
            Attempt next;
            try {
                response = call.send(attempt);
                attempt.sent();
                next = instead(attempt, call.head(response));
                if (next == null) return call.deliver(attempt, response);
            } catch (Throwable thrown) {
                next = attempts.after(attempt, call.failure(attempt, thrown), thrown);
                if (next == null) {
                    attempts.explained(thrown);
                    drop(call, response);
                    throw thrown;
                }
            }
            drop(call, response);
            attempt = next;
        }
    }

    /** What that throws says nothing about the call, and the next server, if there is one, is picked already. */
    private static <R> void drop(WaitingCall<R, ?> call, @Nullable R response) {
        if (response == null) return;
        try {
            call.drop(response);
        } catch (Exception | Error unwanted) {
            // so is what it was about
        }
    }

    @Override
    public String toString() {
        return "service " + name;
    }
}
