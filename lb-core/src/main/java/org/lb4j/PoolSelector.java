package org.lb4j;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The selector of one algorithm over one view: holds the picker that was compiled last. */
@SuppressWarnings("UnusedVariable") // the fields behind the handles
final class PoolSelector implements Selector {
    /* field    | read    | write              | why that is enough
     * compiled | acquire | CAS, if newer      | immutable; sequences only grow, so a late writer can not undo a newer one
     */
    private static final VarHandle COMPILED;

    static {
        try {
            COMPILED = MethodHandles.lookup().findVarHandle(PoolSelector.class, "compiled", Compiled.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final View view;
    private final Algorithm algorithm;
    private final Ledger ledger;
    private final @Nullable LeakWatch leaks;
    private Compiled compiled;

    /** What the algorithm throws at its first roster reaches the user: there is no picker before it to go on with. */
    PoolSelector(View view, Algorithm algorithm) {
        this.view = view;
        this.algorithm = algorithm;
        this.ledger = view.pool().ledger();
        this.leaks = view.pool().leaks();
        this.compiled = Compiled.of(view.shaped(), algorithm, null);
    }

    /** Takes the view's roster as it is now, or a newer one; not if it is in already. */
    void install() {
        while (true) {
            Compiled before = compiled();
            Shaped shaped = view.shaped();
            if (before.over() || !view.ended() && before.sequence() >= shaped.sequence()) return;
            if (COMPILED.compareAndSet(this, before, compile(shaped, before))) return;
        }
    }

    private Compiled compile(Shaped shaped, Compiled before) {
        if (view.ended()) return Compiled.ended(shaped, view.endedView());
        try {
            return Compiled.of(shaped, algorithm, before);
        } catch (Throwable thrown) {
            view.fault(String.valueOf(algorithm), thrown);
            return before.keptFor(shaped);
        }
    }

    private Compiled compiled() {
        return (Compiled) COMPILED.getAcquire(this); // pairs with the CAS in install
    }

    @Override
    public Server next(SelectionContext context) {
        Compiled current = compiled();
        long now = 0;
        if (current.clocked()) {
            now = ledger.now();
            if (current.due(now)) current = stepped(current);
        }
        return current.pick(context, now).server();
    }

    @Override
    public Lease acquire(SelectionContext context) {
        Compiled current = compiled();
        long now = ledger.now();
        if (current.due(now)) current = stepped(current);
        TrialPermit.Taken permit = current.anyTrial() ? current.takePermit(context, now) : null;
        Member member = permit != null ? permit.member() : current.pick(context, now);
        member.begin(now);
        OpenLease lease = new OpenLease(member, now, ledger.count(), permit);
        return leaks == null ? lease : leaks.watch(lease, ledger);
    }

    private Compiled stepped(Compiled due) {
        view.step(due.shaped());
        return compiled();
    }

    @Override
    public String toString() {
        return "selector " + algorithm + " of pool " + view.pool().name();
    }
}
