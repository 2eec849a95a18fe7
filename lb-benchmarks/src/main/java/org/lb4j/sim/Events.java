package org.lb4j.sim;

import java.util.Arrays;
import org.lb4j.Ticker;

/**
 * Virtual time: what is due happens in order of time, and what is due at one instant in the order it was planned. The
 * clock that the selectors read is this one.
 */
final class Events implements Ticker {
    private long[] times = new long[1024];
    private long[] orders = new long[1024];
    private Runnable[] acts = new Runnable[1024];
    private int size;
    private long planned;
    private long now;

    @Override
    public long nanos() {
        return now;
    }

    void at(long time, Runnable act) {
        if (size == times.length) grow();
        int hole = size++;
        long order = planned++;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (time >= times[parent]) break;
            move(parent, hole);
            hole = parent;
        }
        put(hole, time, order, act);
    }

    /** Runs until nothing is left to happen. */
    void run() {
        while (size > 0) {
            now = times[0];
            Runnable act = acts[0];
            removeFirst();
            act.run();
        }
    }

    private void removeFirst() {
        int last = --size;
        long time = times[last];
        long order = orders[last];
        Runnable act = acts[last];
        int hole = 0;
        int child = 1;
        while (child < last) {
            if (child + 1 < last && before(times[child + 1], orders[child + 1], child)) child++;
            if (before(time, order, child)) break;
            move(child, hole);
            hole = child;
            child = 2 * hole + 1;
        }
        put(hole, time, order, act);
    }

    private boolean before(long time, long order, int other) {
        return time < times[other] || time == times[other] && order < orders[other];
    }

    private void move(int from, int to) {
        put(to, times[from], orders[from], acts[from]);
    }

    private void put(int at, long time, long order, Runnable act) {
        times[at] = time;
        orders[at] = order;
        acts[at] = act;
    }

    private void grow() {
        times = Arrays.copyOf(times, 2 * size);
        orders = Arrays.copyOf(orders, 2 * size);
        acts = Arrays.copyOf(acts, 2 * size);
    }
}
