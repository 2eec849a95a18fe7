package org.lb4j.client;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Server;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Repeat;

/**
 * What differs from the defaults of one service; used while it is added.
 *
 * <pre>{@code
 * Services services = Services.builder()
 *     .service("orders", selector, service -> service.repeatOnStatus(503).loadReports(true))
 *     .build();
 * }</pre>
 */
public final class ServiceSettings {
    private final Set<Integer> repeated = new TreeSet<>();
    private final Set<Integer> notProcessed = new TreeSet<>();
    private final Map<String, BiConsumer<Server, String>> listeners = new LinkedHashMap<>();
    private @Nullable Failover failover;
    private Function<RequestHead, SelectionContext> context = request -> SelectionContext.none();
    private @Nullable Function<RequestHead, Repeat> repeatable;
    private @Nullable IntFunction<@Nullable Outcome> outcome;
    private @Nullable String authority;
    private boolean loadReports;
    private boolean showServer = true;
    private InFlightUntil inFlightUntil = InFlightUntil.BODY_END;

    ServiceSettings() {}

    /**
     * Sets what happens on failure; default {@link Failover#defaults()}, one of the service's own.
     *
     * @param failover its policy, with its budget
     * @return this
     */
    public ServiceSettings failover(Failover failover) {
        this.failover = given("failover", failover);
        return this;
    }

    /**
     * Says what each call wants: a key to follow, a server to prefer.
     *
     * @param context asked once a call
     * @return this
     */
    public ServiceSettings context(Function<RequestHead, SelectionContext> context) {
        this.context = given("context", context);
        return this;
    }

    /**
     * Repeats requests that may be, when the answer has one of these; none unless given.
     *
     * @param statuses such as 502, 503, 504
     * @return this
     */
    public ServiceSettings repeatOnStatus(int... statuses) {
        add(repeated, statuses);
        return this;
    }

    /**
     * Takes an answer with one of these for "not processed", so that any request is repeated; none unless given.
     *
     * @param statuses such as 421
     * @return this
     */
    public ServiceSettings notProcessedOnStatus(int... statuses) {
        add(notProcessed, statuses);
        return this;
    }

    /**
     * Says what may be repeated. Unless given: GET, HEAD, OPTIONS, TRACE, PUT, DELETE and what has an Idempotency-Key freely,
     * all else if it was not processed.
     *
     * @param repeatable asked once a call
     * @return this
     */
    public ServiceSettings repeatable(Function<RequestHead, Repeat> repeatable) {
        this.repeatable = given("repeatable", repeatable);
        return this;
    }

    /**
     * Sets the name that servers with an IP address show in TLS; the service's name unless given.
     *
     * @param authority a host name
     * @return this
     */
    public ServiceSettings authority(String authority) {
        this.authority = ServiceName.checked(authority);
        return this;
    }

    /**
     * Says what a status tells of the server, before the default is asked: 2xx to 4xx are a SUCCESS, 429 and 503 with
     * Retry-After are REJECTED, 5xx is a FAILURE but for 501 and 505.
     *
     * @param outcome null from it: no opinion
     * @return this
     */
    public ServiceSettings outcome(IntFunction<@Nullable Outcome> outcome) {
        this.outcome = given("outcome", outcome);
        return this;
    }

    /**
     * Sets whether the response header {@code endpoint-load-metrics} is read, for {@code Loads.reported()} and
     * {@code Shapers.reports()}; not unless given.
     *
     * @param read whether
     * @return this
     */
    public ServiceSettings loadReports(boolean read) {
        loadReports = read;
        return this;
    }

    /**
     * Hands over a response header of each server.
     *
     * @param name in any case
     * @param listener takes the server and the value; what it throws is ignored
     * @return this
     */
    public ServiceSettings onResponseHeader(String name, BiConsumer<Server, String> listener) {
        listeners.put(given("header name", name), given("listener", listener));
        return this;
    }

    /**
     * Sets when a call is no longer in flight.
     *
     * @param until default {@link InFlightUntil#BODY_END}
     * @return this
     */
    public ServiceSettings inFlightUntil(InFlightUntil until) {
        this.inFlightUntil = given("inFlightUntil", until);
        return this;
    }

    /**
     * Sets whether responses tell who answered, by the headers {@code lb4j-server} and {@code lb4j-attempts}.
     *
     * @param show default true
     * @return this
     */
    public ServiceSettings showServer(boolean show) {
        showServer = show;
        return this;
    }

    Settled settled() {
        return new Settled(
                failover == null ? Failover.defaults() : failover,
                context,
                repeatable,
                new Verdicts(Set.copyOf(repeated), Set.copyOf(notProcessed), outcome),
                authority,
                new HeaderEars(loadReports, Map.copyOf(listeners)),
                inFlightUntil,
                showServer);
    }

    private static void add(Set<Integer> all, int[] statuses) {
        for (int status : statuses) {
            if (status < 200 || status > 599)
                throw new IllegalArgumentException("status must be in [200, 599], was " + status);
        }
        Arrays.stream(statuses).forEach(all::add);
    }

    private static <T> T given(String what, @Nullable T value) {
        if (value == null) throw new IllegalArgumentException(what + " must be given, was null");
        return value;
    }

    /** The settings as they stay. */
    record Settled(
            Failover failover,
            Function<RequestHead, SelectionContext> context,
            @Nullable Function<RequestHead, Repeat> repeatable,
            Verdicts verdicts,
            @Nullable String authority,
            HeaderEars ears,
            InFlightUntil inFlightUntil,
            boolean showServer) {}
}
