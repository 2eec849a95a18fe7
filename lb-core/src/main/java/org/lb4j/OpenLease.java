package org.lb4j;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** One call in flight, as it is counted; ends exactly once, by CAS. The one object that an acquired call costs: 40 bytes. */
@SuppressWarnings("UnusedVariable") // the fields behind the handles
final class OpenLease implements Lease {
    /* field    | read    | write | why that is enough
     * state    | acquire | CAS   | one thread alone makes each step, and it alone does what belongs to it
     * answered | plain   | CAS   | once, before the CAS to ANSWERED; read after a CAS from ANSWERED
     */
    private static final VarHandle STATE;
    private static final VarHandle ANSWERED_AT;
    private static final int OPEN = 0;
    private static final int ANSWERED = 1;
    private static final int ENDED = 2;
    private static final int STEP = 3;
    /** Whether the call is in the pool's total; beside the step, so that the object stays at 40 bytes. */
    private static final int COUNTED = 4;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(OpenLease.class, "state", int.class);
            ANSWERED_AT = lookup.findVarHandle(OpenLease.class, "answered", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Member member;
    private final TrialPermit.@Nullable Taken permit;
    private final long start;
    private long answered;
    private int state;

    OpenLease(Member member, long start, boolean counted, TrialPermit.@Nullable Taken permit) {
        this.member = member;
        this.start = start;
        this.state = counted ? COUNTED : 0;
        this.permit = permit;
    }

    Member member() {
        return member;
    }

    boolean ended() {
        return ((int) STATE.getAcquire(this) & STEP) == ENDED;
    }

    @Override
    public Server server() {
        return member.server();
    }

    @Override
    public void answered() {
        int before = (int) STATE.getAcquire(this);
        if ((before & STEP) != OPEN) return;
        long now = member.ledger().now();
        if (!ANSWERED_AT.compareAndSet(this, 0L, now == 0 ? 1 : now)) return; // 0 is "not yet"
        if (!STATE.compareAndSet(this, before, before | ANSWERED)) return;
        member.answered(start);
        int signals = member.ledger().signals();
        if ((signals & Signal.LATENCIES) != 0)
            member.sample(now - start, now, signals, member.ledger().decay());
    }

    @Override
    public void end(Outcome outcome) {
        finish(outcome);
    }

    @Override
    public void close() {
        if (finish(Outcome.FAILURE)) member.ledger().unsaid(member);
    }

    @Override
    public void report(CharSequence loadReport) {
        if (Signal.REPORT.in(member.ledger().signals()))
            member.reported(loadReport, member.ledger().now());
    }

    /** False: it had ended before. */
    boolean finish(Outcome outcome) {
        if (outcome == null) throw new IllegalArgumentException("outcome must be given, was null");
        int before;
        do {
            before = (int) STATE.getAcquire(this);
            if ((before & STEP) == ENDED) return false;
        } while (!STATE.compareAndSet(this, before, before & ~STEP | ENDED));
        boolean wasAnswered = (before & STEP) == ANSWERED;
        if (wasAnswered) member.endStreaming();
        else member.endWaiting(start);
        if ((before & COUNTED) != 0) member.ledger().uncount();
        tell(outcome, wasAnswered);
        // Last, so that whoever takes the permit next finds what this trial showed.
        if (permit != null) permit.giveBack();
        return true;
    }

    /** What the end says about the server, to its words and its observers. Reads the clock only if somebody wants to know. */
    private void tell(Outcome outcome, boolean wasAnswered) {
        Ledger ledger = member.ledger();
        int signals = ledger.signals();
        boolean sampled = outcome == Outcome.SUCCESS && !wasAnswered && (signals & Signal.LATENCIES) != 0;
        boolean forgiven = outcome == Outcome.SUCCESS && member.hasFailed();
        boolean observed = member.observed();
        if (!sampled && !forgiven && !observed && !outcome.bad()) return;
        long now = ledger.now();
        if (sampled) member.sample(now - start, now, signals, ledger.decay());
        if (forgiven) member.forgive(now);
        if (outcome.bad()) member.failed(now);
        if (observed) member.tellObservers(start, wasAnswered ? answered : now, now, outcome);
    }

    @Override
    public String toString() {
        return "lease of " + member.server();
    }
}
