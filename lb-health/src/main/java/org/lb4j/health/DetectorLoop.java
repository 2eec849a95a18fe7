package org.lb4j.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lb4j.Hold;
import org.lb4j.health.CallLog.Phase;
import org.lb4j.health.HealthEvent.Kind;

/** Who is ejected, and when each may come back. All of it runs in one mailbox, so nothing is locked. */
final class DetectorLoop {
    private static final long SWEEP = 1_000_000_000L;

    private final OutlierRules rules;
    private final Watchlist watchlist;
    private final Ejections ejections;
    private final Findings findings;
    private final DetectorTally tally;
    private final Surroundings around;
    private final Alarm alarm;
    private final Guard guard = new Guard();
    private final Set<Watched> handedOver = new LinkedHashSet<>();
    private long nextSweep;
    private boolean stopped;

    DetectorLoop(OutlierRules rules, Watchlist watchlist, Ejections ejections, Surroundings around, Mailbox mailbox) {
        this.rules = rules;
        this.watchlist = watchlist;
        this.ejections = ejections;
        this.findings = ejections.findings();
        this.tally = ejections.tally();
        this.around = around;
        this.alarm = new Alarm(around.scheduler(), around.ticker(), () -> mailbox.run(this::turn));
    }

    void start() {
        nextSweep = around.now() + SWEEP;
        turn();
    }

    /** Does all that is due by now. */
    private void turn() {
        long now = around.now();
        boolean sweeps = now - nextSweep >= 0;
        if (sweeps) watchlist.left().forEach(ejections::forget);
        List<Watched> all = watchlist.present();
        if (sweeps) {
            sweep(all, now);
            nextSweep += SWEEP;
            if (now - nextSweep >= 0) nextSweep = now + SWEEP; // this process stood still: what was missed is dropped
        }
        alarm.set(endEjections(all, now));
    }

    /** Puts on trial whose time is over. When the next thing is due. */
    private long endEjections(List<Watched> all, long now) {
        long next = nextSweep;
        for (Watched each : all) {
            if (each.log().phase() != Phase.OUT) continue;
            if (now - each.ends() >= 0) ejections.tryOut(each, now);
            else if (each.ends() - next < 0) next = each.ends();
        }
        if (stopped) stop(); // a listener of the pool has closed this detector as a trial began
        return next;
    }

    private void sweep(List<Watched> all, long now) {
        welcome(all);
        for (Watched each : all) {
            each.log().counts().sweep();
            if (!each.serving() && !rules.settings().dryRun()) lookWhetherReleased(each, now);
        }
        Fleet fleet = Fleet.of(all);
        if (guard.begins(fleet.together())) liftAll(all, now);
        if (guard.ends(fleet.together())) endCorrelation(all, now);
        judge(all, all, fleet, now, false);
        for (Watched each : all) {
            each.log().base(fleet.usual(each.sample()));
            // So one that stays is looked at once a sweep, however its calls fail; and not at all while nobody is
            // ejected.
            if (each.serving() && !guard.on()) each.log().letGo();
        }
    }

    /**
     * Who is new was not ejected: what holds it is of an entry that was forgotten when it left the view, or was meant for the
     * server that had its id before.
     */
    private void welcome(List<Watched> all) {
        for (Watched each : all)
            if (each.see()
                    && each.serving()
                    && enforced()
                    && Hold.OUTLIER.in(each.member().holds())) ejections.release(each.member());
    }

    /** A person, or the checker if it is told to, may release what is ours. */
    private void lookWhetherReleased(Watched watched, long now) {
        if (!Hold.OUTLIER.in(watched.member().holds()))
            ejections.comeBack(watched, Reason.OK, "released by somebody else", now);
    }

    /** A failing call, or a trial, says that a server is to be looked at now. Together with others that say so. */
    void handOver(Watched watched) {
        handedOver.add(watched);
    }

    /** Looks at those that were handed over, then sets and tells what was decided. */
    void publish() {
        if (!handedOver.isEmpty()) lookAtHandedOver();
        findings.publish();
        around.announcer().tick();
        Allowance allowance =
                new Allowance(watchlist.present(), rules.settings().maxEjected());
        tally.publish(allowance.out(), allowance.allowed());
    }

    private void lookAtHandedOver() {
        long now = around.now();
        List<Watched> all = watchlist.present();
        List<Watched> suspects = new ArrayList<>();
        for (Watched each : handedOver) {
            if (each.log().phase() == Phase.TRIAL) endTrial(each, now);
            else if (each.serving() && watchlist.here(each)) suspects.add(each);
        }
        handedOver.clear();
        if (!suspects.isEmpty() && !guard.on()) {
            Fleet fleet = Fleet.of(all);
            if (guard.begins(fleet.together())) liftAll(all, now);
            judge(suspects, all, fleet, now, true);
        }
        alarm.set(endEjections(all, now));
    }

