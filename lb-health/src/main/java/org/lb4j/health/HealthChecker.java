package org.lb4j.health;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.lb4j.Handle;
import org.lb4j.Member;
import org.lb4j.PoolEvent;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.slf4j.Logger;

/**
 * Asks the servers of a pool how they are, and takes out who does not answer well. It sets {@link org.lb4j.Hold#CHECK} and
 * factors on weights, and nothing else: whichever algorithm picks, obeys.
 *
 * <pre>{@code
 * try (HealthChecker checker = HealthChecker.start(pool, HttpProbe.get("/health"))) {
 *     serve();
 * }
 *
 * HealthChecker checker = HealthChecker.builder(pool, HttpProbe.get("/health").expectBody("ok"))
 *         .interval(Duration.ofSeconds(10)).fall(2)
 *         .listener(event -> metrics.count(event.kind())).start();
 * }</pre>
 *
 * <p>A pool has one checker at a time; it may have an {@link OutlierDetector} beside it. Closing takes back what it has set.
 */
public final class HealthChecker implements AutoCloseable {
    private static final PoolClaims CLAIMS = new PoolClaims("a HealthChecker");

    private final ServerPool pool;
    private final CheckerSettings settings;
    private final Surroundings around;
    private final BoundProbe probe;
    private final CheckerParts parts;
    private final CheckerLoop loop;
    private final Mailbox mailbox;
    private final List<Handle> watching;
    private final Wishes wishes = new Wishes();
    private final AtomicBoolean syncPosted = new AtomicBoolean();
    private final Closing closing = new Closing();

    private HealthChecker(ServerPool pool, BoundProbe probe, CheckerSettings settings, Surroundings around) {
        this.pool = pool;
        this.settings = settings;
        this.around = around;
        this.probe = probe;
        Findings findings = new Findings(pool, around.announcer());
        this.parts = new CheckerParts(settings, new Roll(pool, this::checked), findings, around);
        this.mailbox = around.mailbox(pool, this::afterwards);
        this.loop = new CheckerLoop(settings, around, parts, probe, mailbox);
        around.log().info("checking pool {}: {}", pool.name(), settings);
        loop.publish(); // so that stats() are right from the start
        this.watching = watch();
        mailbox.post(loop::sync);
    }

    /**
     * Starts with all defaults: each server about every 5 s, out after 3 failures in a row, back after 2 passes.
     *
     * @param pool whose servers
     * @param probe how to ask
     * @return a running checker, to be closed
     * @throws IllegalStateException if the pool has a checker already
     */
    public static HealthChecker start(ServerPool pool, Probe probe) {
        return builder(pool, probe).start();
    }

    /**
     * Begins a checker with settings.
     *
     * @param pool whose servers
     * @param probe how to ask
     * @return its builder
     */
    public static Builder builder(ServerPool pool, Probe probe) {
        return new Builder(pool, probe);
    }

    private Checked checked(Member member) {
        long now = around.now();
        Checked[] made = new Checked[1]; // the trace speaks of the entry that it is a part of
        CallTrace trace = new CallTrace(() -> mailbox.post(() -> loop.suspect(made[0])), now);
        made[0] = new Checked(member, settings, new Pace(settings.rhythm(), around.random(), now), trace, now);
        return made[0];
    }

    private List<Handle> watch() {
        Handle changes = pool.onChange(this::changed);
        if (!settings.suppression()) return List.of(changes);
        return List.of(changes, pool.onCall(new MemberObservers(parts.roll::of)));
    }

    private void changed(PoolEvent event) {
        Server server = event.server();
        boolean joins = event.kind() == PoolEvent.Kind.ADDED || event.kind() == PoolEvent.Kind.REPLACED;
        if (server == null || !joins && event.kind() != PoolEvent.Kind.REMOVED || closing.begun()) return;
        if (joins && settings.initial() == Initial.DOWN && !settings.dryRun()) {
            parts.roll.holdNewcomers(server.id());
            if (closing.begun()) parts.roll.eraseAll(); // perhaps it had taken back all holds before this one
        }
        if (syncPosted.getAndSet(true)) return; // one for all that change together
        boolean posted = mailbox.post(() -> {
            syncPosted.set(false);
            loop.sync();
        });
        if (!posted) syncPosted.set(false); // refused by a scheduler that may take the next one
    }

    private void afterwards() {
        if (pool.closed()) close();
        else loop.publish();
    }

    /**
     * Asks one server now, before its turn. The result counts like any other.
     *
     * @param serverId which
     * @return its result; fails if there is no such server, it leaves, or the checker is closed
     */
    public CompletableFuture<ProbeResult> probeNow(String serverId) {
        CompletableFuture<ProbeResult> wish = wishes.open();
        Checked checked = parts.roll.find(serverId);
        if (checked == null && !pool.closed())
            wish.completeExceptionally(new IllegalArgumentException("no such server: " + serverId));
        else if (checked == null) close();
        else if (!mailbox.post(() -> loop.askFor(checked, wish)))
            wish.completeExceptionally(new IllegalStateException("the scheduler of this checker was shut down"));
        return wish;
    }

    /**
     * Hands over what a server said of itself in any response, such as the header {@code X-Lb-Health} of a normal call. It
     * lasts until its next word, or 60 s; {@code down} lasts until probes pass. Cheap: the scheduler does the work.
     *
     * @param server who said it
     * @param value its words: {@code drain}, {@code 50%}, {@code down # disk full}, {@code up}
     */
    public void heard(Server server, CharSequence value) {
        if (server == null || value == null || closing.begun()) return; // in the way of a response nothing throws
        Checked checked = parts.roll.find(server.id());
        CharSequence words = HealthWords.cut(value);
        if (checked == null || !checked.news(words, around.now())) return;
        String text = words.toString();
        mailbox.post(() -> loop.hear(checked, text));
    }

