package org.lb4j.health;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.lb4j.CallObserver;
import org.lb4j.Outcome;

/**
 * What the calls of one server show. Recording is lock-free and allocates nothing: a success adds to one striped counter. A
 * failing call looks, one thread at a time, whether it was one too many, and hands the server over if so.
 */
@SuppressWarnings("UnusedVariable") // the fields behind the handles
final class CallLog implements CallObserver {
    /* field  | read    | write        | why that is enough
     * streak | opaque  | CAS; opaque  | a success that races a failure comes before or after it
     * since  | acquire | release      | written with the counts restarted, by the mailbox alone
     * phase  | acquire | release      | as above
     * tried  | opaque  | getAndAdd    | exactly one call is the last good trial
     * handed | opaque  | CAS          | a right, held by one call and then by the mailbox, until it lets go
     * base   | opaque  | opaque       | a number of the last sweep
     */
    private static final VarHandle STREAK = word("streak", long.class);
    private static final VarHandle SINCE = word("since", long.class);
    private static final VarHandle PHASE = word("phase", Phase.class);
    private static final VarHandle TRIED = word("tried", int.class);
    private static final VarHandle HANDED = word("handed", boolean.class);
    private static final VarHandle BASE = word("base", double.class);
    private static final int FAILED_TRIAL = 1 << 30;

    private final OutlierRules rules;
    private final CallCounts counts = new CallCounts();
    private final Consumer<CallLog> handOver;
    private long streak;
    private long since;
    private Phase phase = Phase.SERVING;
    private int tried;
    private boolean handed;
    private double base;

    /** Where a server is on its way out and back. */
    enum Phase {
        SERVING,
        OUT,
        TRIAL
    }

    CallLog(OutlierRules rules, long now, Consumer<CallLog> handOver) {
        this.rules = rules;
        this.since = now;
        this.handOver = handOver;
    }

    @Override
    public void onEnd(long startNanos, long answeredNanos, long nowNanos, Outcome outcome) {
        if (outcome == Outcome.CANCELLED || startNanos - (long) SINCE.getAcquire(this) < 0) return;
        switch (phase()) {
            case SERVING -> record(nowNanos, outcome);
            case TRIAL -> trial(outcome);
            case OUT -> {} // a call in panic; its trial will tell
        }
    }

    private void record(long now, Outcome outcome) {
        counts.call();
        switch (outcome) {
            case SUCCESS -> {
                if ((long) STREAK.getOpaque(this) != StreakWord.NONE) STREAK.setOpaque(this, StreakWord.NONE);
            }
            case FAILURE, TIMEOUT -> failed(now);
            case REJECTED -> counts.rejection();
            case CANCELLED -> {}
        }
    }

    private void failed(long now) {
        counts.failure();
        long before;
        long after;
        do {
            before = (long) STREAK.getOpaque(this);
            after = StreakWord.oneMore(before, now);
        } while (!STREAK.compareAndSet(this, before, after));
        if (StreakWord.count(after) < rules.settings().streak() || !claim()) return;
        double others = (double) BASE.getOpaque(this);
        if (rules.streak(StreakWord.count(after), StreakWord.nanos(after, now), others)
                || rules.absolute(counts.failures(), counts.calls())) handOver.accept(this);
        else letGo();
    }

    private void trial(Outcome outcome) {
        if (outcome == Outcome.REJECTED) return;
        int step = outcome == Outcome.SUCCESS ? 1 : FAILED_TRIAL;
        int before = (int) TRIED.getAndAdd(this, step);
        if (before >= FAILED_TRIAL) {
            TRIED.setOpaque(this, FAILED_TRIAL); // known, and must not overflow
        } else if (step == FAILED_TRIAL || before + 1 >= rules.settings().trials()) {
            if (claim()) handOver.accept(this);
        }
    }

    private boolean claim() {
        return !(boolean) HANDED.getOpaque(this) && HANDED.compareAndSet(this, false, true);
    }

    /** Its case was looked at: the next call may hand it over again. */
    void letGo() {
        HANDED.setOpaque(this, false);
    }

    /** A new phase: calls that began before, and what was counted, are of the past. */
    void enter(Phase next, long now) {
        counts.restart();
        STREAK.setOpaque(this, StreakWord.NONE);
        TRIED.setOpaque(this, 0);
        SINCE.setRelease(this, now);
        PHASE.setRelease(this, next);
        letGo();
    }

    Phase phase() {
        return (Phase) PHASE.getAcquire(this);
    }

    CallCounts counts() {
        return counts;
    }

    long streak() {
        return (long) STREAK.getOpaque(this);
    }

    boolean trialFailed() {
        return (int) TRIED.getOpaque(this) >= FAILED_TRIAL;
    }

    int goodTrials() {
        return (int) TRIED.getOpaque(this);
    }

    /** The error rate of its peers, for calls that judge themselves. */
    void base(double rate) {
        BASE.setOpaque(this, rate);
    }

    private static VarHandle word(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(CallLog.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
