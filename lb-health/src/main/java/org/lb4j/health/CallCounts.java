package org.lb4j.health;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * The calls of one server and how many failed, in a window of ten sweeps. Calls only add and nothing is ever set back: a
 * sweep takes a snapshot, and the window is a difference. So no call needs a clock, turns a bucket, or is lost.
 */
@SuppressWarnings("UnusedVariable") // the fields behind the handles
final class CallCounts {
    /* field            | read   | write     | why that is enough
     * calls ... (three) | sum    | increment | striped; each is exact, together they are off by calls that end right now
     * oldCalls, oldBad  | opaque | opaque    | written by the sweep alone; a call that judges itself may read the last ones
     * snapshots         | plain  | plain     | the sweep's own
     */
    private static final VarHandle OLD_CALLS = word("oldCalls");
    private static final VarHandle OLD_FAILURES = word("oldFailures");
    private static final int WINDOW = 10;
    private static final int PLACES = WINDOW + 1;

    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder rejections = new LongAdder();
    private final long[] snapshots = new long[3 * PLACES]; // three each, side by side
    private int next;
    private long oldCalls;
    private long oldFailures;
    private long oldRejections;

    void call() {
        calls.increment();
    }

    void failure() {
        failures.increment();
    }

    void rejection() {
        rejections.increment();
    }

    /** Calls in the window; off by those that end just now, so perhaps below 0 in a new one. From any thread. */
    long calls() {
        return calls.sum() - (long) OLD_CALLS.getOpaque(this);
    }

    /** Failures in the window, 0 or more; counted apart, so perhaps more than its calls. From any thread. */
    long failures() {
        return Math.max(0, failures.sum() - (long) OLD_FAILURES.getOpaque(this));
    }

    /** Calls that the server did not take. From the sweep's thread. */
    long rejections() {
        return rejections.sum() - oldRejections;
    }

    /** A second is over: the window moves on. */
    void sweep() {
        snapshots[next] = calls.sum();
        snapshots[next + 1] = failures.sum();
        snapshots[next + 2] = rejections.sum();
        next = (next + 3) % snapshots.length; // now the oldest
        begin(snapshots[next], snapshots[next + 1], snapshots[next + 2]);
    }

    /** What was before counts no more. */
    void restart() {
        begin(calls.sum(), failures.sum(), rejections.sum());
        for (int i = 0; i < snapshots.length; i += 3) {
            snapshots[i] = (long) OLD_CALLS.getOpaque(this);
            snapshots[i + 1] = (long) OLD_FAILURES.getOpaque(this);
            snapshots[i + 2] = oldRejections;
        }
    }

    private void begin(long calls, long failures, long rejections) {
        OLD_CALLS.setOpaque(this, calls);
        OLD_FAILURES.setOpaque(this, failures);
        oldRejections = rejections;
    }

    private static VarHandle word(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(CallCounts.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
