package org.lb4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of servers that may change at any time, and all that is known of them. Selectors pick from it; many selectors over
 * one pool share health and load.
 *
 * <pre>{@code
 * ServerPool pool = ServerPool.of("http://10.0.0.1:8080", "http://10.0.0.2:8080");
 * Selector users = pool.selector(Algorithms.adaptive());
 * pool.update(List.of(Server.of("http://10.0.0.2:8080"), Server.of("http://10.0.0.3:8080")));
 * pool.hold("10.0.0.3:8080", Hold.DRAIN);
 * }</pre>
 *
 * <p>Picks, leases and changes take no lock and never wait for each other. A pool holds its views and selectors weakly: make
 * one and keep it. Once closed, it and its selectors throw {@link IllegalStateException}.
 */
public final class ServerPool implements AutoCloseable {
    private final PoolCore core;
    private final View view;
    private final boolean part;
    private final Set<Member> marked = ConcurrentHashMap.newKeySet(); // whom a view has held, scaled or put on trial
    private final @Nullable SourceFeed feed;
    private final @Nullable Handle source;

    private ServerPool(PoolCore core, View view, boolean part, @Nullable SourceFeed feed, @Nullable Handle source) {
        this.core = core;
        this.view = view;
        this.part = part;
        this.feed = feed;
        this.source = source;
    }

    /**
     * A pool of servers at these addresses, with the defaults.
     *
     * @param addresses as for {@link Server#of(String)}
     * @return the pool
     * @throws IllegalArgumentException if one can not be read or stands twice
     */
    public static ServerPool of(String... addresses) {
        return of(Arrays.stream(addresses).map(Server::of).toList());
    }

    /**
     * A pool of these servers, with the defaults.
     *
     * @param servers all of them, each id once; may be empty
     * @return the pool
     * @throws IllegalArgumentException if one is null or an id stands twice
     */
    public static ServerPool of(Collection<Server> servers) {
        return builder().servers(servers).build();
    }

    /**
     * Begins a pool with settings.
     *
     * @return its builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A selector over this pool. Each has its own memory (cursors); all share health and load.
     *
     * @param algorithm how to choose; if in doubt, {@code Algorithms.adaptive()}
     * @return a selector, to be kept
     */
    public Selector selector(Algorithm algorithm) {
        given("algorithm", algorithm);
        open();
        PoolSelector selector = new PoolSelector(view, algorithm);
        view.add(selector);
        selector.install(); // the pool may have changed before it knew of this selector
        return selector;
    }

    /**
     * A live view of some of the servers: the same members, counters, holds and factors, but panic, tiers and shapers of its
     * own, over its own servers alone. {@link #update} is refused; {@link #close} ends the view only. What was set through
     * it can be taken back through it, also once it is closed or the server has left it.
     *
     * @param subset which servers; asked at each change
     * @return the view, to be kept
     */
    public ServerPool where(Predicate<Server> subset) {
        given("subset", subset);
        open();
        return new ServerPool(core, view.where(subset), true, feed, null);
    }

    /**
     * Sets the full list. Differences are found by id, and what is known of a server that stays is kept; nothing restarts
     * at the first server. An empty list is obeyed.
     *
     * @param servers all of them, each id once
     * @throws IllegalArgumentException if one is null or an id stands twice
     * @throws UnsupportedOperationException if this is a view
     */
    public void update(Collection<Server> servers) {
        if (part) throw new UnsupportedOperationException("a view can not be updated: update the pool itself");
        core.update(PoolCore.checked(servers));
    }

    /**
     * Holds a server: no new traffic for this reason, until it is released.
     *
     * @param serverId which
     * @param reason why
     * @return false if there is no such server
     */
    public boolean hold(String serverId, Hold reason) {
        return here(serverId) && core.hold(serverId, reason);
    }

    /**
     * Ends one reason for holding a server.
     *
     * @param serverId which
     * @param reason the reason that is over
     * @return false if there is no such server
     */
    public boolean release(String serverId, Hold reason) {
        return known(serverId) && core.release(serverId, reason);
    }

    /**
     * Sets one source's factor on a server's weight; its effective weight is the configured one times all factors. 0 means
     * no new traffic; 1 removes the factor.
     *
     * @param serverId which
     * @param source who says so; each source has one factor a server
     * @param factor in [0, 1]
     * @return false if there is no such server
     * @throws IllegalArgumentException if the factor is outside
     */
    public boolean scale(String serverId, String source, double factor) {
        return (factor == 1 ? known(serverId) : here(serverId)) && core.scale(serverId, source, factor);
    }

    /**
     * Changes many servers, published once. If the edits throw, nothing is changed.
     *
     * @param edits what to change; run once, on this thread
     */
    public void change(Consumer<Change> edits) {
        given("edits", edits);
        core.change(!part ? edits : changes -> edits.accept(new ViewChange(this, changes)));
    }

    /**
     * Puts an ejected server on trial: its {@link Hold#OUTLIER} stays, yet one acquired call at a time may pass. Calls made
     * by {@link Selector#next()} never do, since nobody would tell how they went.
     *
     * @param serverId which
     * @param permitFor after that long a call that has not ended loses its permit to another
     * @return closes the trial; null if there is no such server, it is not ejected, or is on trial already
     */
    public @Nullable Trial trial(String serverId, Duration permitFor) {
        if (permitFor.isNegative() || permitFor.isZero())
            throw new IllegalArgumentException("permitFor must be above 0, was " + permitFor);
        return here(serverId) ? core.trial(serverId, TimeUnit.NANOSECONDS.convert(permitFor)) : null;
    }

