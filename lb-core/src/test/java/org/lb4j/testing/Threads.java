package org.lb4j.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Several threads at once, which begin together, and whose failures are the test's.
 *
 * <pre>{@code
 * Threads.run(8, thread -> {
 *     for (int i = 0; i < 1000; i++) selector.acquire().success();
 * });
 * }</pre>
 */
public final class Threads {
    private Threads() {}

    /** What one thread does. */
    @FunctionalInterface
    public interface Body {
        /**
         * Runs.
         *
         * @param thread from 0
         * @throws Exception the test fails by it
         */
        void run(int thread) throws Exception;
    }

    /**
     * Runs a body on each of several threads and waits for all.
     *
     * @param threads how many
     * @param body what each does
     * @throws Exception what the first of them threw that threw
     */
    public static void run(int threads, Body body) throws Exception {
        CountDownLatch ready = new CountDownLatch(threads);
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            tasks.add(new FutureTask<>(() -> {
                ready.countDown();
                ready.await();
                body.run(number);
                return null;
            }));
        }
        for (FutureTask<Void> task : tasks) new Thread(task, "test-" + tasks.indexOf(task)).start();
        await(tasks);
    }

    private static void await(List<FutureTask<Void>> tasks) throws Exception {
        Throwable first = null;
        for (FutureTask<Void> task : tasks) {
            try {
                task.get();
            } catch (ExecutionException thrown) {
                if (first == null) first = thrown.getCause();
                else first.addSuppressed(thrown.getCause());
            }
        }
        if (first instanceof Error error) throw error;
        if (first instanceof Exception exception) throw exception;
    }
}
