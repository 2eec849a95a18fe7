package org.lb4j;

import org.jspecify.annotations.Nullable;

/**
 * A selector's picker for one shaped roster, published whole. Rosters of nobody and of one are decided here, so that no
 * algorithm need care.
 */
final class Compiled {
    private final Shaped shaped;
    private final Picker picker;
    private final boolean clocked;
    private final boolean ends;
    private final boolean anyTrial;
    private final @Nullable Picker trialPicker;
    /** What the algorithm made last: passed to it again when more than one server is back. */
    private final @Nullable Picker remembered;

    private final boolean over;

    private Compiled(
            Shaped shaped, Picker picker, @Nullable Picker trialPicker, @Nullable Picker remembered, boolean over) {
        this.shaped = shaped;
        this.picker = picker;
        this.ends = !over && shaped.ends();
        this.anyTrial = !over && shaped.anyTrial();
        this.clocked = ends || picker.timed();
        this.trialPicker = trialPicker;
        this.remembered = remembered;
        this.over = over;
    }

    static Compiled of(Shaped shaped, Algorithm algorithm, @Nullable Compiled before) {
        Picker remembered = before == null ? null : before.remembered;
        Picker picker = picker(shaped.roster().inUse(), algorithm, remembered);
        Roster trials = shaped.withTrials();
        // Never the main picker: two that move one cursor would share its places between them, and starve each other.
        Picker trialBefore = before == null ? null : before.trialPicker;
        Picker trialPicker = trials == null ? null : picker(trials.inUse(), algorithm, trialBefore);
        return new Compiled(shaped, picker, trialPicker, picker instanceof Lone ? remembered : picker, false);
    }

    private static Picker picker(Roster roster, Algorithm algorithm, @Nullable Picker before) {
        if (roster.size() == 0) return new Lone(null);
        if (roster.size() == 1) return new Lone(roster.member(0));
        Picker picker = algorithm.compile(roster, before);
        if (picker == null) throw new IllegalStateException("compiled to null");
        return picker;
    }

    /** The last good pickers, for a roster that the algorithm could not compile. */
    Compiled keptFor(Shaped newer) {
        return new Compiled(newer, picker, trialPicker, remembered, false);
    }

    static Compiled ended(Shaped shaped, IllegalStateException why) {
        Picker refusing = (context, now) -> {
            throw new IllegalStateException(why.getMessage());
        };
        return new Compiled(shaped, refusing, null, null, true);
    }

    Shaped shaped() {
        return shaped;
    }

    long sequence() {
        return shaped.sequence();
    }

    /** Whether its pool or view is closed. */
    boolean over() {
        return over;
    }

    /** Whether picks need the time. */
    boolean clocked() {
        return clocked;
    }

    boolean due(long now) {
        return ends && shaped.due(now);
    }

    boolean anyTrial() {
        return anyTrial;
    }

    Member pick(SelectionContext context, long now) {
        if (context.preferred() != null) {
            Member preferred = preferred(context);
            if (preferred != null) return preferred;
        }
        Member member = picker.pick(context, now);
        if (member == null) throw shaped.nobody();
        return context.excludesAny() && context.excludes(member) ? outside(member, context) : member;
    }

    /** Null: the algorithm shall pick. */
    private @Nullable Member preferred(SelectionContext context) {
        if (over) return null;
        String wanted = context.preferred();
        Member member = wanted == null ? null : shaped.preferred(wanted, context);
        if (member == null && wanted != null && context.isOnly()) throw shaped.notThatOne(wanted, context);
        return member;
    }

    /** The whole roster is excluded: whoever else is eligible, or the excluded one after all. */
    private Member outside(Member excluded, SelectionContext context) {
        Member other = shaped.outside(context);
        return other == null ? excluded : other;
    }

    /** The permit of a server on trial, if this call falls to it and no other call has it; null: pick as if there were none. */
    TrialPermit.@Nullable Taken takePermit(SelectionContext context, long now) {
        String wanted = context.preferred();
        if (wanted != null) {
            TrialPermit preferred = shaped.preferredTrial(wanted, context);
            if (preferred != null) return preferred.take(now);
            if (context.isOnly() || shaped.preferred(wanted, context) != null) return null;
        }
        if (trialPicker == null || !shaped.anyPermitFree(now)) return null;
        Member member = trialPicker.pick(context, now);
        if (member == null || context.excludes(member)) return null;
        TrialPermit permit = shaped.permit(member);
        return permit == null ? null : permit.take(now);
    }

    /** One server, or none. */
    private record Lone(@Nullable Member member) implements Picker {
        @Override
        public @Nullable Member pick(SelectionContext context, long now) {
            return member;
        }
    }
}
