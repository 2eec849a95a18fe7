package org.lb4j.sticky;

import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.SelectionContext;
import org.lb4j.Server;

/** What all visits do: wish for a server, leave one that can not be reached, tell what became of it. For one thread. */
abstract class Visit implements StickyVisit {
    private final Judge judge;
    private final Outcomes outcomes;
    private @Nullable String own;
    private @Nullable String wanted;
    private Fitness fitness = Fitness.GONE;
    private boolean insists;
    private @Nullable SelectionContext order;
    private @Nullable SelectionContext last;
    private @Nullable Settled settled;

    Visit(Judge judge, Outcomes outcomes) {
        this.judge = judge;
        this.outcomes = outcomes;
    }

    /** The session's own server, which is wished for if it is fit. */
    final void belongsTo(String serverId, Fitness fitness) {
        this.own = serverId;
        this.fitness = fitness;
        this.wanted = fitness == Fitness.FIT ? serverId : null;
    }

    /** A server to wish for that need not be the session's own. */
    final void wish(@Nullable String serverId) {
        wanted = serverId;
    }

    final void wish(@Nullable Member member) {
        wish(member == null ? null : member.server().id());
    }

    /** No other server will do, be it held or not. */
    final void insist() {
        insists = own != null && (fitness == Fitness.FIT || fitness == Fitness.HELD);
    }

    final Judge judge() {
        return judge;
    }

    final @Nullable String own() {
        return own;
    }

    final Fitness fitness() {
        return fitness;
    }

    /** Calls that its own server can not take shall meet one stand-in, by this key. */
    final void stayTogether(SelectionContext order) {
        this.order = order;
    }

    /** Who takes the session's calls in place of its own server, by this key and without those excluded; null: anybody. */
    @Nullable
    Member standIn(SelectionContext order) {
        return null;
    }

    /** What became of it; null: nobody was found. */
    abstract StickyOutcome outcome(@Nullable Server picked);

    /** What a member that was picked changes: the text of a cookie, if one is owed, or what is remembered here. */
    abstract @Nullable String keep(StickyOutcome outcome, Server picked);

    @Override
    public final SelectionContext context() {
        return context(SelectionContext.none());
    }

    @Override
    public final SelectionContext context(SelectionContext base) {
        SelectionContext context = base;
        if (insists && own != null) context = SelectionContext.only(own);
        else if (wanted != null) context = base.preferring(wanted);
        last = context;
        return context;
    }

    @Override
    public final SelectionContext retry(Server tried, @Nullable Throwable failure) {
        SelectionContext context = last == null ? context() : last;
        if (failure != null) context = inPlaceOf(tried, context.excluding(tried));
        last = context;
        return context;
    }

    private SelectionContext inPlaceOf(Server tried, SelectionContext context) {
        if (order == null || insists) return context;
        order = order.excluding(tried);
        Member next = standIn(order);
        return next == null ? context : context.preferring(next.server().id());
    }

    @Override
    public final Settled settle(@Nullable Server picked) {
        Settled known = settled;
        if (known == null) settled = known = settleOnce(picked);
        return known;
    }

    private Settled settleOnce(@Nullable Server picked) {
        StickyOutcome outcome = picked == null && insists ? StickyOutcome.STRICT_FAILED : outcome(picked);
        boolean member = picked != null && judge.member(picked.id()) != null;
        String setCookie = member && picked != null ? keep(outcome, picked) : null;
        outcomes.add(outcome, own, picked);
        return new Settled(outcome, setCookie);
    }

    /** The outcome for a session that has a server. */
    final StickyOutcome servedBy(@Nullable Server picked) {
        if (own == null || picked != null && own.equals(picked.id())) return StickyOutcome.HIT;
        if (fitness == Fitness.FIT && judge.member(own) == null) return StickyOutcome.MOVED_REMOVED; // just now
        return fitness.elsewhere();
    }

    /** Neither key nor token nor cookie. */
    @Override
    public String toString() {
        return own == null ? "visit" : "visit of a session of " + own;
    }
}
