package org.lb4j.algorithm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.lb4j.Roster;

/**
 * A place in a cycle that many threads move on: one cell while no two meet, a cell a thread once they do. Lives on from
 * picker to picker, so a new list restarts nobody at its first server.
 *
 * <p>A cell holds a position and not a count: no division at a pick, and nothing that could overflow. Each cell alone visits
 * the cycle strictly in order, from a start of its own, so any window of picks is off by at most one a cell in use. Lock-free:
 * a failed CAS means that another thread moved on.
 */
@SuppressWarnings("UnusedVariable") // the fields behind the handles
final class Cursor extends Padding {
    /* field | read    | write | why that is enough
     * only  | opaque  | CAS   | each cell stands for itself
     * cells | acquire | CAS   | made once; each of its cells as above
     */
    private static final VarHandle ONLY;
    private static final VarHandle CELLS;
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PAD = 16; // longs: two cache lines, as neighbours are fetched in pairs
    private static final int MOST_CELLS = 64;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ONLY = lookup.findVarHandle(Cursor.class, "only", long.class);
            CELLS = lookup.findVarHandle(Cursor.class, "cells", long[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long chance; // and not the roster, which would keep the servers of its day
    /** The only cell, until two threads have met. */
    private long only;
    /** Null until then. */
    private long @Nullable [] cells;

    /** Starts anywhere: many clients that start together would else all begin at the first server. */
    Cursor(Roster dice) {
        this(dice, dice.draw() >>> 1);
    }

    Cursor(Roster dice, long start) {
        this.chance = dice.draw();
        this.only = start;
    }

    /** Moves on by a stride in [1, length], around a cycle of that length; the position it leaves. */
    long next(long stride, long length) {
        long[] striped = (long[]) CELLS.getAcquire(this);
        if (striped == null) {
            long at = (long) ONLY.getOpaque(this);
            long here = at < length ? at : at % length;
            if (ONLY.compareAndSet(this, at, after(here, stride, length))) return here;
            striped = split();
        }
        return nextOf(striped, stride, length);
    }

    private static long nextOf(long[] striped, long stride, long length) {
        int mask = striped.length / PAD - 2; // the first PAD longs are a guard
        int index = threadNumber() & mask;
        while (true) {
            int slot = (index + 1) * PAD;
            long at = (long) CELL.getOpaque(striped, slot);
            long here = at < length ? at : at % length;
            if (CELL.compareAndSet(striped, slot, at, after(here, stride, length))) return here;
            index = (index + 1) & mask;
        }
    }

    private static long after(long here, long stride, long length) {
        long next = here + stride;
        return next >= length ? next - length : next;
    }

    /** All that a thread, a virtual one too, has of its own at no cost; threads made together have numbers in a row. */
    @SuppressWarnings("deprecation") // threadId() came with 19
    private static int threadNumber() {
        return (int) Thread.currentThread().getId();
    }

    private long[] split() {
        int cores = Math.min(MOST_CELLS, Runtime.getRuntime().availableProcessors());
        int count = Integer.highestOneBit(cores * 2 - 1); // the next power of two
        long[] made = new long[(count + 1) * PAD];
        long bits = chance;
        for (int i = 0; i < count; i++) {
            bits = Range.more(bits);
            made[(i + 1) * PAD] = bits >>> 1;
        }
        made[PAD] = (long) ONLY.getOpaque(this);
        return CELLS.compareAndSet(this, null, made) ? made : (long[]) CELLS.getAcquire(this);
    }
}
