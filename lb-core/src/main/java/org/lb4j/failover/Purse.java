package org.lb4j.failover;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a {@link Budget}. A call adds to a striped counter and does no more; only a repeat settles the account.
 *
 * <p>All numbers are thousandths of a token and change together, by one CAS, so from the first call on, in any mix of
 * threads, the paid repeats of T seconds are at most ratio x calls + floor x (floor(T) + 1).
 */
final class Purse {
    private static final long TOKEN = 1000;
    private static final long SECOND = 1_000_000_000L;

    private final LongAdder calls;
    private final long perCall;
    private final long perSecond;
    private final long most;
    private final boolean bottomless;
    private final AtomicReference<Account> account = new AtomicReference<>(Account.NEW);

    /**
     * @param calls counts the calls that earn; shared, since retries and hedges have a purse each
     */
    Purse(Budget budget, LongAdder calls) {
        this.calls = calls;
        this.perCall = Math.round(budget.ratio() * TOKEN);
        this.perSecond = Math.round(budget.floor() * TOKEN);
        this.most = Math.round(budget.burst() * TOKEN);
        this.bottomless = budget.isUnlimited();
    }

    /** False: nothing left, and nothing taken. */
    boolean take(long now) {
        while (!bottomless) {
            Account before = Objects.requireNonNull(account.get());
            // After the account: so the count, which only grows, is never below what the account has seen.
            Account settled = before.settled(Math.max(before.seen, calls.sum()), now, this);
            Account after = settled.less();
            if (account.compareAndSet(before, after == null ? settled : after)) return after != null;
        }
        return true;
    }

    private record Account(long balance, long seen, long allowance, long granted, boolean opened) {
        static final Account NEW = new Account(0, 0, 0, 0, false);

        Account settled(long calls, long now, Purse terms) {
            long earned = Math.min(terms.most, balance + terms.perCall * (calls - seen));
            boolean due = !opened || now - granted >= SECOND;
            return due
                    ? new Account(earned, calls, terms.perSecond, now, true)
                    : new Account(earned, calls, allowance, granted, true);
        }

        /** Null: too little is left. */
        @Nullable
        Account less() {
            if (allowance >= TOKEN) return new Account(balance, seen, allowance - TOKEN, granted, true);
            if (balance >= TOKEN) return new Account(balance - TOKEN, seen, allowance, granted, true);
            return null;
        }
    }
}