    private void endTrial(Watched watched, long now) {
        CallLog log = watched.log();
        if (log.trialFailed()) ejections.eject(watched, Reason.TRIAL, "a trial call failed", now);
        else if (log.goodTrials() >= rules.settings().trials())
            ejections.comeBack(watched, Reason.TRIAL, log.goodTrials() + " trial calls went well", now);
        else log.letGo();
    }

    /** Ejects who fails, the worst first, as far as the allowance allows; by a streak only if a call has just failed. */
    private void judge(List<Watched> some, List<Watched> all, Fleet fleet, long now, boolean called) {
        List<Case> cases = new ArrayList<>();
        for (Watched each : some) {
            Case found = each.serving() && !guard.on() ? look(each, fleet, now, called) : null;
            if (found != null) cases.add(found);
            else if (each.log().streak() == StreakWord.NONE) each.overflows(false);
        }
        if (cases.isEmpty() || all.size() < 2) return;
        cases.sort(Comparator.comparingDouble(Case::surely).reversed());
        Allowance allowance = new Allowance(all, rules.settings().maxEjected());
        for (Case each : cases) {
            if (allowance.allows(each.watched)) ejections.eject(each.watched, Reason.CALLS, each.evidence, now);
            else overflow(each, allowance);
        }
    }

    /** One server found to be an outlier, and how surely its calls fail at least. */
    private record Case(Watched watched, double surely, String evidence) {}

    private @Nullable Case look(Watched watched, Fleet fleet, long now, boolean called) {
        Sample sample = watched.sample();
        long bad = sample.failuresAndRejections();
        double median = fleet.usualWithRejections();
        if (rules.absolute(sample.failures(), sample.calls())) {
            double surely = Wilson.lower(sample.failures(), sample.calls(), OutlierRules.ABSOLUTE_Z);
            return new Case(watched, surely, windowWords(sample.failures(), sample.calls(), surely, median));
        }
        if (rules.relative(bad, sample.calls(), median)) {
            double surely = Wilson.lower(bad, sample.calls(), OutlierRules.RELATIVE_Z);
            return new Case(watched, surely, windowWords(bad, sample.calls(), surely, median));
        }
        if (!called) return null; // what is silent since its last failure may be well again
        long streak = watched.log().streak();
        int row = StreakWord.count(streak);
        long nanos = StreakWord.nanos(streak, now);
        if (!rules.streak(row, nanos, fleet.usual(sample))) return null;
        return new Case(watched, 1, row + " calls failed in a row, none went well for " + nanos / 1_000_000 + " ms");
    }

    private static String windowWords(long bad, long calls, double surely, double median) {
        String own = String.format(Locale.ROOT, "%d of %d calls failed in 10 s, lower bound %.2f", bad, calls, surely);
        return Double.isNaN(median) ? own : own + String.format(Locale.ROOT, ", fleet median %.2f", median);
    }

    private void overflow(Case found, Allowance allowance) {
        if (!found.watched.overflows(true)) return;
        tally.overflow();
        String evidence = found.evidence + "; " + allowance.words();
        findings.event(Kind.EJECTION_OVERFLOW, found.watched.member().server(), Reason.CALLS, evidence, enforced());
    }

    private void liftAll(List<Watched> all, long now) {
        tally.correlated();
        int lifted = 0;
        for (Watched each : all) {
            if (each.serving()) continue;
            ejections.comeBack(each, Reason.OK, "most servers fail together", now);
            lifted++;
        }
        findings.event(
                Kind.CORRELATED_FAILURE,
                null,
                Reason.CALLS,
                "at least three of four servers fail most of their calls; " + lifted + " ejections lifted",
                enforced());
    }

    private void endCorrelation(List<Watched> all, long now) {
        for (Watched each : all) if (each.serving()) each.log().enter(Phase.SERVING, now);
        findings.event(Kind.CORRELATED_END, null, Reason.OK, "three sweeps without, counting afresh", enforced());
    }

    void settings(OutlierSettings next) {
        boolean before = enforced();
        rules.settings(next);
        if (before == enforced()) return;
        long now = around.now();
        for (Watched each : watchlist.present()) if (!each.serving()) ejections.enforceAnew(each, now);
        findings.publish(); // there must be a hold before there is a trial
        alarm.set(now);
    }

    private boolean enforced() {
        return !rules.settings().dryRun();
    }

    /** Lets go of timers and trials. */
    void stop() {
        stopped = true;
        alarm.end();
        for (Watched each : watchlist.all()) each.endTrial();
    }
}
