package org.lb4j.health;

/** Whether a probe need not be sent, because calls show its server to be well. */
final class Suppression {
    /** The seventh is sent: calls may go well that touch only a part of what the probe looks at. */
    private static final int IN_A_ROW = 6;

    private final CallTrace trace;
    private int skipped;
    private boolean speaks;

    Suppression(CallTrace trace) {
        this.trace = trace;
    }

    CallTrace trace() {
        return trace;
    }

    /** The server has used a health word: from then on it must be asked, or its next word would be missed. */
    void speaks() {
        speaks = true;
    }

    /** Whether this probe need not be sent; to be asked once a tick. */
    boolean skips(Condition condition) {
        boolean well = trace.wellSinceLastTick();
        boolean settled = condition.state() == CheckState.UP && !condition.inDoubt();
        if (well && settled && !speaks && skipped < IN_A_ROW) {
            skipped++;
            return true;
        }
        skipped = 0;
        return false;
    }
}
