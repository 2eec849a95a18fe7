package org.lb4j;

import java.lang.ref.WeakReference;
import java.util.function.BooleanSupplier;

/** The collector, asked until it has done its work; bounded, and without waiting. */
final class Garbage {
    private static final int ROUNDS = 200;

    private Garbage() {}

    /** Collects what was not reachable when this was called. */
    static void collect() {
        WeakReference<Object> canary = new WeakReference<>(new Object());
        collectUntil(() -> canary.get() == null);
    }

    static void collectUntil(BooleanSupplier done) {
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            if (done.getAsBoolean()) return;
        }
        throw new AssertionError("not collected by " + ROUNDS + " rounds");
    }
}
