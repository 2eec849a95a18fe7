package org.lb4j;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a pool and all its views share: who is in it and how each stands. A change is one CAS of the state; whoever changed
 * it then publishes to every view, and returns only when its version or a newer one is in, so no pick that begins later can
 * see a server that left.
 */
final class PoolCore {
    private final String name;
    private final Ledger ledger;
    private final Executor executor;
    private final @Nullable LeakWatch leaks;
    private final Published<PoolState> state = new Published<>(PoolState.FIRST);
    private final CasList<WeakReference<View>> views = new CasList<>();

    PoolCore(String name, Ledger ledger, Executor executor, boolean detectLeaks) {
        this.name = name;
        this.ledger = ledger;
        this.executor = executor;
        this.leaks = detectLeaks ? new LeakWatch() : null;
    }

    String name() {
        return name;
    }

    Ledger ledger() {
        return ledger;
    }

    Executor executor() {
        return executor;
    }

    @Nullable
    LeakWatch leaks() {
        return leaks;
    }

    PoolState state() {
        return state.get();
    }

    /** Weakly: a view that nobody keeps is forgotten. */
    void add(View view) {
        views.removeIf(each -> each.get() == null);
        views.add(new WeakReference<>(view));
    }

    void remove(View view) {
        views.removeIf(each -> each.get() == view);
    }

    void update(List<Server> servers) {
        commit(draft -> draft.replaceAll(servers, ledger));
    }

    boolean hold(String serverId, Hold reason) {
        boolean[] known = new boolean[1];
        commit(draft -> known[0] = draft.hold(serverId, reason));
        return known[0];
    }

    boolean release(String serverId, Hold reason) {
        boolean[] known = new boolean[1];
        commit(draft -> known[0] = draft.release(serverId, reason));
        return known[0];
    }

    boolean scale(String serverId, String source, double factor) {
        boolean[] known = new boolean[1];
        commit(draft -> known[0] = draft.scale(serverId, source, factor));
        return known[0];
    }

    /** The user's code runs once, whatever the race: what it asked for is written down and asked again. */
    void change(Consumer<Change> edits) {
        RecordedChange recorded = new RecordedChange(new Draft(open(), ledger.now()));
        edits.accept(recorded);
        commit(recorded::replay);
    }

    @Nullable
    TrialPermit trial(String serverId, long permitFor) {
        TrialPermit[] granted = new TrialPermit[1];
        commit(draft -> {
            Standing before = draft.find(serverId);
            granted[0] = null;
            if (before == null || before.trial() != null || !Hold.OUTLIER.in(before.holds())) return;
            granted[0] = new TrialPermit(this, before.member(), permitFor);
            draft.trial(before, granted[0]);
        });
        return granted[0];
    }

    /** No effect if the member has left, or its trial was ended before. */
    void endTrial(Member member, TrialPermit permit) {
        try {
            commit(draft -> {
                Standing before = draft.find(member.server().id());
                if (before != null && before.member() == member && before.trial() == permit) draft.trial(before, null);
            });
        } catch (IllegalStateException closed) {
            if (!state().closed()) throw closed; // else there is nothing left to end
        }
    }

    /** False: it was closed before. */
    boolean close() {
        boolean mine = false;
        PoolState before = state();
        while (!before.closed() && !mine) {
            Draft draft = new Draft(before, ledger.now());
            draft.close();
            mine = state.replace(before, draft.state());
            before = state();
        }
        publish();
        return mine;
    }

    /** A change that finds nothing to do publishes too: what it saw may be another thread's, and not yet in everywhere. */
    private void commit(Consumer<Draft> edits) {
        Draft draft;
        do {
            draft = new Draft(open(), ledger.now());
            edits.accept(draft);
        } while (!draft.isEmpty() && !state.replace(draft.base(), draft.state()));
        for (Standing each : draft.changed()) {
            each.member().stand(each);
            ledger.observers().attach(each.member());
        }
        publish();
        for (PoolEvent event : draft.events()) ledger.listeners().tell(event);
        tellPanic();
        if (leaks != null) leaks.poll(ledger);
    }

    private PoolState open() {
        PoolState now = state();
        if (now.closed()) throw closedPool();
        return now;
    }

    IllegalStateException closedPool() {
        return new IllegalStateException("pool \"" + name + "\" is closed");
    }

    private void publish() {
        for (WeakReference<View> each : views.now()) {
            View view = each.get();
            if (view != null) view.publish();
        }
    }

    /** After all views have published, since a listener may take its time. */
    void tellPanic() {
        for (WeakReference<View> each : views.now()) {
            View view = each.get();
            if (view != null) view.tellPanic();
        }
    }

    /** Attaches a call observer to every member, present and future. */
    Handle onCall(CallObserver.Factory factory) {
        Observers.Registration registration = ledger.observers().register(factory);
        for (Standing each : state().membership().standings())
            ledger.observers().attach(each.member());
        return () -> {
            ledger.observers().remove(registration);
            for (Standing each : state().membership().standings()) each.member().forgetClosedObservers();
        };
    }

    /** Servers as a person gave them: nothing is guessed. */
    static List<Server> checked(Collection<Server> servers) {
        List<Server> list = new ArrayList<>(servers);
        java.util.Set<String> ids = new java.util.HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Server server = list.get(i);
            if (server == null) throw new IllegalArgumentException("server must be given, was null at index " + i);
            if (!ids.add(server.id()))
                throw new IllegalArgumentException("duplicate server id \"" + server.id() + "\"");
        }
        return list;
    }
}
