package org.lb4j.sticky;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.SelectionContext;
import org.lb4j.Server;
import org.lb4j.hash.Mix;

/** A call that may have brought our cookie. */
final class CookieVisit extends Visit implements CookieScan.Values {
    private final Mint mint;
    private @Nullable Token token;
    private StickyOutcome miss = StickyOutcome.NEW;
    private SelectionContext basis = SelectionContext.none();
    private int tried;

    private CookieVisit(Mint mint, Judge judge, Outcomes outcomes) {
        super(judge, outcomes);
        this.mint = mint;
    }

    static CookieVisit of(@Nullable Collection<String> headers, Mint mint, Judge judge, Outcomes outcomes) {
        CookieVisit visit = new CookieVisit(mint, judge, outcomes);
        mint.scan(headers, visit);
        if (visit.token != null) visit.locate(visit.token);
        return visit;
    }

    /** The first valid one counts, dates included. */
    @Override
    public boolean take(CharSequence line, int from, int to) {
        Token read = mint.read(line, from, to);
        Lifetime.Age age = read == null ? null : mint.age(read);
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
        String id = mint.serverOf(token);
        Fitness fitness = id == null ? Fitness.GONE : judge().fitness(judge().member(id));
        if (id == null) miss = StickyOutcome.MOVED_REMOVED;
        else belongsTo(id, fitness);
        if (policy.strict()) insist();
        else if (fitness == Fitness.HELD) wish(id); // a server on trial takes one call at a time: the pool decides
        if (policy.goesHome() && fitness != Fitness.FIT && fitness != Fitness.CROWDED) stayTogether(key(token));
    }

    /** The token is not rewritten for an outage: what makes all calls of the session meet one substitute is this. */
    private void stayTogether(long key) {
        Member standIn = judge().standIn(key);
        wish(standIn == null ? null : standIn.server().id());
        basis = SelectionContext.key(key);
    }

    /** Of the session, not of its server alone: or all sessions of a dead server would meet one substitute. */
    private static long key(Token token) {
        return Mix.mix(token.ref() ^ Mix.mix((long) token.first() << 24 | token.seen()));
    }

    @Override
    SelectionContext basis() {
        return basis;
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
            case HIT -> own == null ? null : mint.renew(own, picked.id());
            case OVERLOADED, STRICT_FAILED -> null;
            case MOVED_UNAVAILABLE, MOVED_DRAINING -> judge().policy().goesHome() ? null : mint.issue(picked.id());
            case NEW, MISS_INVALID, EXPIRED, MOVED_REMOVED -> mint.issue(picked.id());
        };
    }
}
