package org.lb4j;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One way to look at a pool: some of its servers, with panic, tiers and shapers of its own. The pool itself is the view of
 * all. Shapes at change time, and when time alone has changed a weight.
 */
final class View {
    /** How long a roster that could not be shaped again is left alone. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final PoolCore pool;
    private final @Nullable Predicate<Server> subset;
    private final PanicRule rule;
    private final List<Shaper> shapers;
    private final PoolTotals totals;
    private final Published<Shaped> shaped;
    private final CasList<WeakReference<PoolSelector>> selectors = new CasList<>();
    private final AtomicBoolean panicTold = new AtomicBoolean();
    private volatile boolean ended;

    View(PoolCore pool, @Nullable Predicate<Server> subset, PanicRule rule, List<Shaper> shapers) {
        this.pool = pool;
        this.subset = subset;
        this.rule = rule;
        this.shapers = shapers;
        this.totals = new PoolTotals(pool.ledger(), () -> pool.state().membership());
        this.shaped = new Published<>(shape(pool.state(), 0, false));
    }

    PoolCore pool() {
        return pool;
    }

    Shaped shaped() {
        return shaped.get();
    }

    /** Of a view by its members as they were shaped last: asked for at each call of a guard, it makes no list of them. */
    int inFlight() {
        return subset == null ? totals.exact() : shaped().members().inFlight();
    }

    /** A view of some of these. */
    View where(Predicate<Server> part) {
        return begin(new View(pool, subset == null ? part : subset.and(part), rule, shapers));
    }

    /** Makes a new view known to its pool. */
    static View begin(View view) {
        view.pool.add(view);
        view.publish(); // the pool may have changed before it knew of this view
        view.tellPanic();
        return view;
    }

    /** Kept weakly: whoever made it keeps it. */
    void add(PoolSelector selector) {
        selectors.removeIf(each -> each.get() == null);
        selectors.add(new WeakReference<>(selector));
    }

    /** Ends this view alone: its selectors refuse from now on. */
    void end() {
        ended = true;
        pool.remove(this);
        installAll();
    }

    boolean ended() {
        return ended || shaped().state().closed();
    }

    IllegalStateException endedView() {
        return ended
                ? new IllegalStateException("this view of pool \"" + pool.name() + "\" is closed")
                : pool.closedPool();
    }

    /** Brings the pool's state, or a newer one, into every selector before it returns. */
    void publish() {
        if (ended) return;
        Shaped before;
        Shaped after;
        do {
            before = shaped();
            PoolState state = pool.state();
            after = before.state().version() < state.version() ? reshape(before, state) : before;
        } while (after != before && !shaped.replace(before, after));
        installAll();
    }

    /** Time alone has changed a weight: shape again, on the pool's executor, once. */
    void step(Shaped due) {
        if (!due.claimStep()) return;
        try {
            pool.executor().execute(() -> stepNow(due));
        } catch (RejectedExecutionException full) {
            stepNow(due);
        }
    }

    /** The same at once, on this thread. */
    void stepNow(Shaped due) {
        if (ended) return;
        if (!shaped.replace(due, reshape(due, pool.state())))
            return; // a change came between, and shaped with today's time
        installAll();
        tellPanic();
    }

    private void installAll() {
        for (WeakReference<PoolSelector> each : selectors.now()) {
            PoolSelector selector = each.get();
            if (selector != null) selector.install();
        }
    }

    /** What threw leaves the roster as it was, and is tried again at the next change, or after a while. */
    private Shaped reshape(Shaped before, PoolState state) {
        if (state.closed()) return before.staleAt(state, before.roster());
        try {
            return shape(state, before.sequence() + 1, before.panic());
        } catch (Throwable thrown) {
            fault("shaping", thrown);
            Roster roster = before.roster();
            return before.staleAt(
                    state, roster.ends() ? roster.retryAt(pool.ledger().now() + RETRY_NANOS) : roster);
        }
    }

    private Shaped shape(PoolState state, long sequence, boolean panicBefore) {
        Membership members =
                subset == null ? state.membership() : state.membership().where(subset);
        Standing[] standings = members.standings();
        // Whoever wrote the state may not have come to it yet, and algorithms ask the members.
        for (Standing each : standings) each.member().stand(each);
        Tiers tiers = Tiers.of(standings, rule, panicBefore);
        long now = pool.ledger().now();
        long start = state.startOr(now);
        Roster roster = shape(new Roster(totals, standings, tiers.weights(), start, now));
        Roster withTrials = null;
        if (anyTried(standings)) {
            double[] weights = tiers.withTrials(standings, rule).weights();
            withTrials = shape(new Roster(totals, standings, weights, start, now));
        }
        return new Shaped(sequence, state, members, tiers, roster, withTrials);
    }

    private Roster shape(Roster roster) {
        Roster shaped = roster;
        for (Shaper shaper : shapers) {
            Roster next = shaper.shape(shaped);
            if (next == null) throw new IllegalStateException("shaper " + shaper + " returned null");
            // One that would leave nobody is not obeyed, but may know when to ask it again.
            if (!next.isEmpty() || shaped.isEmpty()) shaped = next;
            else if (next.ends()) shaped = shaped.until(next.end());
        }
        return shaped.withoutCrumbs();
    }

    private static boolean anyTried(Standing[] standings) {
        for (Standing each : standings) if (each.tried()) return true;
        return false;
    }

    void fault(String where, Throwable thrown) {
        pool.ledger().fault();
        pool.ledger().listeners().tell(PoolEvent.Kind.FAULT, null, where + " threw " + thrown);
    }

    /** Tells if panic is on, or over, since this was last told; and again if it has changed before that was said. */
    void tellPanic() {
        boolean on = shaped().panic();
        while (!ended && panicTold.compareAndSet(!on, on)) {
            String where = subset == null ? "" : "in a view: ";
            String evidence = on
                    ? "less than " + rule.threshold()
                            + " of the weight is eligible: servers that fail checks or were ejected are used again"
                    : "enough servers are well again";
            pool.ledger()
                    .listeners()
                    .tell(on ? PoolEvent.Kind.PANIC : PoolEvent.Kind.PANIC_OVER, null, where + evidence);
            on = shaped().panic();
        }
    }

    /** The view's part of a membership that may be newer than what could be shaped. */
    Membership members() {
        Membership all = pool.state().membership();
        return subset == null ? all : all.where(subset);
    }

    /** One of this view's members; null: there is none. */
    @Nullable
    Standing find(String serverId) {
        Standing standing = pool.state().membership().find(serverId);
        return standing == null || subset == null || subset.test(standing.server()) ? standing : null;
    }
}
