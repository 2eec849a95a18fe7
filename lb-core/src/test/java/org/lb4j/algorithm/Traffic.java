package org.lb4j.algorithm;

import java.time.Duration;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.lb4j.Lease;
import org.lb4j.Outcome;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.testing.ManualTicker;

/**
 * Calls in virtual time: each is acquired, takes as long as its server says, and ends; the clock jumps from one event to the
 * next. What is still in flight at the end of one phase goes on in the next.
 */
final class Traffic {
    private final ServerPool pool;
    private final ManualTicker ticker;
    private final PriorityQueue<Running> running = new PriorityQueue<>();
    private Behaviour behaviour;
    private long started;

    /** How a server answers. */
    interface Behaviour {
        Reply call(Server server, long now);

        /** Always well, after a time. */
        static Behaviour latency(Function<Server, Duration> latency) {
            return (server, now) -> Reply.good(latency.apply(server));
        }
    }

    record Reply(long nanos, Outcome outcome) {
        static Reply good(Duration latency) {
            return new Reply(latency.toNanos(), Outcome.SUCCESS);
        }

        static Reply bad(Duration latency) {
            return new Reply(latency.toNanos(), Outcome.FAILURE);
        }
    }

    /** What happened to the calls that began in one stretch of time. */
    static final class Phase {
        final Picks picks;
        private long[] nanos = new long[1000];
        private int ended;
        private int bad;

        Phase(ServerPool pool) {
            picks = new Picks(pool);
        }

        double share(String id) {
            return picks.share(id);
        }

        /** Of the calls that have ended. */
        double errorShare() {
            return (double) bad / ended;
        }

        /** Of the calls that have ended. */
        double meanNanos() {
            return LongStream.of(nanos).limit(ended).average().orElse(0);
        }

        /** The latency that a part of the calls did not exceed. */
        double nanos(double part) {
            long[] sorted = Arrays.copyOf(nanos, ended);
            Arrays.sort(sorted);
            return sorted[(int) (part * ended)];
        }

        private void ended(long latency, boolean well) {
            if (ended == nanos.length) nanos = Arrays.copyOf(nanos, 2 * ended);
            nanos[ended++] = latency;
            if (!well) bad++;
        }
    }

    private record Running(long start, long end, long number, Lease lease, Outcome outcome, Phase phase)
            implements Comparable<Running> {
        @Override
        public int compareTo(Running other) {
            return end != other.end ? Long.compare(end, other.end) : Long.compare(number, other.number);
        }
    }

    Traffic(ServerPool pool, ManualTicker ticker, Behaviour behaviour) {
        this.pool = pool;
        this.ticker = ticker;
        this.behaviour = behaviour;
    }

    /** Calls that begin from now on are answered so. */
    void behave(Behaviour other) {
        behaviour = other;
    }

    /** Always so many in flight: one ends, one begins. */
    Phase closed(Selector selector, int inFlight, int calls) {
        Phase phase = new Phase(pool);
        for (int i = 0; i < calls; i++) {
            while (running.size() >= inFlight) endNext();
            begin(selector, phase);
        }
        return phase;
    }

    /** One begins after each gap, however many are in flight. */
    Phase open(Supplier<Selector> client, LongSupplier gap, int calls) {
        Phase phase = new Phase(pool);
        long arrival = ticker.nanos();
        for (int i = 0; i < calls; i++) {
            arrival += gap.getAsLong();
            endAllBy(arrival);
            ticker.set(arrival);
            begin(client.get(), phase);
        }
        return phase;
    }

    Phase open(Selector selector, Duration gap, int calls) {
        return open(() -> selector, gap::toNanos, calls);
    }

    private void endAllBy(long time) {
        while (!running.isEmpty() && running.peek().end <= time) endNext();
    }

    void endAll() {
        endAllBy(Long.MAX_VALUE);
    }

    private void begin(Selector selector, Phase phase) {
        long now = ticker.nanos();
        Lease lease = selector.acquire();
        Reply reply = behaviour.call(lease.server(), now);
        phase.picks.count(lease.server());
        running.add(new Running(now, now + reply.nanos, started++, lease, reply.outcome, phase));
    }

    private void endNext() {
        Running next = running.remove();
        ticker.set(next.end);
        next.lease.end(next.outcome);
        next.phase.ended(next.end - next.start, next.outcome == Outcome.SUCCESS);
    }
}
