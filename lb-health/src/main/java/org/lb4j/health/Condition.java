package org.lb4j.health;

/**
 * What the results of one server's probes, and its words, add up to: fall failures in a row take it down, rise passes in a
 * row bring it back. Pure: no clock, no pool.
 */
final class Condition {
    private final int fall;
    private final int rise;
    private boolean proven;
    private boolean down;
    private int streak; // results in a row that contradict `down`
    private double said = 1;
    private double whileDown = 1;
    private double heard = 1;

    Condition(CheckerSettings settings) {
        fall = settings.fall();
        rise = settings.rise();
    }

    void take(ProbeResult result) {
        if (result.passed()) pass(result);
        else if (result.failed()) fail(result);
    }

    private void pass(ProbeResult result) {
        said = result.weight();
        whileDown = 1;
        proven = true;
        if (!down) streak = 0;
        else if (++streak >= rise) become(false);
    }

    /** What it said before stays: one that drains and then dies must not get its traffic back in between. */
    private void fail(ProbeResult result) {
        // One in maintenance that is then switched off must not come back in panic.
        if (whileDown > 0 || result.reason() == Reason.TOLD) whileDown = result.weight();
        if (down) streak = 0;
        else if (++streak >= fall || result.reason() == Reason.TOLD) become(true);
    }

    private void become(boolean down) {
        this.down = down;
        proven = true;
        streak = 0;
    }

    /** Its word outside of a probe; 1: nothing, or no longer. */
    void hear(double weight) {
        heard = weight;
    }

    CheckState state() {
        if (down) return CheckState.DOWN;
        double share = said * heard;
        if (share == 0) return CheckState.DRAINING;
        if (share < 1) return CheckState.DEGRADED;
        return proven ? CheckState.UP : CheckState.UNKNOWN;
    }

    boolean down() {
        return down;
    }

    /** Whether any result has decided how it stands. */
    boolean proven() {
        return proven;
    }

    /** Whether its last results contradict its state. */
    boolean inDoubt() {
        return streak > 0;
    }

    int streak() {
        return streak;
    }

    /** The factor by probes. */
    double factor() {
        return down ? Math.min(said, whileDown) : said;
    }

    /** The factor by words outside of probes. */
    double heard() {
        return heard;
    }
}
