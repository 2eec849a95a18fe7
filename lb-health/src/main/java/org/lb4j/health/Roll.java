package org.lb4j.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lb4j.Hold;
import org.lb4j.Member;
import org.lb4j.ServerPool;

/** Who is checked: one entry for each membership. Entries may be made by any thread, and are used by the mailbox alone. */
final class Roll {
    private final ServerPool pool;
    private final Function<Member, Checked> made;
    private final Map<Member, Checked> all = new ConcurrentHashMap<>();
    private int enrolled;

    Roll(ServerPool pool, Function<Member, Checked> made) {
        this.pool = pool;
        this.made = made;
    }

    Checked of(Member member) {
        return all.computeIfAbsent(member, made);
    }

    /** Null: there is none, or the pool is closed. */
    @Nullable
    Checked find(String serverId) {
        try {
            Member member = pool.member(serverId);
            return member == null ? null : of(member);
        } catch (IllegalStateException closed) {
            return null;
        }
    }

    /** Whether it is in the rounds: a pool's calls make entries for servers too that are not in its view. */
    boolean has(Checked checked) {
        return checked.enrolled() && all.get(checked.member()) == checked;
    }

    Collection<Checked> all() {
        return all.values();
    }

    /** In the order of the pool's list. */
    List<Checked> inOrder() {
        return pool.members().stream().map(this::of).toList();
    }

    /** How many are in the rounds. */
    int size() {
        return enrolled;
    }

    /** Those who joined since the last time. */
    List<Checked> joined() {
        List<Checked> joined = new ArrayList<>();
        for (Member member : pool.members()) {
            Checked checked = of(member);
            checked.announce(); // or the next server to join would have it held
            if (checked.enrol()) joined.add(checked);
        }
        enrolled += joined.size();
        return joined;
    }

    /** Those who have left since the last time; forgotten from now on. */
    List<Checked> left() {
        List<Checked> left = new ArrayList<>();
        for (Checked each : all.values()) {
            // None: it left, or never was in this view and was called all the same. Another one: it has its id now.
            if (pool.member(each.member().server().id()) != each.member()) left.add(each);
        }
        for (Checked each : left) {
            all.remove(each.member());
            each.forget();
            if (each.enrolled()) enrolled--;
        }
        return left;
    }

    /** Whether anybody who is in the pool now has ever passed a probe. */
    boolean anyPassed() {
        for (Member member : pool.members()) {
            Checked checked = all.get(member);
            if (checked != null && checked.hasPassed()) return true;
        }
        return false;
    }

    /** Takes back all holds and factors, of a closed pool none. */
    void eraseAll() {
        try {
            pool.change(change -> {
                for (Checked each : all())
                    Imprint.erase(change, each.member().server().id());
            });
        } catch (IllegalStateException poolClosed) {
            if (!pool.closed()) throw poolClosed;
        }
    }

    /**
     * Holds the servers that have just joined, on the thread that brought them, so that no pick after its return can meet
     * one that is unproven.
     */
    void holdNewcomers(String oneOfThem) {
        Member first = pool.member(oneOfThem);
        if (first == null || !of(first).announce()) return;
        List<Member> newcomers = new ArrayList<>(List.of(first));
        for (Member each : pool.members()) if (of(each).announce()) newcomers.add(each);
        if (!anyPassed()) return;
        pool.change(change -> {
            for (Member each : newcomers) change.hold(each.server().id(), Hold.CHECK);
        });
    }
}
