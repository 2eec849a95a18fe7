package org.lb4j.health;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** How a checker or detector ends: once, within a second, whoever closes it and whatever its listeners do. */
final class Closing {
    private static final long AT_MOST_MILLIS = 800;

    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);

    boolean begun() {
        return begun.get();
    }

    /** True for the first who asks. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    /** Stops it in its mailbox: here and now, or, while a listener keeps that busy, as soon as it lets go. */
    void stop(Mailbox mailbox, Runnable stop, Surroundings around) {
        Runnable last = () -> {
            mailbox.close();
            try {
                stop.run();
            } finally {
                done.countDown();
            }
        };
        boolean inside = mailbox.inside();
        if (inside) last.run();
        else mailbox.run(last);
        boolean stopped = false;
        try {
            stopped = done.await(AT_MOST_MILLIS, TimeUnit.MILLISECONDS);
            if (!stopped) around.log().warn("a listener delays closing");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        around.close(inside, stopped);
    }
}
