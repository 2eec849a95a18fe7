package org.lb4j.testing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** Runs what it was given when it is told to, on the thread that tells it. */
public final class ManualExecutor implements Executor {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /** An executor with nothing to do. */
    public ManualExecutor() {}

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }

    /**
     * How much waits.
     *
     * @return the number of tasks
     */
    public int waiting() {
        return waiting.size();
    }

    /**
     * Runs all that waits, and what that adds.
     *
     * @return how many tasks were run
     */
    public int runAll() {
        int run = 0;
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll(), run++) task.run();
        return run;
    }
}
