package org.lb4j;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What one view of a pool publishes to its selectors: the shaped rosters of one moment. Immutable but for the claim of the
 * next step.
 */
final class Shaped {
    private final long sequence;
    private final PoolState state;
    private final Membership members;
    private final Tiers tiers;
    private final Roster roster;
    private final @Nullable Roster withTrials;
    private final TrialPermit[] permits;
    private final AtomicBoolean stepClaimed = new AtomicBoolean();

    /**
     * @param sequence grows with each one of a view
     * @param members the view's part of the state's
     * @param roster all members, shaped
     * @param withTrials the same with servers on trial in traffic; null if there are none
     */
    Shaped(
            long sequence,
            PoolState state,
            Membership members,
            Tiers tiers,
            Roster roster,
            @Nullable Roster withTrials) {
        this.sequence = sequence;
        this.state = state;
        this.members = members;
        this.tiers = tiers;
        this.roster = roster;
        this.withTrials = withTrials;
        this.permits = permits(members.standings());
    }

    private static TrialPermit[] permits(Standing[] standings) {
        return Arrays.stream(standings)
                .map(Standing::trial)
                .filter(Objects::nonNull)
                .toArray(TrialPermit[]::new);
    }

    /** The same rosters for a newer state, when that could not be shaped. */
    Shaped staleAt(PoolState newer, Roster roster) {
        return new Shaped(sequence + 1, newer, members, tiers, roster, withTrials);
    }

    long sequence() {
        return sequence;
    }

    PoolState state() {
        return state;
    }

    Membership members() {
        return members;
    }

    boolean panic() {
        return tiers.panic();
    }

    Roster roster() {
        return roster;
    }

    @Nullable
    Roster withTrials() {
        return withTrials;
    }

    /** Whether time alone has made it old. */
    boolean due(long now) {
        return due(roster, now) || withTrials != null && due(withTrials, now);
    }

    private static boolean due(Roster roster, long now) {
        return roster.ends() && now - roster.end() >= 0;
    }

    /** Whether there is a time at which it will be old. */
    boolean ends() {
        return roster.ends() || withTrials != null && withTrials.ends();
    }

    /** True for one thread alone. */
    boolean claimStep() {
        return !stepClaimed.get() && stepClaimed.compareAndSet(false, true);
    }

    /** The weight of a member; 0 if it has no traffic, or came after this was shaped. */
    double weight(Standing standing) {
        int i = members.indexOf(standing.server().id());
        return i < 0 || roster.member(i) != standing.member() ? 0 : roster.weight(i);
    }

    /** One eligible member that the roster leaves out (another tier or zone, outside the subset), by weight; null: none. */
    @Nullable
    Member outside(SelectionContext context) {
        double total = 0;
        for (int i = 0; i < members.size(); i++) total += weightOutside(i, context);
        if (total == 0) return null;
        double left = (roster.draw() >>> 11) * 0x1p-53 * total;
        Member last = null;
        for (int i = 0; i < members.size(); i++) {
            double weight = weightOutside(i, context);
            if (weight == 0) continue;
            last = roster.member(i);
            left -= weight;
            if (left < 0) return last;
        }
        return last;
    }

    private double weightOutside(int i, SelectionContext context) {
        double weight = tiers.eligible()[i];
        return weight > 0 && roster.weight(i) == 0 && !context.excludes(roster.member(i)) ? weight : 0;
    }

    /**
     * The preferred member if it may be used. Weight does not matter and DRAIN does not, ADMIN does; CHECK and OUTLIER do
     * unless panic overrules them. Null: it may not.
     */
    @Nullable
    Member preferred(String serverId, SelectionContext context) {
        Standing standing = members.find(serverId);
        if (standing == null || context.excludes(standing.member())) return null;
        int holds = standing.holds() & ~Hold.DRAIN.bit();
        boolean usable = holds == 0 || panic() && (holds & ~Hold.SOFT) == 0;
        return usable ? standing.member() : null;
    }

    /** The trial of the preferred server, if that is what keeps it away. */
    @Nullable
    TrialPermit preferredTrial(String serverId, SelectionContext context) {
        Standing standing = members.find(serverId);
        if (standing == null || context.excludes(standing.member())) return null;
        boolean tried = (standing.holds() & ~Hold.DRAIN.bit()) == Hold.OUTLIER.bit();
        return tried ? standing.trial() : null;
    }

    boolean anyTrial() {
        return permits.length != 0;
    }

    boolean anyPermitFree(long now) {
        for (TrialPermit permit : permits) if (permit.looksFree(now)) return true;
        return false;
    }

    /** The permit of a member on trial; null: it is not on trial. */
    @Nullable
    TrialPermit permit(Member member) {
        for (TrialPermit permit : permits) if (permit.of(member)) return permit;
        return null;
    }

    NoServerAvailableException nobody() {
        return new NoServerAvailableException(Refusal.ofAll(members.standings(), roster));
    }

    NoServerAvailableException notThatOne(String serverId, SelectionContext context) {
        return new NoServerAvailableException(Refusal.ofOne(serverId, members.find(serverId), context));
    }
}
