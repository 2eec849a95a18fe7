package org.lb4j.health;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.lb4j.Handle;
import org.lb4j.Hold;
import org.lb4j.Member;
import org.lb4j.ServerPool;
import org.lb4j.health.CallLog.Phase;
import org.slf4j.Logger;

/**
 * Watches the calls of a pool, takes out servers that fail more than the others for a while, and lets them back by trial. It
 * sets {@link Hold#OUTLIER} and nothing else: whichever algorithm picks, obeys.
 *
 * <pre>{@code
 * try (OutlierDetector detector = OutlierDetector.start(pool)) {
 *     serve();
 * }
 *
 * OutlierDetector detector = OutlierDetector.builder(pool)
 *         .settings(OutlierSettings.defaults().withMaxEjected(0.2))
 *         .listener(event -> metrics.count(event.kind()))
 *         .start();
 * detector.settings(OutlierSettings.defaults().withDryRun(true));      // at any time
 * }</pre>
 *
 * <p>Only acquired calls are seen: {@code acquire()} and {@code call()}, not {@code next()}. A pool has one detector at a time;
 * it may have a {@link HealthChecker} beside it. Closing takes back what it has set.
 */
public final class OutlierDetector implements AutoCloseable {
    private static final PoolClaims CLAIMS = new PoolClaims("an OutlierDetector");

    private final ServerPool pool;
    private final OutlierRules rules;
    private final Surroundings around;
    private final Mailbox mailbox;
    private final Watchlist watchlist;
    private final Ejections ejections;
    private final DetectorLoop loop;
    private final Handle watching;
    private final Closing closing = new Closing();

    private OutlierDetector(ServerPool pool, OutlierSettings settings, Surroundings around) {
        this.pool = pool;
        this.rules = new OutlierRules(settings);
        this.around = around;
        this.mailbox = around.mailbox(pool, this::afterwards);
        this.watchlist = new Watchlist(pool, this::watched);
        this.ejections = new Ejections(pool, rules, around);
        this.loop = new DetectorLoop(rules, watchlist, ejections, around, mailbox);
        around.log().info("watching the calls of pool {}: {}", pool.name(), settings);
        loop.publish(); // so that stats() are right from the start
        this.watching = pool.onCall(new MemberObservers(watchlist::of));
        mailbox.post(loop::start);
    }

    /**
     * Starts with all defaults.
     *
     * @param pool whose calls
     * @return a running detector, to be closed
     * @throws IllegalStateException if the pool has a detector already
     */
    public static OutlierDetector start(ServerPool pool) {
        return builder(pool).start();
    }

    /**
     * Begins a detector with settings.
     *
     * @param pool whose calls
     * @return its builder
     */
    public static Builder builder(ServerPool pool) {
        return new Builder(pool);
    }

    private Watched watched(Member member) {
        long now = around.now();
        Watched[] made = new Watched[1]; // the log speaks of the entry that it is a part of
        made[0] = new Watched(member, new CallLog(rules, now, log -> mailbox.post(() -> loop.handOver(made[0]))), now);
        return made[0];
    }

    private void afterwards() {
        if (pool.closed()) close();
        else loop.publish();
    }

    /**
     * Replaces the settings. Counts, ejections and trials go on; a dry run that ends carries out what it has only seen.
     *
     * @param settings from now on
     */
    public void settings(OutlierSettings settings) {
        if (settings == null) throw new IllegalArgumentException("settings must be given, were null");
        mailbox.post(() -> loop.settings(settings));
    }

    /**
     * How each server stands.
     *
     * @return one entry a server, in the order of the pool's list
     */
    public List<OutlierStatus> status() {
        return watchlist.present().stream().map(OutlierDetector::status).toList();
    }

    private static OutlierStatus status(Watched watched) {
        Sample sample = Sample.of(watched.log().counts());
        Phase phase = watched.log().phase();
        return new OutlierStatus(
                watched.member().server(),
                phase != Phase.SERVING,
                phase == Phase.TRIAL,
                watched.ends(),
                watched.evidence(),
                sample.calls(),
                sample.failures());
    }

    /**
     * What was done so far.
     *
     * @return counters, and how many are out
     */
    public OutlierStats stats() {
        return ejections.tally().stats();
    }

    /**
     * Ends it: returns every ejected server in one change. Returns within a second; no event comes after. Twice is harmless,
     * and so is closing from inside a listener.
     */
    @Override
    public void close() {
        if (!closing.begin()) return;
        around.announcer().close();
        watching.close();
        closing.stop(mailbox, this::stop, around);
    }

    private void stop() {
        try {
            loop.stop();
            if (!rules.settings().dryRun()) releaseAll();
        } catch (IllegalStateException poolClosed) {
            around.log().debug("pool {} was closed before its detector", pool.name());
        }
        CLAIMS.release(pool);
        around.log().info("stopped watching the calls of pool {}", pool.name());
    }

    private void releaseAll() {
        pool.change(change -> {
            for (Watched each : watchlist.all())
                if (!each.serving()) change.release(each.member().server().id(), Hold.OUTLIER);
        });
    }

    @Override
    public String toString() {
        return "detector of pool " + pool.name() + ", " + rules.settings();
    }

    /** Builds an {@link OutlierDetector}. */
    public static final class Builder {
        private final ServerPool pool;
        private final Around around = new Around();
        private OutlierSettings settings = OutlierSettings.defaults();

        private Builder(ServerPool pool) {
            if (pool == null) throw new IllegalArgumentException("pool must be given, was null");
            this.pool = pool;
        }

        /**
         * Sets who is an outlier, and for how long.
         *
         * @param settings default {@link OutlierSettings#defaults()}
         * @return this
         */
        public Builder settings(OutlierSettings settings) {
            if (settings == null) throw new IllegalArgumentException("settings must be given, were null");
            this.settings = settings;
            return this;
        }

        /**
         * Adds a listener, told on the scheduler, in order for each server. One that throws is logged.
         *
         * @param listener told of each event
         * @return this
         */
        public Builder listener(Consumer<HealthEvent> listener) {
            around.listener(listener);
            return this;
        }

        /**
         * Sets the scheduler; the default is one daemon thread of its own.
         *
         * @param scheduler not closed by the detector
         * @return this
         */
        public Builder scheduler(ScheduledExecutorService scheduler) {
            around.scheduler(scheduler);
            return this;
        }

        /**
         * Sets where chance comes from.
         *
         * @param random for the lengths of ejections
         * @return this
         */
        public Builder random(RandomGenerator random) {
            around.random(random);
            return this;
        }

        Builder log(Logger log) {
            around.log(log);
            return this;
        }

        /**
         * Starts it.
         *
         * @return a running detector, to be closed
         * @throws IllegalStateException if the pool has a detector already
         */
        public OutlierDetector start() {
            return CLAIMS.claim(
                    pool, () -> new OutlierDetector(pool, settings, around.open(pool, OutlierDetector.class)));
        }
    }
}
