package org.lb4j.health;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.lb4j.Member;
import org.lb4j.ServerPool;

/** Who is watched: one entry for each membership. Entries may be made by any thread; the mailbox alone looks after them. */
final class Watchlist {
    /** An entry may be made while its member joins; one that has not been seen in the pool for so long never was in it. */
    private static final long JOINING = 10_000_000_000L;

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

    /** The same, and whoever has left is forgotten. */
    List<Watched> sweep(long now) {
        List<Watched> present = present();
        if (all.size() > present.size()) forgetOthers(now);
        return present;
    }

    private void forgetOthers(long now) {
        for (Iterator<Watched> each = all.values().iterator(); each.hasNext(); ) {
            Watched watched = each.next();
            if (here(watched) || !watched.seen() && now - watched.made() <= JOINING) continue;
            each.remove();
            watched.forget();
            last = new Present(List.of(), List.of()); // the members may be the same again
        }
    }
}
