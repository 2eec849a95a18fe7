package org.lb4j.health;

import org.lb4j.Change;
import org.lb4j.Hold;

/** What a checker has set on the pool for one server, so that it sets only what differs and takes back all of it. */
final class Imprint {
    private static final String CHECK = "check";
    private static final String HEARD = "heard";

    private boolean held;
    private double check = 1;
    private double heard = 1;

    /** Whether anything differs; remembers it as set. */
    boolean update(boolean held, double check, double heard) {
        if (this.held == held && this.check == check && this.heard == heard) return false;
        this.held = held;
        this.check = check;
        this.heard = heard;
        return true;
    }

    /** The edits that bring the pool to what was last remembered; without effect where it is there already. */
    static void write(Change pool, String id, boolean held, double check, double heard) {
        if (held) pool.hold(id, Hold.CHECK);
        else pool.release(id, Hold.CHECK);
        pool.scale(id, CHECK, check);
        pool.scale(id, HEARD, heard);
    }

    /** Takes all of it back. */
    static void erase(Change pool, String id) {
        write(pool, id, false, 1, 1);
    }
}
