package org.lb4j;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lb4j.Observers.Observation;

/**
 * One server's live state in one pool: what its calls have shown, and what others may read of it.
 *
 * <pre>{@code
 * Member member = pool.member("10.0.0.7:8080");
 * int running = member.inFlight();
 * }</pre>
 */
@SuppressWarnings("UnusedVariable") // the fields behind the handles
public final class Member extends CallWords {
    /* field        | read    | write          | why that is enough
     * (call words) | opaque  | see CallWords  | each word stands for itself
     * standing     | acquire | CAS, if newer  | immutable; versions only grow, so a late writer can not undo a newer one
     * server       | plain   | after standing | immutable; written until it agrees with the standing
     * observations | acquire | CAS            | immutable array
     * report       | acquire | CAS once       | immutable; a lost race drops a report of the same moment
     */
    private static final VarHandle STANDING;
    private static final VarHandle OBSERVATIONS;
    private static final VarHandle REPORT;
    private static final Observation[] UNOBSERVED = {};

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STANDING = lookup.findVarHandle(Member.class, "standing", Standing.class);
            OBSERVATIONS = lookup.findVarHandle(Member.class, "observations", Observation[].class);
            REPORT = lookup.findVarHandle(Member.class, "report", LoadReport.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Ledger ledger;
    private final int firstSlot;
    private final Mishaps mishaps = new Mishaps();
    private Server server;
    private Standing standing;
    private Observation[] observations = UNOBSERVED;
    private @Nullable LoadReport report;

    /**
     * @param firstSlot the lowest number that was free when it joined
     */
    @SuppressWarnings("this-escape") // the standing knows its member; neither is published before this returns
    Member(Ledger ledger, Server server, int firstSlot, long version, long now) {
        this.ledger = ledger;
        this.firstSlot = firstSlot;
        this.server = server;
        this.standing = Standing.joined(version, this, server, firstSlot, now);
    }

    /**
     * Its server, as it is described now.
     *
     * @return the same id and address always; weight, zone, tier and tags may change
     */
    public Server server() {
        return server;
    }

    /**
     * A small number that no other member of the pool has: its tag {@code slot} (0 to 65535) if every member has one of its
     * own, else the lowest one that was free when it joined. Only the tag is the same in all processes.
     *
     * @return 0 or more
     */
    public int slot() {
        return standing().slot();
    }

    /**
     * What holds it: one bit a reason, see {@link Hold#in}.
     *
     * @return 0: nothing
     */
    public int holds() {
        return standing().holds();
    }

    /**
     * What its share of traffic is before panic, tiers and shapers: its configured weight times its factors; holds apart.
     *
     * @return 0 or more; 0: no new traffic
     */
    public double weight() {
        return standing().weight();
    }

    /**
     * Whether nothing holds it and its {@link #weight()} is above 0: both of one moment.
     *
     * @return true: it may have new traffic, panic, tiers and shapers apart
     */
    public boolean inTraffic() {
        return standing().inTraffic();
    }

    /**
     * Calls in flight: acquired and not yet ended.
     *
     * @return 0 or more
     */
    public int inFlight() {
        return callsInFlight();
    }

    /**
     * Since when its own holds, or its weight times its factors, let it have no new traffic. While it has traffic: when that
     * last was so.
     *
     * @return the pool's ticker then
     */
    public long outSince() {
        return standing().outSince();
    }

    /**
     * Since when holds and weight let it have new traffic: since it joined, or since the last hold was released.
     *
     * @return the pool's ticker then
     */
    public long inSince() {
        return standing().inSince();
    }

    /**
     * How long the calls that wait for an answer have waited, on average: a server that hangs shows here first.
     *
     * @param now the pool's ticker
     * @return nanoseconds, to within 16 us; 0 if none waits
     */
    public double meanAge(long now) {
        return waitingAge(now);
    }

    /**
     * An average of the latency of good calls that jumps to each new peak, and fades with the pool's {@code latencyDecay}.
     * Measured while asked for: {@link Signal#PEAK_LATENCY}.
     *
     * @param now the pool's ticker
     * @return nanoseconds, at least 1; NaN: unknown
     */
    public double peakLatency(long now) {
        return peak(now, ledger.decay());
    }

    /**
     * The average latency of good calls, which fades with the pool's {@code latencyDecay}. Measured while asked for:
     * {@link Signal#MEAN_LATENCY}.
     *
     * @param now the pool's ticker
     * @return nanoseconds, at least 1; NaN: unknown
     */
    public double meanLatency(long now) {
        return mean(now, ledger.decay());
    }

    /**
     * The average latency of good calls of the last second, or of the last ten calls if there were fewer; fades as the
     * reader says. Measured while asked for: {@link Signal#RECENT_LATENCY}.
     *
     * @param now the pool's ticker
     * @param forgetting how fast an estimate is forgotten that no new call renews
     * @return nanoseconds, at least 1; NaN: unknown
     */
    public double recentLatency(long now, Decay forgetting) {
        return recent(now, forgetting);
    }

    /**
     * How much it failed lately: grows by 1 with each failure, fades within seconds, is halved by each success. About 2p/(1-p)
     * at an error rate p, and exactly 0 when there is nothing to speak of.
     *
     * @param now the pool's ticker
     * @return 0 or more
     */
    public double failureLoad(long now) {
        return failureWord(now);
    }

    /**
     * The utilisation it last reported. Measured while asked for: {@link Signal#REPORT}.
     *
     * @param now the pool's ticker
     * @return above 0; NaN: nothing reported for three minutes
     */
    public double reported(long now) {
        LoadReport last = report();
        return last == null || last.expired(now) ? Double.NaN : last.utilization();
    }

    /**
     * What it last reported, however long ago. Measured while asked for: {@link Signal#REPORT}.
     *
     * @return null: nothing
     */
    public @Nullable LoadReport report() {
        return (LoadReport) REPORT.getAcquire(this);
    }

    /** The mean if it is measured, else what the algorithm goes by; NaN: nothing. */
    double anyLatency(long now) {
        double mean = meanLatency(now);
        if (!Double.isNaN(mean)) return mean;
        double recent = recentLatency(now, ledger.decay());
        return Double.isNaN(recent) ? peakLatency(now) : recent;
    }

    Ledger ledger() {
        return ledger;
    }

    Mishaps mishaps() {
        return mishaps;
    }

    int firstSlot() {
        return firstSlot;
    }

    Standing standing() {
        return (Standing) STANDING.getAcquire(this);
    }

    /** Takes a new standing, unless a newer one is in. */
    void stand(Standing next) {
        Standing before;
        do {
            before = standing();
            if (before.version() >= next.version()) return;
        } while (!STANDING.compareAndSet(this, before, next));
        Server told;
        do {
            told = standing().server();
            server = told;
            VarHandle.fullFence(); // looks only when that is out: else of two writers the older one could be the last
        } while (told != standing().server());
    }

    void reported(CharSequence text, long now) {
        LoadReport before = report();
        try {
            REPORT.compareAndSet(this, before, LoadReport.after(before, text, now));
        } catch (IllegalArgumentException unreadable) {
            mishaps.badReport();
        }
    }

    boolean observed() {
        return observations().length != 0;
    }

    void tellObservers(long start, long answered, long now, Outcome outcome) {
        for (Observation observation : observations()) observation.tell(start, answered, now, outcome);
    }

    /** At most once a registration, whoever asks and how often. */
    void observeBy(Observers.Registration registration) {
        Observation added = new Observation(registration);
        Observation[] before;
        Observation[] after;
        do {
            before = observations();
            for (Observation each : before) if (each.by(registration)) return;
            after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = added;
        } while (!OBSERVATIONS.compareAndSet(this, before, after));
        added.begin(this);
        if (added.over()) forgetClosedObservers(); // closed meanwhile, by one who did not see this
    }

    /** Lets go of observers that were closed, so that ends need not look at them. */
    void forgetClosedObservers() {
        Observation[] before;
        Observation[] live;
        do {
            before = observations();
            live = Arrays.stream(before).filter(each -> !each.over()).toArray(Observation[]::new);
        } while (live.length < before.length && !OBSERVATIONS.compareAndSet(this, before, live));
    }

    private Observation[] observations() {
        return (Observation[]) OBSERVATIONS.getAcquire(this);
    }

    @Override
    public String toString() {
        return "member " + server.id() + ", " + inFlight() + " in flight";
    }
}
