package org.lb4j.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.lb4j.CallObserver;
import org.lb4j.Member;

/** One server as its checker knows it, for one membership: who joins again begins again. */
final class Checked implements MemberObservers.Entry {
    private static final long SECOND = 1_000_000_000L;

    private final Member member;
    private final Condition condition;
    private final Pace pace;
    private final Suppression suppression;
    private final Turn turn = new Turn();
    private final Imprint imprint = new Imprint();
    private final AtomicBoolean announced = new AtomicBoolean();
    private boolean enrolled;
    private volatile boolean over;
    private volatile boolean passed;
    private volatile @Nullable Heard heard;
    private volatile CheckStatus status;

    Checked(Member member, CheckerSettings settings, Pace pace, CallTrace trace, long now) {
        this.member = member;
        this.condition = new Condition(settings);
        this.pace = pace;
        this.suppression = new Suppression(trace);
        this.status = new CheckStatus(
                member.server(), CheckState.UNKNOWN, now, "not yet probed", 0, 1, null, now, Duration.ZERO);
    }

    Member member() {
        return member;
    }

    Condition condition() {
        return condition;
    }

    Pace pace() {
        return pace;
    }

    Suppression suppression() {
        return suppression;
    }

    @Override
    public CallObserver calls() {
        return suppression.trace();
    }

    @Override
    public boolean over() {
        return over;
    }

    void forget() {
        over = true;
    }

    Turn turn() {
        return turn;
    }

    Imprint imprint() {
        return imprint;
    }

    /** True for the first who asks, on any thread. */
    boolean announce() {
        return !announced.get() && announced.compareAndSet(false, true);
    }

    /** Whether it ever was in this view: the calls of others make entries too. */
    boolean joined() {
        return announced.get();
    }

    /** True for the first who asks. */
    boolean enrol() {
        boolean first = !enrolled;
        enrolled = true;
        return first;
    }

    boolean enrolled() {
        return enrolled;
    }

    /** False: it said the very same within the last second, so that a word in each response costs nothing. From any thread. */
    boolean news(CharSequence words, long now) {
        Heard before = heard;
        if (before != null && now - before.at < SECOND && before.words.contentEquals(words)) return false;
        heard = new Heard(words.toString(), now);
        return true;
    }

    private record Heard(String words, long at) {}

    /** Whether a probe has ever passed; from any thread. */
    boolean hasPassed() {
        return passed;
    }

    /** From any thread. */
    CheckStatus status() {
        return status;
    }

    void changed(long now, String evidence) {
        publish(now, evidence, status.last(), status.lastNanos(), status.gap());
    }

    /** In the same state as before, but not as before. */
    void says(String evidence) {
        publish(status.since(), evidence, status.last(), status.lastNanos(), status.gap());
    }

    void saw(ProbeResult result, long now, long gap) {
        passed = passed || result.passed();
        publish(status.since(), status.evidence(), result, now, Duration.ofNanos(gap));
    }

    private void publish(long since, String evidence, @Nullable ProbeResult last, long lastNanos, Duration gap) {
        double factor = condition.factor() * condition.heard();
        status = new CheckStatus(
                member.server(), condition.state(), since, evidence, condition.streak(), factor, last, lastNanos, gap);
    }
}
