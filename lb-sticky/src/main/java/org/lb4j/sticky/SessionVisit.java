package org.lb4j.sticky;

import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.SelectionContext;
import org.lb4j.Server;

/** A call with a session key: at home, unless the table says otherwise. */
final class SessionVisit extends Visit {
    private final Deviations deviations;
    private final String key;
    private final long hash;
    private final boolean begins;
    private @Nullable String entry;
    private boolean entryLeft;
    private boolean placed;

    /**
     * @param begins whether the session starts now, so that a server that gets no new traffic, or too much, does not get it
     */
    private SessionVisit(SessionParts parts, String key, boolean begins) {
        super(parts.judge(), parts.outcomes());
        this.deviations = parts.deviations();
        this.key = key;
        this.hash = parts.hashes().of(key);
        this.begins = begins;
    }

    static SessionVisit of(SessionParts parts, String key, boolean begins) {
        SessionVisit visit = new SessionVisit(parts, key, begins);
        Member own = visit.own(parts.judge());
        if (own != null) visit.locate(own);
        return visit;
    }

    /** The server of its entry, which takes the place of home; one that left is dropped. Null: there is nobody. */
    private @Nullable Member own(Judge judge) {
        entry = deviations.find(key);
        Member away = entry == null ? null : judge.member(entry);
        if (away != null) return away;
        if (entry != null) {
            deviations.move(key, entry, null);
            entry = null;
            entryLeft = true;
        }
        return judge.home(hash);
    }

    private void locate(Member own) {
        Fitness fitness = judge().fitness(own);
        placed = begins && (judge().draining(own) || fitness == Fitness.CROWDED);
        belongsTo(own.server().id(), placed && fitness == Fitness.FIT ? Fitness.DRAINED : fitness);
        if (judge().policy().strict() && !begins) insist(); // D25
        if (judge().policy().goesHome()) stayTogether(SelectionContext.key(hash));
        if (fitness() != Fitness.FIT) wish(standIn(SelectionContext.key(hash)));
    }

    @Override
    @Nullable
    Member standIn(SelectionContext order) {
        return judge().standIn(order);
    }

    @Override
    StickyOutcome outcome(@Nullable Server picked) {
        if (entryLeft) return StickyOutcome.MOVED_REMOVED;
        if (own() == null) return StickyOutcome.NEW;
        StickyOutcome outcome = servedBy(picked);
        return begins && picked != null && isWritten(outcome) ? StickyOutcome.NEW : outcome;
    }

    @Override
    @Nullable
    String keep(StickyOutcome outcome, Server picked) {
        if (own() != null && isWritten(outcome)) {
            Member home = judge().home(hash);
            boolean atHome = home != null && home.server().id().equals(picked.id());
            deviations.move(key, entry, atHome ? null : picked.id());
        }
        return null;
    }

    /** Sessions that go home leave no trace of an outage; but one that was placed elsewhere would lose its server there. */
    private boolean isWritten(StickyOutcome outcome) {
        if (outcome == StickyOutcome.HIT) return false;
        if (placed) return true; // D28
        Policy policy = judge().policy();
        return outcome != StickyOutcome.OVERLOADED && (!policy.goesHome() || begins && policy.strict());
    }
}
