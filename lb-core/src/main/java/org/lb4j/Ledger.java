package org.lb4j;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one pool share: clock, dice, which signals are asked for, the total in flight. Reached from each
 * member, so that a lease needs no pool.
 */
@SuppressWarnings("UnusedVariable") // the fields behind the handles
final class Ledger {
    private static final VarHandle SIGNALS;
    private static final VarHandle TOTAL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SIGNALS = lookup.findVarHandle(Ledger.class, "signals", int.class);
            TOTAL = lookup.findVarHandle(Ledger.class, "total", LongAdder.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Ticker ticker;
    private final Chance chance;
    private final Decay decay;
    private final Listeners listeners;
    private final Observers observers = new Observers(this);
    private final LongAdder faults = new LongAdder();
    private int signals;
    private @Nullable LongAdder total;
    private final AtomicBoolean unsaid = new AtomicBoolean();

    Ledger(Ticker ticker, Chance chance, Decay decay) {
        this.ticker = ticker;
        this.chance = chance;
        this.decay = decay;
        this.listeners = new Listeners(this);
    }

    long now() {
        return ticker.nanos();
    }

    Ticker ticker() {
        return ticker;
    }

    Chance chance() {
        return chance;
    }

    Decay decay() {
        return decay;
    }

    Listeners listeners() {
        return listeners;
    }

    Observers observers() {
        return observers;
    }

    int signals() {
        return (int) SIGNALS.getOpaque(this);
    }

    /** From now on; for good, since selectors come and go and a word that is not written misleads. */
    void measure(Signal signal) {
        if (!signal.in(signals())) SIGNALS.getAndBitwiseOr(this, signal.bit());
    }

    /** The striped total of calls in flight; null until somebody has asked for it, so that others do not pay. */
    @Nullable
    LongAdder total() {
        return (LongAdder) TOTAL.getAcquire(this);
    }

    LongAdder countFromNow() {
        LongAdder known = total();
        if (known != null) return known;
        TOTAL.compareAndSet(this, null, new LongAdder());
        return java.util.Objects.requireNonNull(total());
    }

    /** True: the call is in the total, and its end must take it out. */
    boolean count() {
        LongAdder striped = total();
        if (striped == null) return false;
        striped.increment();
        return true;
    }

    void uncount() {
        LongAdder striped = total();
        if (striped != null) striped.decrement();
    }

    /** User code threw where that must not stop anybody. */
    void fault() {
        faults.increment();
    }

    long faults() {
        return faults.sum();
    }

    /** A lease was closed without a verdict; the first one of a pool is told. */
    void unsaid(Member member) {
        member.mishaps().unsaid();
        if (unsaid.get() || unsaid.getAndSet(true)) return;
        listeners.tell(
                PoolEvent.Kind.UNSAID,
                member.server(),
                "a lease was closed without success(), failure() or end(..): counted as FAILURE");
    }
}
