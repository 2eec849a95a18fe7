package org.lb4j.sticky;

import java.time.Duration;
import org.lb4j.ServerPool;

/** What cookies and session keys have in common to be set. */
abstract sealed class PolicyBuilder<B extends PolicyBuilder<B>> permits StickyCookie.Builder, StickySessions.Builder {
    private final ServerPool pool;
    private OnUnavailable onUnavailable = Policy.DEFAULT.onUnavailable();
    private OnDraining onDraining = Policy.DEFAULT.onDraining();
    private Duration drainDeadline = Policy.DEFAULT.drainDeadline();
    private OnReturn onReturn = Policy.DEFAULT.onReturn();
    private Overload overload = Policy.DEFAULT.overload();
    private Duration maxIdle = Duration.ofMinutes(30);
    private Duration maxLife = Duration.ofHours(8);

    PolicyBuilder(ServerPool pool) {
        this.pool = given("pool", pool);
    }

    abstract B self();

    /**
     * Sets how long a session may pause before it is forgotten; 30 minutes unless given.
     *
     * @param maxIdle above 0; for cookies whole minutes, at least 2
     * @return this
     */
    public B maxIdle(Duration maxIdle) {
        this.maxIdle = positive("maxIdle", maxIdle);
        return self();
    }

    /**
     * Sets how long a session may keep a server at most; 8 hours unless given.
     *
     * @param maxLife above 0; for cookies whole minutes
     * @return this
     */
    public B maxLife(Duration maxLife) {
        this.maxLife = positive("maxLife", maxLife);
        return self();
    }

    /**
     * Sets what happens while a session's server is held; {@link OnUnavailable#REBALANCE} unless given.
     *
     * @param onUnavailable what
     * @return this
     */
    public B onUnavailable(OnUnavailable onUnavailable) {
        this.onUnavailable = given("onUnavailable", onUnavailable);
        return self();
    }

    /**
     * Sets what happens while a session's server gets no new traffic; {@link OnDraining#KEEP} unless given.
     *
     * @param onDraining what
     * @return this
     */
    public B onDraining(OnDraining onDraining) {
        this.onDraining = given("onDraining", onDraining);
        return self();
    }

    /**
     * Sets for how long a server keeps its sessions after it stopped getting new traffic; 30 minutes unless given.
     *
     * @param drainDeadline above 0
     * @return this
     */
    public B drainDeadline(Duration drainDeadline) {
        this.drainDeadline = positive("drainDeadline", drainDeadline);
        return self();
    }

    /**
     * Sets what happens to sessions that moved when their server is back; {@link OnReturn#STAY} unless given.
     *
     * @param onReturn what
     * @return this
     */
    public B onReturn(OnReturn onReturn) {
        this.onReturn = given("onReturn", onReturn);
        return self();
    }

    /**
     * Sets how much a server may have in flight before sessions go elsewhere, call by call: {@code factor} times its share of
     * the pool's calls in flight, plus {@code slack}; 2 and 8 unless given. It counts leases, so calls made through
     * {@code next()} are not seen. Always off under {@link OnUnavailable#STRICT}.
     *
     * @param factor at least 1
     * @param slack at least 0
     * @return this
     */
    public B overload(double factor, int slack) {
        this.overload = new Overload(factor, slack);
        return self();
    }

    /**
     * Lets sessions follow their server however much it has in flight. Then whoever sends one cookie from ten thousand
     * clients sends all of it to one server.
     *
     * @return this
     */
    public B withoutOverloadGuard() {
        this.overload = Overload.OFF; // D26
        return self();
    }

    ServerPool pool() {
        return pool;
    }

    Policy policy() {
        return new Policy(onUnavailable, onDraining, drainDeadline, onReturn, overload);
    }

    Duration maxIdle() {
        return maxIdle;
    }

    Duration maxLife() {
        return maxLife;
    }

    static <T> T given(String what, T value) {
        if (value == null) throw new IllegalArgumentException(what + " must be given, was null");
        return value;
    }

    private static Duration positive(String what, Duration value) {
        given(what, value);
        if (value.isNegative() || value.isZero())
            throw new IllegalArgumentException(what + " must be above 0, was " + value);
        return value;
    }
}
