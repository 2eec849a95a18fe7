package org.lb4j.health;

/**
 * With {@link Initial#DOWN}: whether servers that no probe has proven must wait. While nobody has ever passed they may be
 * used for two seconds, or a complete change of the list were an empty pool.
 */
final class Unproven {
    private static final long GRACE = 2_000_000_000L;

    private final boolean mayBeUsed;
    private final Roll roll;
    private boolean grace;
    private long until;

    Unproven(Initial initial, Roll roll) {
        this.mayBeUsed = initial == Initial.UP;
        this.roll = roll;
    }

    /** Some have joined. */
    void joined(long now) {
        if (mayBeUsed || grace || roll.anyPassed()) return;
        grace = true;
        until = now + GRACE;
    }

    /** True: the grace has just ended, and whoever is unproven must be looked at again. */
    boolean ends(long now) {
        if (!grace || now - until < 0 && !roll.anyPassed()) return false;
        grace = false;
        return true;
    }

    /** When it ends at the latest; {@code none} if there is no grace. */
    long end(long none) {
        return grace ? until : none;
    }

    boolean held(Checked checked) {
        return !mayBeUsed && !grace && !checked.condition().proven();
    }
}
