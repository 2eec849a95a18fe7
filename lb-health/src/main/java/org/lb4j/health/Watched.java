package org.lb4j.health;

import org.jspecify.annotations.Nullable;
import org.lb4j.CallObserver;
import org.lb4j.Member;
import org.lb4j.Trial;
import org.lb4j.health.CallLog.Phase;

/** One server as its detector knows it, for one membership. */
final class Watched implements MemberObservers.Entry {
    private static final long SECOND = 1_000_000_000L;
    private static final long STEP_BACK = 10 * SECOND;

    private final Member member;
    private final CallLog log;
    private boolean seen;
    private volatile boolean over;
    private int row; // ejections in a row
    private volatile long ends; // of the last ejection, as scheduled
    private @Nullable Trial trial;
    private Sample sample = Sample.NONE;
    private boolean overflowing;
    private volatile String evidence = "";

    Watched(Member member, CallLog log, long now) {
        this.member = member;
        this.log = log;
        this.ends = now;
    }

    Member member() {
        return member;
    }

    CallLog log() {
        return log;
    }

    /** Looks at its window now; costs a walk over its stripes. */
    Sample look() {
        sample = Sample.of(log.counts());
        return sample;
    }

    /** What was last seen of one that serves. */
    Sample sample() {
        return serving() ? sample : Sample.NONE;
    }

    boolean serving() {
        return log.phase() == Phase.SERVING;
    }

    @Override
    public CallObserver calls() {
        return log;
    }

    @Override
    public boolean over() {
        return over;
    }

    void forget() {
        over = true;
    }

    /** Whether it ever was in this view: the calls of others make entries too. */
    boolean joined() {
        return seen || !serving();
    }

    /** It is in the pool. True: that is seen for the first time. */
    boolean see() {
        boolean first = !seen;
        seen = true;
        return first;
    }

    /** How many ejections in a row the next one will be: one step less for each 10 s in service. */
    int nextInRow(long now) {
        if (!serving()) return row + 1; // a failed trial was no service
        long steps = Math.max(0, now - ends) / STEP_BACK;
        return (int) Math.max(0, row - steps) + 1;
    }

    void eject(int inRow, long now, long until, String why) {
        row = inRow;
        ends = until;
        evidence = why;
        overflowing = false;
        endTrial();
        log.enter(Phase.OUT, now);
    }

    /** Out for a little longer, or until at once. */
    void outUntil(long until, long now) {
        ends = until;
        log.enter(Phase.OUT, now);
    }

    /** Its time is over. */
    void tryOut(long now) {
        log.enter(Phase.TRIAL, now);
    }

    void onTrial(Trial trial) {
        this.trial = trial;
    }

    void comeBack(long now) {
        if (ends - now > 0) ends = now;
        endTrial();
        log.enter(Phase.SERVING, now);
    }

    void endTrial() {
        Trial before = trial;
        trial = null;
        if (before != null) before.close();
    }

    int row() {
        return row;
    }

    long ends() {
        return ends;
    }

    String evidence() {
        return evidence;
    }

    /** False: that was so before. */
    boolean overflows(boolean now) {
        boolean changed = overflowing != now;
        overflowing = now;
        return changed;
    }
}
