package org.lb4j.health;

/** Whether servers fail together: on at once, off after three sweeps without. */
final class Guard {
    private static final int CALM_SWEEPS = 3;

    private boolean on;
    private int calm;

    boolean on() {
        return on;
    }

    /** True: it has just begun. */
    boolean begins(boolean together) {
        if (together) calm = 0;
        if (!together || on) return false;
        on = true;
        return true;
    }

    /** To be asked once a sweep. True: it is just over. */
    boolean ends(boolean together) {
        if (!on || together || ++calm < CALM_SWEEPS) return false;
        on = false;
        return true;
    }
}
