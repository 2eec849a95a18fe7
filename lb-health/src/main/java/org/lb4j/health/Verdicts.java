package org.lb4j.health;

import java.util.Locale;
import org.lb4j.Hold;
import org.lb4j.health.HealthEvent.Kind;

/** Turns results into what is set on the pool and told to people. */
final class Verdicts {
    private final CheckerSettings settings;
    private final Unproven unproven;
    private final Findings findings;
    private final CheckerTally tally;

    Verdicts(CheckerSettings settings, Unproven unproven, Findings findings, CheckerTally tally) {
        this.settings = settings;
        this.unproven = unproven;
        this.findings = findings;
        this.tally = tally;
    }

    /** A probe has brought a result. */
    void take(Checked checked, ProbeResult result, long now) {
        Condition condition = checked.condition();
        CheckState before = condition.state();
        int row = condition.streak() + 1;
        if (result.reason() == Reason.TOLD) checked.suppression().speaks();
        condition.take(result);
        decide(checked, before, reason(condition, result), evidence(condition, before, row, result), now);
        if (settings.passingProbeEndsEjection() && result.passed() && !condition.down()) endEjection(checked);
    }

    /** A server has said something outside of a probe. */
    void hear(Checked checked, ProbeResult word, long now) {
        checked.suppression().speaks();
        Condition condition = checked.condition();
        CheckState before = condition.state();
        condition.hear(word.failed() ? 1 : word.weight()); // its last word counts, and "down" is a failed probe
        if (word.failed()) condition.take(word);
        decide(checked, before, Reason.TOLD, "it said " + word.detail(), now);
    }

    /** What a server said outside of a probe is too old. */
    void forget(Checked checked, long now) {
        CheckState before = checked.condition().state();
        checked.condition().hear(1);
        decide(checked, before, Reason.OK, "it has said nothing for 60 s", now);
    }

    /** Brings the pool to what is known, and tells of a new state. */
    void decide(Checked checked, CheckState before, Reason reason, String evidence, long now) {
        boolean differs = imprint(checked);
        CheckState after = checked.condition().state();
        if (after == before) {
            if (differs) checked.says(evidence);
            return;
        }
        if (after == CheckState.DOWN) checked.pace().wentDown(now);
        if (before == CheckState.DOWN) checked.pace().wentUp(now);
        checked.changed(now, evidence);
        tally.transition(!settings.dryRun());
        findings.event(kind(after), checked.member().server(), reason, evidence, !settings.dryRun());
    }

    /** A server has joined; it may have been held by the thread that brought it, or instead of one that had its id. */
    void enrol(Checked checked) {
        boolean held = unproven.held(checked);
        checked.imprint().update(held, 1, 1);
        if (!settings.dryRun()) write(checked, held, 1, 1);
    }

    /** It has left. */
    void takeBack(Checked checked) {
        String id = checked.member().server().id();
        if (!settings.dryRun() && checked.joined())
            findings.takeBack(checked.member(), pool -> Imprint.erase(pool, id));
    }

    /** Whether that was anything new. */
    boolean imprint(Checked checked) {
        Condition condition = checked.condition();
        boolean held = condition.down() || unproven.held(checked);
        double check = condition.factor();
        double heard = condition.heard();
        if (!checked.imprint().update(held, check, heard)) return false;
        if (!settings.dryRun()) write(checked, held, check, heard);
        return true;
    }

    private void write(Checked checked, boolean held, double check, double heard) {
        String id = checked.member().server().id();
        findings.edit(checked.member(), pool -> Imprint.write(pool, id, held, check, heard));
    }

    private void endEjection(Checked checked) {
        if (settings.dryRun() || !Hold.OUTLIER.in(checked.member().holds())) return;
        String id = checked.member().server().id();
        findings.edit(checked.member(), pool -> pool.release(id, Hold.OUTLIER));
    }

    private static Kind kind(CheckState state) {
        return switch (state) {
            case UNKNOWN, UP -> Kind.UP;
            case DEGRADED -> Kind.DEGRADED;
            case DRAINING -> Kind.DRAINING;
            case DOWN -> Kind.DOWN;
        };
    }

    private static Reason reason(Condition condition, ProbeResult result) {
        return condition.state() == CheckState.UP ? Reason.OK : result.reason();
    }

    private static String evidence(Condition after, CheckState before, int row, ProbeResult result) {
        String said = result.reason() == Reason.TOLD ? "it said " + result.detail() : result.words();
        return switch (after.state()) {
            case DOWN ->
                result.reason() == Reason.TOLD
                        ? said
                        : row == 1 ? "a probe failed, " + said : row + " probes failed in a row, last " + said;
            case DRAINING -> said;
            case DEGRADED -> String.format(Locale.ROOT, "weight %.2f, %s", after.factor() * after.heard(), said);
            case UNKNOWN -> said;
            case UP ->
                before == CheckState.UNKNOWN
                        ? "its first probe passed"
                        : before == CheckState.DOWN ? row + " probes passed in a row" : "a probe passed at full weight";
        };
    }
}
