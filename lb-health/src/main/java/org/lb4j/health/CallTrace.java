package org.lb4j.health;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.lb4j.CallObserver;
import org.lb4j.Outcome;

/**
 * What real calls say of one server between two probes: whether asking it is a waste, or urgent. Once three calls have gone
 * well, a further one writes nothing.
 */
@SuppressWarnings("UnusedVariable") // the fields behind the handles
final class CallTrace implements CallObserver {
    /* field  | read   | write     | why that is enough
     * good   | opaque | opaque    | lost counts only mean one probe more
     * failed | opaque | opaque    | set at each failure, cleared by the tick alone
     * row    | opaque | getAndAdd | a success sets it to 0; whoever asked, far below it, so that one row asks once
     * asked  | opaque | CAS       | one call wins the right to ask for a probe
     */
    private static final VarHandle GOOD = word("good", int.class);
    private static final VarHandle FAILED = word("failed", boolean.class);
    private static final VarHandle ROW = word("row", int.class);
    private static final VarHandle ASKED = word("asked", long.class);

    private static final int ENOUGH = 3;
    private static final int HAS_ASKED = Integer.MIN_VALUE;
    private static final long AT_MOST_EACH = 500_000_000L;

    private final Runnable suspicion;
    private int good;
    private boolean failed;
    private int row;
    private long asked;

    /** @param suspicion told once of three failed calls in a row, on the thread of the third or a later one */
    CallTrace(Runnable suspicion, long now) {
        this.suspicion = suspicion;
        this.asked = now - AT_MOST_EACH;
    }

    @Override
    public void onEnd(long startNanos, long answeredNanos, long nowNanos, Outcome outcome) {
        switch (outcome) {
            case SUCCESS -> succeeded();
            case FAILURE, TIMEOUT -> failedAt(nowNanos);
            case REJECTED -> FAILED.setOpaque(this, true); // alive, but not so well that asking would be a waste
            case CANCELLED -> {}
        }
    }

    private void succeeded() {
        if ((int) ROW.getOpaque(this) != 0) ROW.setOpaque(this, 0);
        int before = (int) GOOD.getOpaque(this);
        if (before < ENOUGH) GOOD.setOpaque(this, before + 1);
    }

    private void failedAt(long now) {
        FAILED.setOpaque(this, true);
        if ((int) ROW.getAndAdd(this, 1) + 1 < ENOUGH) return;
        long last = (long) ASKED.getOpaque(this);
        if (now - last < AT_MOST_EACH || !ASKED.compareAndSet(this, last, now)) return;
        ROW.setOpaque(this, HAS_ASKED);
        suspicion.run();
    }

    /** Whether calls since the last tick make a probe needless; begins the next stretch. */
    boolean wellSinceLastTick() {
        boolean well = (int) GOOD.getOpaque(this) >= ENOUGH && !(boolean) FAILED.getOpaque(this);
        GOOD.setOpaque(this, 0);
        FAILED.setOpaque(this, false);
        return well;
    }

    private static VarHandle word(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(CallTrace.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
