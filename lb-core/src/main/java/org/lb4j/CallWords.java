package org.lb4j;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/** What calls write about their member, each word alone: the live part of {@link Member}. */
@SuppressWarnings("UnusedVariable") // the fields behind the handles
abstract class CallWords extends Padding {
    /* field     | read   | write     | why that is enough
     * waiting   | opaque | getAndAdd | a stale count costs one unlucky pick; what is added is taken away exactly, once
     * streaming | opaque | getAndAdd | as above; raised before waiting falls, so a call is never out of both
     * peak      | opaque | CAS twice | a sample that loses two races is dropped: there are others of the same moment
     * mean      | opaque | CAS twice | as above
     * recent    | opaque | CAS twice | as above
     * failures  | opaque | CAS       | a failure is not dropped: it may be the only one
     */
    private static final VarHandle WAITING = word("waiting");
    private static final VarHandle STREAMING = word("streaming");
    private static final VarHandle PEAK = word("peak");
    private static final VarHandle MEAN = word("mean");
    private static final VarHandle RECENT = word("recent");
    private static final VarHandle FAILURES = word("failures");

    /** Below this a failure is forgotten, so that servers are equal again and idle again. */
    private static final double NO_FAILURE = 1.0 / 64;

    private static final Decay FAILURE_DECAY = Decay.over(Duration.ofSeconds(10));
    private static final Decay RECENT_GAIN = Decay.over(Duration.ofSeconds(1));
    /** Samples within one tick of the stamp would otherwise count nothing. */
    private static final double LEAST_GAIN = 0.1;

    private long waiting;
    private long streaming;
    private long peak;
    private long mean;
    private long recent;
    private long failures;

    final void begin(long now) {
        WAITING.getAndAdd(this, WaitingWord.started(now));
    }

    /** The response has begun: the call stays in flight but ages no more. */
    final void answered(long start) {
        STREAMING.getAndAdd(this, 1L);
        WAITING.getAndAdd(this, -WaitingWord.started(start));
    }

    final void endWaiting(long start) {
        WAITING.getAndAdd(this, -WaitingWord.started(start));
    }

    final void endStreaming() {
        STREAMING.getAndAdd(this, -1L);
    }

    /** A good call took that long. */
    final void sample(long nanos, long now, int signals, Decay decay) {
        double r = Math.max(1, nanos);
        if (Signal.PEAK_LATENCY.in(signals)) peakSample(r, now, decay);
        if (Signal.MEAN_LATENCY.in(signals)) meanSample(MEAN, r, now, decay, 0);
        if (Signal.RECENT_LATENCY.in(signals)) meanSample(RECENT, r, now, RECENT_GAIN, LEAST_GAIN);
    }

    private void peakSample(double r, long now, Decay decay) {
        for (int tries = 0; tries < 2; tries++) {
            long old = (long) PEAK.getOpaque(this);
            double next = r;
            if (old != DecayingWord.NOTHING) {
                double left = decay.after(DecayingWord.age(old, now));
                next = Math.max(r, left * DecayingWord.value(old) + (1 - left) * r);
            }
            if (PEAK.compareAndSet(this, old, DecayingWord.of(next, now))) return;
        }
    }

    private void meanSample(VarHandle word, double r, long now, Decay decay, double leastGain) {
        for (int tries = 0; tries < 2; tries++) {
            long old = (long) word.getOpaque(this);
            double next = r;
            if (old != DecayingWord.NOTHING) {
                double gain = Math.max(leastGain, 1 - decay.after(DecayingWord.age(old, now)));
                next = DecayingWord.value(old) + gain * (r - DecayingWord.value(old));
            }
            if (word.compareAndSet(this, old, DecayingWord.of(next, now))) return;
        }
    }

    /** A call failed: one more in the failure word, which multiplies the cost of every load. */
    final void failed(long now) {
        long old;
        do old = (long) FAILURES.getOpaque(this);
        while (!FAILURES.compareAndSet(this, old, DecayingWord.of(left(old, now) + 1, now)));
        keep(PEAK, now);
        keep(MEAN, now);
        keep(RECENT, now);
    }

    /**
     * Who fails is not forgotten: with no good call to renew it an estimate would fade, and the longer a server failed the
     * faster it would look, until that outweighed what failures cost. Written here, so that picks read one word and not two.
     */
    private void keep(VarHandle word, long now) {
        long old = (long) word.getOpaque(this);
        if (old != DecayingWord.NOTHING) word.compareAndSet(this, old, DecayingWord.of(DecayingWord.value(old), now));
    }

    /** Whether a success has anything to make good. */
    final boolean hasFailed() {
        return (long) FAILURES.getOpaque(this) != DecayingWord.NOTHING;
    }

    /** A call went well: half of the failures are forgiven. */
    final void forgive(long now) {
        long old = (long) FAILURES.getOpaque(this);
        if (old == DecayingWord.NOTHING) return;
        double half = left(old, now) / 2;
        FAILURES.compareAndSet(this, old, half < NO_FAILURE ? DecayingWord.NOTHING : DecayingWord.of(half, now));
    }

    private static double left(long word, long now) {
        if (word == DecayingWord.NOTHING) return 0;
        double left = DecayingWord.value(word) * FAILURE_DECAY.after(DecayingWord.age(word, now));
        return left < NO_FAILURE ? 0 : left;
    }

    final int callsInFlight() {
        int calls = WaitingWord.count((long) WAITING.getOpaque(this)) + (int) (long) STREAMING.getOpaque(this);
        return calls < 0 ? 0 : calls;
    }

    final double waitingAge(long now) {
        return WaitingWord.meanAge((long) WAITING.getOpaque(this), now);
    }

    final double failureWord(long now) {
        return left((long) FAILURES.getOpaque(this), now);
    }

    final double peak(long now, Decay decay) {
        return project((long) PEAK.getOpaque(this), now, decay);
    }

    final double mean(long now, Decay decay) {
        return project((long) MEAN.getOpaque(this), now, decay);
    }

    final double recent(long now, Decay forgetting) {
        return project((long) RECENT.getOpaque(this), now, forgetting);
    }

    /** Never below 1 ns, or latency times calls would be 0 for any number of calls after two idle hours. */
    private static double project(long word, long now, Decay decay) {
        if (word == DecayingWord.NOTHING) return Double.NaN;
        double left = DecayingWord.value(word) * decay.after(DecayingWord.age(word, now));
        return left > 1 ? left : 1;
    }

    private static VarHandle word(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(CallWords.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
