package org.lb4j;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Arrays;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds leases that were lost without being ended: the user holds a handle, and when the collector has taken that, the
 * call beside it is ended as CANCELLED and told once. No thread: whoever acquires or publishes looks into the queue.
 */
final class LeakWatch {
    /** One lease in so many remembers who acquired it: a stack trace costs as much as a thousand picks. */
    private static final int REMEMBERED = 128;

    private static final int FRAMES = 12;

    private final ReferenceQueue<Handed> lost = new ReferenceQueue<>();
    private final ConcurrentSkipListMap<Long, Watched> watched = new ConcurrentSkipListMap<>(); // lock-free
    private final AtomicLong leases = new AtomicLong();

    Lease watch(OpenLease lease, Ledger ledger) {
        poll(ledger);
        long number = leases.getAndIncrement();
        Handed handed = new Handed(lease, this, number);
        watched.put(number, new Watched(handed, lost, lease, number));
        return handed;
    }

    void poll(Ledger ledger) {
        for (Reference<?> each = lost.poll(); each != null; each = lost.poll()) {
            Watched leak = (Watched) each;
            watched.remove(leak.number);
            if (!leak.lease.finish(Outcome.CANCELLED)) continue;
            leak.lease.member().mishaps().leaked();
            ledger.listeners().tell(PoolEvent.Kind.LEAKED, leak.lease.server(), leak.story());
        }
    }

    /** The call, kept beside its handle. */
    private static final class Watched extends PhantomReference<Handed> {
        private final OpenLease lease;
        private final long number;
        private final @Nullable Throwable place;

        Watched(Handed handed, ReferenceQueue<Handed> queue, OpenLease lease, long number) {
            super(handed, queue);
            this.lease = lease;
            this.number = number;
            this.place = number % REMEMBERED == 0 ? new Throwable() : null;
        }

        String story() {
            String what = "a lease was lost without being ended";
            if (place == null) return what + " (1 in " + REMEMBERED + " remembers where it was acquired)";
            StackTraceElement[] frames = place.getStackTrace();
            String self = LeakWatch.class.getPackageName() + ".";
            String where = Arrays.stream(frames)
                    .filter(each -> !isOurs(each, self))
                    .limit(FRAMES)
                    .map(each -> "\n\tat " + each)
                    .reduce("", String::concat);
            return what + ", acquired" + where;
        }

        private static boolean isOurs(StackTraceElement frame, String self) {
            String name = frame.getClassName();
            return name.equals(self + "LeakWatch")
                    || name.startsWith(self + "LeakWatch$")
                    || name.equals(self + "PoolSelector")
                    || name.equals(self + "Selector");
        }
    }

    /** What the user holds. The fences keep it alive until its word has been passed on. */
    private static final class Handed implements Lease {
        private final OpenLease lease;
        private final LeakWatch watch;
        private final long number;

        Handed(OpenLease lease, LeakWatch watch, long number) {
            this.lease = lease;
            this.watch = watch;
            this.number = number;
        }

        @Override
        public Server server() {
            return lease.server();
        }

        @Override
        public void end(Outcome outcome) {
            try {
                lease.end(outcome);
                watch.watched.remove(number);
            } finally {
                Reference.reachabilityFence(this);
            }
        }

        @Override
        public void close() {
            try {
                lease.close();
                watch.watched.remove(number);
            } finally {
                Reference.reachabilityFence(this);
            }
        }

        @Override
        public void answered() {
            try {
                lease.answered();
            } finally {
                Reference.reachabilityFence(this);
            }
        }

        @Override
        public void report(CharSequence loadReport) {
            try {
                lease.report(loadReport);
            } finally {
                Reference.reachabilityFence(this);
            }
        }

        @Override
        public String toString() {
            return lease.toString();
        }
    }
}
