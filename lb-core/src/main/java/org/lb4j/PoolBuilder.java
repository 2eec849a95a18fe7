package org.lb4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The settings of a pool; {@link ServerPool.Builder} is its public name. */
abstract sealed class PoolBuilder permits ServerPool.Builder {
    private final List<Server> servers = new ArrayList<>();
    private final List<Shaper> shapers = new ArrayList<>();
    private final List<CallObserver.Factory> observers = new ArrayList<>();
    private final List<PoolListener> listeners = new ArrayList<>();
    private String name = "default";
    private PanicRule rule = new PanicRule(0.5, 1.4);
    private Decay latencyDecay = Decay.over(Duration.ofSeconds(10));
    private Executor executor = Runnable::run;
    private Ticker ticker = Ticker.system();
    private @Nullable Long seed;
    private @Nullable ServerSource source;
    private boolean detectLeaks;

    private ServerPool.Builder self() {
        return (ServerPool.Builder) this;
    }

    /**
     * Names the pool, for events, metrics and messages; "default" unless given.
     *
     * @param name any text
     * @return this
     */
    public ServerPool.Builder name(String name) {
        this.name = given("name", name);
        return self();
    }

    /**
     * Adds servers that are there from the start.
     *
     * @param servers each id once
     * @return this
     */
    public ServerPool.Builder servers(Server... servers) {
        return servers(Arrays.asList(servers));
    }

    /**
     * Adds servers that are there from the start.
     *
     * @param servers each id once
     * @return this
     */
    public ServerPool.Builder servers(Collection<Server> servers) {
        this.servers.addAll(servers);
        return self();
    }

    /**
     * Sets where the servers come from; started by {@link ServerPool.Builder#build()}, closed with the pool.
     *
     * @param source brings lists from now on
     * @return this
     */
    public ServerPool.Builder source(ServerSource source) {
        this.source = given("source", source);
        return self();
    }

    /**
     * Adds a shaper; they work in the order given.
     *
     * @param shaper such as {@code Shapers.zone("eu-1")}
     * @return this
     */
    public ServerPool.Builder shaper(Shaper shaper) {
        shapers.add(given("shaper", shaper));
        return self();
    }

    /**
     * Sets the eligible share of weight below which servers that fail checks or were ejected are used again.
     *
     * @param share in [0, 1]; default 0.5; 0: never, {@link NoServerAvailableException} instead
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public ServerPool.Builder panicThreshold(double share) {
        rule = new PanicRule(share, rule.overprovision());
        return self();
    }

    /**
     * Sets how much more than its share a tier of priority can carry before the next one helps.
     *
     * @param factor in [1, 100]; default 1.4
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public ServerPool.Builder overprovision(double factor) {
        rule = new PanicRule(rule.threshold(), factor);
        return self();
    }

    /**
     * Sets how fast latencies are forgotten. Must be far above the gap between two calls of one server.
     *
     * @param tau the time constant; default 10 s
     * @return this
     * @throws IllegalArgumentException if it is not above 0
     */
    public ServerPool.Builder latencyDecay(Duration tau) {
        if (tau.isNegative() || tau.isZero())
            throw new IllegalArgumentException("latencyDecay must be above 0, was " + tau);
        latencyDecay = Decay.over(tau);
        return self();
    }

    /**
     * Watches calls from the start; see {@link ServerPool#onCall}.
     *
     * @param factory makes one observer a server
     * @return this
     */
    public ServerPool.Builder onCall(CallObserver.Factory factory) {
        observers.add(given("observer factory", factory));
        return self();
    }

    /**
     * Watches changes from the start; see {@link ServerPool#onChange}.
     *
     * @param listener told of each
     * @return this
     */
    public ServerPool.Builder onChange(PoolListener listener) {
        listeners.add(given("listener", listener));
        return self();
    }

    /**
     * Sets who shapes when time alone changes a weight; the caller whose pick noticed it unless given.
     *
     * @param executor runs short tasks that do not block
     * @return this
     */
    public ServerPool.Builder executor(Executor executor) {
        this.executor = given("executor", executor);
        return self();
    }

    /**
     * Finds leases that are lost without being ended: counts them as CANCELLED, and tells. Costs each call about as much as
     * a pick; for tests and for hunting a leak.
     *
     * @return this
     */
    public ServerPool.Builder detectLeaks() {
        detectLeaks = true;
        return self();
    }

    /**
     * Sets the clock.
     *
     * @param ticker monotonic
     * @return this
     */
    public ServerPool.Builder ticker(Ticker ticker) {
        this.ticker = given("ticker", ticker);
        return self();
    }

    /**
     * Makes chance repeatable: with a seed and a ticker of your own, the same calls give the same picks.
     *
     * @param seed any number
     * @return this
     */
    public ServerPool.Builder seed(long seed) {
        this.seed = seed;
        return self();
    }

    PoolCore core() {
        return new PoolCore(name, new Ledger(ticker, new Chance(seed), latencyDecay), executor, detectLeaks);
    }

    void registerObservers(PoolCore core) {
        for (PoolListener listener : listeners) core.ledger().listeners().add(listener);
        for (CallObserver.Factory factory : observers) core.onCall(factory);
    }

    List<Server> servers() {
        return PoolCore.checked(servers);
    }

    PanicRule rule() {
        return rule;
    }

    List<Shaper> shapers() {
        return List.copyOf(shapers);
    }

    @Nullable
    ServerSource source() {
        return source;
    }

    private static <T> T given(String what, @Nullable T value) {
        if (value == null) throw new IllegalArgumentException(what + " must be given, was null");
        return value;
    }
}
