package org.lb4j.testing;

import java.util.concurrent.atomic.AtomicReference;
import org.lb4j.Roster;
import org.lb4j.Selector;
import org.lb4j.ServerPool;

/**
 * Rosters in one line, of a real pool.
 *
 * <pre>{@code
 * Picker picker = algorithm.compile(Rosters.of("a*3", "b", "c:held"), null);   // a and b: c is held
 * }</pre>
 */
public final class Rosters {
    private Rosters() {}

    /**
     * What an algorithm compiles: the members with weight, two or more.
     *
     * @param members as {@link Servers} says
     * @return the roster
     * @throws IllegalArgumentException if fewer than two have weight: an algorithm never sees that
     */
    public static Roster of(String... members) {
        return of(Pools.of(members));
    }

    /**
     * What an algorithm compiles of a pool as it is now: the members with weight, two or more.
     *
     * @param pool the pool
     * @return the roster
     * @throws IllegalArgumentException if fewer than two have weight: an algorithm never sees that
     */
    public static Roster of(ServerPool pool) {
        AtomicReference<Roster> compiled = new AtomicReference<>();
        Selector capturing = pool.selector((roster, before) -> {
            compiled.set(roster);
            return (context, now) -> roster.member(0);
        });
        Roster roster = compiled.get();
        if (roster == null)
            throw new IllegalArgumentException("two members must have weight, was " + pool + " under " + capturing);
        return roster;
    }

    /**
     * What a shaper sees: all members, those out of traffic with weight 0.
     *
     * @param members as {@link Servers} says
     * @return the roster
     */
    public static Roster shaped(String... members) {
        AtomicReference<Roster> shaped = new AtomicReference<>();
        ServerPool.Builder settings = Pools.settings(new ManualTicker()).shaper(roster -> {
            shaped.set(roster);
            return roster;
        });
        try (ServerPool pool = Pools.of(settings, members)) {
            return shaped.get();
        }
    }
}
