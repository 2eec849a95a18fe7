package org.lb4j.source;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The thread of a polled source: asks, waits, asks again, until it is closed. */
final class Poller implements Runnable {
    private final Poll poll;
    private final Thread thread;
    private final AtomicBoolean hurried = new AtomicBoolean();
    private volatile boolean closed;

    Poller(String name, Poll poll) {
        this.poll = poll;
        this.thread = new Thread(this, "lb4j " + name);
        thread.setDaemon(true); // a source keeps no JVM alive
    }

    void begin() {
        thread.start();
    }

    void hurry() {
        hurried.set(true);
        LockSupport.unpark(thread);
    }

    /** A lookup that blocks is interrupted; what it brings yet reaches a pool that is closed, and is dropped there. */
    void close() {
        closed = true;
        thread.interrupt();
    }

    @Override
    public void run() {
        while (!closed) rest(poll.ask());
    }

    private void rest(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !closed && !hurried.getAndSet(false); left = until - System.nanoTime())
            LockSupport.parkNanos(this, left);
    }
}
