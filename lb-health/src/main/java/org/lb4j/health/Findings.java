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

    private record Edit(Member member, Consumer<Change> what) {}

    private record Event(Kind kind, @Nullable Server server, Reason reason, String evidence, boolean enforced) {}

    Findings(ServerPool pool, Announcer announcer) {
        this.pool = pool;
        this.announcer = announcer;
    }

    /** An edit of one member; without effect if it has left, even if another one has its id by then. */
    void edit(Member member, Consumer<Change> what) {
        edits.add(new Edit(member, what));
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
            for (Edit each : all) if (pool.member(each.member.server().id()) == each.member) each.what.accept(change);
        });
    }
}
