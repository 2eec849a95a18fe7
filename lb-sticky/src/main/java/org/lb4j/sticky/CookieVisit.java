package org.lb4j.sticky;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.NoServerAvailableException;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.hash.Mix;

/** A call that may have brought our cookie. */
final class CookieVisit extends Visit implements CookieScan.Values {
    private final CookieParts parts;
    private @Nullable Token token;
    private StickyOutcome miss = StickyOutcome.NEW;
    private int tried;

    private CookieVisit(CookieParts parts) {
        super(parts.judge(), parts.outcomes());
        this.parts = parts;
    }

    static CookieVisit of(CookieParts parts, @Nullable Collection<String> headers) {
        CookieVisit visit = new CookieVisit(parts);
        parts.mint().scan(headers, visit);
        if (visit.token != null) visit.locate(visit.token);
        return visit;
    }

    /** The first valid one counts, dates included. */
    @Override
    public boolean take(CharSequence line, int from, int to) {
        Token read = parts.mint().read(line, from, to);
        Lifetime.Age age = read == null ? null : parts.mint().age(read);
        if (age == Lifetime.Age.GOOD) {
            token = read;
            return false;
        }
        if (age == Lifetime.Age.TOO_OLD) miss = StickyOutcome.EXPIRED;
        else if (miss == StickyOutcome.NEW) miss = StickyOutcome.MISS_INVALID;
        return ++tried < CookieScan.MAX_TRIED;
    }

    private void locate(Token token) {
        Policy policy = judge().policy();
        String id = parts.mint().serverOf(token);
        Fitness fitness = id == null ? Fitness.GONE : judge().fitness(judge().member(id));
        if (id == null) miss = StickyOutcome.MOVED_REMOVED;
        else belongsTo(id, fitness);
        if (policy.strict()) insist();
        else if (fitness == Fitness.HELD) wish(id); // a server on trial takes one call at a time: the pool decides
        if (!policy.goesHome()) return;
        SelectionContext order = SelectionContext.key(key(token));
        stayTogether(order);
        if (fitness != Fitness.FIT && fitness != Fitness.CROWDED) wish(standIn(order));
    }

    /** Of the session, not of its server alone: or all sessions of a dead server would meet one stand-in (D23). */
    private static long key(Token token) {
        return Mix.mix(token.ref() ^ Mix.mix((long) token.first() << 24 | token.seen()));
    }

    /** As tiers, zones and shapers have it (D24). */
    @Override
    @Nullable
    Member standIn(SelectionContext order) {
        Selector selector = parts.standIns();
        if (selector == null) return null;
        try {
            Member first = judge().member(selector.next(order).id());
            return first == null || order.excludes(first) || !judge().free(first) ? null : first;
        } catch (NoServerAvailableException | IllegalStateException nobodyOrClosed) {
            return null; // who picks will be told
        }
    }

    @Override
    StickyOutcome outcome(@Nullable Server picked) {
        return own() == null ? miss : servedBy(picked);
    }

    @Override
    @Nullable
    String keep(StickyOutcome outcome, Server picked) {
        Token own = token;
        return switch (outcome) {
            case HIT -> own == null ? null : parts.mint().renew(own, picked.id());
            case OVERLOADED, STRICT_FAILED -> null;
            case MOVED_UNAVAILABLE, MOVED_DRAINING ->
                judge().policy().goesHome() ? null : parts.mint().issue(picked.id());
            case NEW, MISS_INVALID, EXPIRED, MOVED_REMOVED -> parts.mint().issue(picked.id());
        };
    }
}
