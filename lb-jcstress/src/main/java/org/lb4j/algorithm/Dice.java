package org.lb4j.algorithm;

import java.util.concurrent.atomic.AtomicReference;
import org.lb4j.Roster;
import org.lb4j.ServerPool;

/** A roster to draw from. */
final class Dice {
    static final Roster ROSTER = roster();

    private Dice() {}

    private static Roster roster() {
        AtomicReference<Roster> shaped = new AtomicReference<>();
        ServerPool pool = ServerPool.builder()
                .shaper(roster -> {
                    shaped.set(roster);
                    return roster;
                })
                .build();
        Roster roster = shaped.get();
        if (roster == null) throw new IllegalStateException(pool + " was not shaped");
        return roster;
    }
}
