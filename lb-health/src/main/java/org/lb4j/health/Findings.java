package org.lb4j.health;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lb4j.Change;
import org.lb4j.Member;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.health.HealthEvent.Kind;

/** What was decided together: edits of the pool, published once, and after that their events, in order. */
final class Findings {
    private final ServerPool pool;
    private final Announcer announcer;
    private final List<Edit> edits = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    /** @param here whether the member must be in the pool, or must not */
    private record Edit(Member member, boolean here, Consumer<Change> what) {
        boolean applies(ServerPool pool) {
            Member now = pool.member(member.server().id());
            return here ? now == member : now == null;
        }
    }

    private record Event(Kind kind, @Nullable Server server, Reason reason, String evidence, boolean enforced) {}

    Findings(ServerPool pool, Announcer announcer) {
        this.pool = pool;
        this.announcer = announcer;
    }

    /** An edit of one member; without effect if it has left, even if another one has its id by then. */
    void edit(Member member, Consumer<Change> what) {
        edits.add(new Edit(member, true, what));
    }

    /** An edit that takes back what was set on a member that has left; if that was a view, it is in the pool still. */
    void takeBack(Member left, Consumer<Change> what) {
        edits.add(new Edit(left, false, what));
    }

    void event(Kind kind, @Nullable Server server, Reason reason, String evidence, boolean enforced) {
        events.add(new Event(kind, server, reason, evidence, enforced));
    }

    void publish() {
        if (!edits.isEmpty()) change(List.copyOf(edits));
        edits.clear();
        if (events.isEmpty()) return;
        List<Event> told = List.copyOf(events); // a listener may cause more
        events.clear();
        for (Event each : told)
            announcer.tell(each.kind(), each.server(), each.reason(), each.evidence(), each.enforced());
    }

    private void change(List<Edit> all) {
        pool.change(change -> {
            for (Edit each : all) if (each.applies(pool)) each.what.accept(change);
        });
    }
}
