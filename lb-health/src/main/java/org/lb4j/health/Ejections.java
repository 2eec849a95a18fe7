package org.lb4j.health;

import java.util.random.RandomGenerator;
import org.lb4j.Hold;
import org.lb4j.Member;
import org.lb4j.ServerPool;
import org.lb4j.Trial;
import org.lb4j.health.HealthEvent.Kind;

/** Takes servers out, tries them, and brings them back. Decides nothing. */
final class Ejections {
    private static final int MOST_DOUBLINGS = 30;
    private static final long RETRY = 1_000_000_000L;

    private final ServerPool pool;
    private final OutlierRules rules;
    private final RandomGenerator random;
    private final Findings findings;
    private final DetectorTally tally = new DetectorTally();

    Ejections(ServerPool pool, OutlierRules rules, Surroundings around) {
        this.pool = pool;
        this.rules = rules;
        this.random = around.random();
        this.findings = new Findings(pool, around.announcer());
    }

    Findings findings() {
        return findings;
    }

    DetectorTally tally() {
        return tally;
    }

    void eject(Watched watched, Reason reason, String evidence, long now) {
        int inRow = watched.nextInRow(now);
        watched.eject(inRow, now, now + duration(inRow), evidence);
        tally.ejected(enforced());
        if (enforced()) hold(watched);
        tell(Kind.EJECTED, watched, reason, evidence);
    }

    /** 10 s x 2^(m-1), at most 300 s, each within 20 % so that servers ejected together do not come back together. */
    private long duration(int inRow) {
        OutlierSettings settings = rules.settings();
        double nominal = Math.min(
                Math.scalb((double) settings.ejection().toNanos(), Math.min(inRow - 1, MOST_DOUBLINGS)),
                (double) settings.maxEjection().toNanos());
        return (long) (nominal * (0.8 + 0.4 * random.nextDouble()));
    }

    /** Its time is over: one call at a time may try it. */
    void tryOut(Watched watched, long now) {
        watched.tryOut(now);
        if (enforced()) {
            Trial trial =
                    pool.trial(watched.member().server().id(), rules.settings().permitFor());
            if (trial == null) { // nothing holds it: the next sweep will see that
                watched.outUntil(now + RETRY, now);
                return;
            }
            watched.onTrial(trial);
        }
        tell(Kind.TRIAL, watched, Reason.TRIAL, "its time is over (ejection " + watched.row() + " in a row)");
    }

    void comeBack(Watched watched, Reason reason, String evidence, long now) {
        watched.comeBack(now);
        tally.returned();
        if (enforced()) release(watched.member());
        tell(Kind.RETURNED, watched, reason, evidence);
    }

    /** Settings have changed: what was only seen is carried out from now on, or the other way round. */
    void enforceAnew(Watched watched, long now) {
        if (enforced()) {
            boolean wasTried = watched.log().phase() == CallLog.Phase.TRIAL;
            hold(watched);
            if (wasTried) watched.outUntil(now, now); // tried once more, with a hold and a permit
        } else {
            watched.endTrial();
            release(watched.member());
        }
    }

    private boolean enforced() {
        return !rules.settings().dryRun();
    }

    private void hold(Watched watched) {
        String id = watched.member().server().id();
        findings.edit(watched.member(), change -> change.hold(id, Hold.OUTLIER));
    }

    /** It has left. */
    void forget(Watched watched) {
        watched.endTrial();
        String id = watched.member().server().id();
        if (enforced() && watched.joined())
            findings.takeBack(watched.member(), change -> change.release(id, Hold.OUTLIER));
    }

    /** Takes its hold away, if it has one. */
    void release(Member member) {
        String id = member.server().id();
        findings.edit(member, change -> change.release(id, Hold.OUTLIER));
    }

    private void tell(Kind kind, Watched watched, Reason reason, String evidence) {
        findings.event(kind, watched.member().server(), reason, evidence, enforced());
    }
}
