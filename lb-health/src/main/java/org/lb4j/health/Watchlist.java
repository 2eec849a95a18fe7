package org.lb4j.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.lb4j.Member;
import org.lb4j.ServerPool;

/** Who is watched: one entry for each membership. Entries may be made by any thread; the mailbox alone looks after them. */
final class Watchlist {
    private final ServerPool pool;
    private final Function<Member, Watched> made;
    private final Map<Member, Watched> all = new ConcurrentHashMap<>();
    private volatile Present last = new Present(List.of(), List.of());

    private record Present(List<Member> members, List<Watched> watched) {}

    Watchlist(ServerPool pool, Function<Member, Watched> made) {
        this.pool = pool;
        this.made = made;
    }

    Watched of(Member member) {
        return all.computeIfAbsent(member, made);
    }

    /** Those who may have left included, and those of a pool that was closed. */
    Collection<Watched> all() {
        return all.values();
    }

    /** Those in the pool now, in the order of its list. */
    List<Watched> present() {
        List<Member> members = pool.members();
        Present before = last;
        if (members.equals(before.members)) return before.watched; // a tenth of looking each of them up
        Present now = new Present(members, members.stream().map(this::of).toList());
        last = now;
        return now.watched;
    }

    /** Whether it is in the pool now. */
    boolean here(Watched watched) {
        return pool.member(watched.member().server().id()) == watched.member();
    }

    /** Those who have left since the last time, or were called without being in this view; forgotten from now on. */
    List<Watched> left() {
        if (all.size() == present().size()) return List.of();
        List<Watched> left = new ArrayList<>();
        for (Watched each : all.values()) if (!here(each)) left.add(each);
        for (Watched each : left) {
            all.remove(each.member());
            each.forget();
        }
        last = new Present(List.of(), List.of()); // who was forgotten may be back by now
        return left;
    }
}