    /**
     * Watches the calls of all servers, present and future.
     *
     * @param factory makes one observer a server
     * @return ends it
     */
    public Handle onCall(CallObserver.Factory factory) {
        given("observer factory", factory);
        open();
        return core.onCall(factory);
    }

    /**
     * Watches what changes.
     *
     * @param listener told on the thread that changed it, after publication
     * @return ends it
     */
    public Handle onChange(PoolListener listener) {
        given("listener", listener);
        open();
        return core.ledger().listeners().add(listener);
    }

    /**
     * One member, by the id of its server.
     *
     * @param serverId which
     * @return the member, held ones too; null if there is none
     */
    public @Nullable Member member(String serverId) {
        open();
        Standing standing = serverId == null ? null : view.find(serverId);
        return standing == null ? null : standing.member();
    }

    /**
     * All members, held ones too, in the order of the list.
     *
     * @return an unmodifiable snapshot
     */
    public List<Member> members() {
        open();
        return Arrays.stream(view.members().standings()).map(Standing::member).toList();
    }

    /**
     * Calls in flight on all servers. A pool of more than 64 servers keeps a striped total from the first time anybody asks.
     *
     * @return 0 or more
     */
    public int inFlight() {
        open();
        return view.inFlight();
    }

    /**
     * How loaded the servers with traffic are.
     *
     * @return averages and maxima
     */
    public PoolLoad load() {
        return PoolLoad.of(open().roster());
    }

    /**
     * How each server is doing, held ones too. Applies what is due by time alone. From the first call on, mean latencies are
     * measured.
     *
     * @return one entry a server, in the order of the list
     */
    public List<ServerStatus> status() {
        core.ledger().measure(Signal.MEAN_LATENCY);
        if (core.leaks() != null) core.leaks().poll(core.ledger());
        long now = core.ledger().now();
        Shaped due = open();
        if (due.due(now)) view.stepNow(due);
        Shaped shaped = view.shaped();
        List<ServerStatus> all = new ArrayList<>();
        for (Standing each : view.members().standings()) all.add(ServerStatus.of(each, shaped.weight(each), now));
        return List.copyOf(all);
    }

    /**
     * Whether too little of the pool is well, so that servers that fail checks or were ejected are used.
     *
     * @return true while panic is on
     */
    public boolean panic() {
        return open().panic();
    }

    /**
     * How often an algorithm, shaper, observer or listener threw.
     *
     * @return counted since the pool was made
     */
    public long faults() {
        return core.ledger().faults();
    }

    /**
     * Waits until the source has brought its first list; at once if there is no source.
     *
     * @param atMost how long to wait
     * @return false if there was none in time, or the thread was interrupted (it still is, then)
     */
    public boolean awaitReady(Duration atMost) {
        open();
        try {
            return feed == null || feed.awaitFirst(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Whether it was closed, or its view was.
     *
     * @return true: all that changes it, and its selectors, throw
     */
    public boolean closed() {
        return view.ended();
    }

    /**
     * Its name, for events, metrics and messages.
     *
     * @return "default" unless given
     */
    public String name() {
        return core.name();
    }

    /**
     * Its clock.
     *
     * @return the one given, or the JVM's
     */
    public Ticker ticker() {
        return core.ledger().ticker();
    }

    /**
     * Ends the pool, its selectors and its source; a view ends alone. Running calls may end. Twice is harmless.
     */
    @Override
    public void close() {
        if (part) view.end();
        else if (core.close()) {
            if (source != null) source.close();
            if (feed != null) feed.end();
        }
    }

    private Shaped open() {
        if (view.ended()) throw view.endedView();
        return view.shaped();
    }

    /**
     * Whether this view has that server: holds and factors are the pool's, but a view changes its own servers alone. What it
     * may change it remembers, so that it can take that back.
     */
    boolean here(String serverId) {
        open();
        given("server id", serverId);
        Standing standing = part ? view.find(serverId) : null;
        if (standing != null
                && marked.add(standing.member())
                && marked.size() > 2 * core.state().membership().size()) marked.removeIf(each -> !stays(each));
        return !part || standing != null;
    }

    /** The same, or one that was: a hold that nobody could take back would stay for good. The view may have ended, too. */
    boolean known(String serverId) {
        given("server id", serverId);
        if (!part || view.find(serverId) != null) return true;
        Standing outside = core.state().membership().find(serverId);
        return outside != null && marked.contains(outside.member());
    }

    private boolean stays(Member member) {
        Standing now = core.state().membership().find(member.server().id());
        return now != null && now.member() == member;
    }

    private static void given(String what, @Nullable Object value) {
        if (value == null) throw new IllegalArgumentException(what + " must be given, was null");
    }

    @Override
    public String toString() {
        return "pool " + core.name() + (part ? " (view)" : "") + ", "
                + view.shaped().members().size() + " servers";
    }

    /** Builds a {@link ServerPool}. */
    public static final class Builder extends PoolBuilder {
        private Builder() {}

        /**
         * Builds the pool, and starts its source if there is one.
         *
         * @return the pool
         */
        public ServerPool build() {
            PoolCore core = core();
            registerObservers(core);
            core.update(servers());
            View view =
                    new View(core, null, rule(), shapers()); // after the servers, so that a bad shaper is told at once
            View.begin(view);
            ServerSource source = source();
            if (source == null) return new ServerPool(core, view, false, null, null);
            SourceFeed feed = new SourceFeed(core);
            return new ServerPool(core, view, false, feed, source.start(feed));
        }
    }
}
