package org.lb4j;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a member stands, as decided at change time: its server's description, what holds it, what scales it, since when.
 * Immutable; each change makes a new one, with the version of the pool that it belongs to.
 *
 * @param factors one number a source, in order of the sources, so that the product is the same everywhere
 * @param outSince when holds or weight x factors last ended its new traffic; while it has traffic: history
 * @param inSince when they last let it have new traffic
 */
record Standing(
        long version,
        Member member,
        Server server,
        int slot,
        int holds,
        HeldSince heldSince,
        Map<String, Double> factors,
        @Nullable TrialPermit trial,
        long outSince,
        long inSince) {

    static Standing joined(long version, Member member, Server server, int slot, long now) {
        return new Standing(version, member, server, slot, 0, HeldSince.NONE, Map.of(), null, now, now);
    }

    /** A server at a new place under an old id: only what a person said stays. */
    Standing movedTo(long version, Member member, Server server, long now) {
        int kept = holds & (Hold.ADMIN.bit() | Hold.DRAIN.bit());
        return new Standing(version, member, server, slot, kept, heldSince, Map.of(), null, now, now);
    }

    Standing described(long version, Server server, long now) {
        return new Standing(version, member, server, slot, holds, heldSince, factors, trial, outSince, inSince)
                .since(now, inTraffic());
    }

    Standing atSlot(long version, int slot) {
        if (slot == this.slot) return this;
        return new Standing(version, member, server, slot, holds, heldSince, factors, trial, outSince, inSince);
    }

    Standing held(long version, Hold reason, long now) {
        if (reason.in(holds)) return this;
        return new Standing(
                        version,
                        member,
                        server,
                        slot,
                        holds | reason.bit(),
                        heldSince.with(reason, now),
                        factors,
                        trial,
                        outSince,
                        inSince)
                .since(now, inTraffic());
    }

    Standing released(long version, Hold reason, long now) {
        if (!reason.in(holds)) return this;
        int rest = holds & ~reason.bit();
        return new Standing(version, member, server, slot, rest, heldSince, factors, trial, outSince, inSince)
                .since(now, inTraffic());
    }

    Standing scaled(long version, String source, double factor, long now) {
        Double known = factors.get(source);
        if (known == null ? factor == 1 : known == factor) return this;
        Map<String, Double> next = new TreeMap<>(factors);
        if (factor == 1) next.remove(source);
        else next.put(source, factor);
        return new Standing(version, member, server, slot, holds, heldSince, next, trial, outSince, inSince)
                .since(now, inTraffic());
    }

    Standing onTrial(long version, @Nullable TrialPermit permit) {
        return new Standing(version, member, server, slot, holds, heldSince, factors, permit, outSince, inSince);
    }

    private Standing since(long now, boolean before) {
        boolean after = inTraffic();
        if (before == after) return this;
        return new Standing(
                version,
                member,
                server,
                slot,
                holds,
                heldSince,
                factors,
                trial,
                after ? outSince : now,
                after ? now : inSince);
    }

    /** Configured weight times all factors; holds apart. */
    double weight() {
        double weight = server.weight();
        for (double factor : factors.values()) weight *= factor;
        return weight;
    }

    /** Whether holds and weight let it have new traffic. */
    boolean inTraffic() {
        return holds == 0 && weight() > 0;
    }

    /** Whether panic may use it. */
    boolean softHeld() {
        return holds != 0 && (holds & ~Hold.SOFT) == 0;
    }

    /** Whether it is ejected, for no other reason held, and on trial. */
    boolean tried() {
        return trial != null && holds == Hold.OUTLIER.bit();
    }
}
