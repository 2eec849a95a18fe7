package org.lb4j.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;

/**
 * How many bytes a call allocates once it is compiled.
 *
 * <pre>{@code
 * assertThat(Allocations.perCall(i -> selector.next())).isZero();
 * }</pre>
 */
public final class Allocations {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 10_000;
    private static final int ROUNDS = 40;

    private Allocations() {}

    /**
     * Calls it often enough to be compiled, and measures. Of several rounds the least counts: what the JVM does beside the
     * call (compiling, profiling) can only add.
     *
     * @param call is given the number of the call, from 0 in each round
     * @return bytes a call
     */
    public static double perCall(IntConsumer call) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) least = Math.min(least, round(call));
        return (double) least / CALLS;
    }

    private static long round(IntConsumer call) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) call.accept(i);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