    /**
     * How each server stands.
     *
     * @return one entry a server, in the order of the pool's list
     */
    public List<CheckStatus> status() {
        return parts.roll.inOrder().stream().map(Checked::status).toList();
    }

    /**
     * What was done so far.
     *
     * @return counters, and what is under way
     */
    public CheckerStats stats() {
        return parts.tally.stats();
    }

    /**
     * Ends it: cancels every probe, closes every socket, takes back its holds and factors in one change. Returns within a
     * second, or a little later if thousands of HTTP probes are under way; no event comes after. Twice is harmless, and so is
     * closing from inside a listener.
     */
    @Override
    public void close() {
        if (!closing.begin()) return;
        around.announcer().close();
        watching.forEach(Handle::close);
        closing.stop(mailbox, this::stop, around);
    }

    private void stop() {
        try {
            probe.close();
        } finally {
            loop.stop();
            if (!settings.dryRun()) parts.roll.eraseAll();
            CLAIMS.release(pool);
            wishes.close();
            around.log().info("stopped checking pool {}", pool.name());
        }
    }

    @Override
    public String toString() {
        return "checker of pool " + pool.name() + ", " + settings;
    }

    /** Builds a {@link HealthChecker}. */
    public static final class Builder {
        private final ServerPool pool;
        private final Probe probe;
        private final Around around = new Around();
        private Rhythm rhythm = Rhythm.DEFAULT;
        private int fall = 3;
        private int rise = 2;
        private Initial initial = Initial.UP;
        private int maxInFlight = 64;
        private boolean suppression = true;
        private boolean dryRun;
        private boolean passingProbeEndsEjection;

        private Builder(ServerPool pool, Probe probe) {
            if (pool == null) throw new IllegalArgumentException("pool must be given, was null");
            if (probe == null) throw new IllegalArgumentException("probe must be given, was null");
            this.pool = pool;
            this.probe = probe;
        }

        /**
         * Sets how often a server is asked whose state is settled; always jittered by 20 % to both sides.
         *
         * @param interval default 5 s
         * @return this
         */
        public Builder interval(Duration interval) {
            rhythm = rhythm.withInterval(interval);
            return this;
        }

        /**
         * Sets how often a server is asked while its last results contradict its state.
         *
         * @param interval default 1 s; the interval if that is shorter
         * @return this
         */
        public Builder transitionalInterval(Duration interval) {
            rhythm = rhythm.withTransitional(interval);
            return this;
        }

        /**
         * Sets how long one probe may take, name lookup, connection, headers and body together.
         *
         * @param timeout default 1 s; at most the interval
         * @return this
         */
        public Builder timeout(Duration timeout) {
            rhythm = rhythm.withTimeout(timeout);
            return this;
        }

        /**
         * Sets the longest gap between probes of a server that stays down.
         *
         * @param interval default 30 s, or the interval if that is more; at least the interval
         * @return this
         */
        public Builder maxInterval(Duration interval) {
            rhythm = rhythm.withLongest(interval);
            return this;
        }

        /**
         * Sets how many failures in a row take a server out.
         *
         * @param failures default 3
         * @return this
         */
        public Builder fall(int failures) {
            fall = failures;
            return this;
        }

        /**
         * Sets how many passes in a row bring it back.
         *
         * @param passes default 2
         * @return this
         */
        public Builder rise(int passes) {
            rise = passes;
            return this;
        }

        /**
         * Sets how a server stands before its first probe.
         *
         * @param state default {@link Initial#UP}
         * @return this
         */
        public Builder initial(Initial state) {
            initial = state;
            return this;
        }

        /**
         * Sets how many probes may be under way at once.
         *
         * @param probes default 64, at most 10,000
         * @return this
         */
        public Builder maxInFlight(int probes) {
            maxInFlight = probes;
            return this;
        }

        /**
         * Sets whether servers whose calls go well are asked less.
         *
         * @param on default true
         * @return this
         */
        public Builder suppression(boolean on) {
            suppression = on;
            return this;
        }

        /**
         * Sets whether it only looks: the same decisions and events, and nothing is set on the pool.
         *
         * @param on default false
         * @return this
         */
        public Builder dryRun(boolean on) {
            dryRun = on;
            return this;
        }

        /**
         * Sets whether a probe that passes ends an ejection by the {@link OutlierDetector}. A shallow probe then returns
         * servers that still fail their callers.
         *
         * @param on default false
         * @return this
         */
        public Builder passingProbeEndsEjection(boolean on) {
            passingProbeEndsEjection = on;
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
         * @param scheduler not closed by the checker
         * @return this
         */
        public Builder scheduler(ScheduledExecutorService scheduler) {
            around.scheduler(scheduler);
            return this;
        }

        /**
         * Sets where chance comes from.
         *
         * @param random for jitter
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
         * @return a running checker, to be closed
         * @throws IllegalArgumentException if settings contradict each other
         * @throws IllegalStateException if the pool has a checker already
         */
        public HealthChecker start() {
            CheckerSettings settings = new CheckerSettings(
                    rhythm, fall, rise, initial, maxInFlight, suppression, dryRun, passingProbeEndsEjection);
            return CLAIMS.claim(pool, () -> {
                Surroundings opened = around.open(pool, HealthChecker.class); // without a thread as yet
                BoundProbe bound = BoundProbe.of(probe, pool.name(), maxInFlight, opened.scheduler());
                return new HealthChecker(pool, bound, settings, opened);
            });
        }
    }
}
