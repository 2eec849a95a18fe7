package org.lb4j.sticky;

import java.time.Duration;

/** What happens to a session whose server can not or should not serve it. */
record Policy(
        OnUnavailable onUnavailable,
        OnDraining onDraining,
        Duration drainDeadline,
        OnReturn onReturn,
        Overload overload) {
    static final Policy DEFAULT = new Policy(
            OnUnavailable.REBALANCE, OnDraining.KEEP, Duration.ofMinutes(30), OnReturn.STAY, new Overload(2, 8));

    /** Nobody may take over a strict session, so a crowded server serves it all the same. */
    Policy {
        if (onUnavailable == OnUnavailable.STRICT) overload = Overload.OFF;
    }

    boolean strict() {
        return onUnavailable == OnUnavailable.STRICT;
    }

    boolean goesHome() {
        return onReturn == OnReturn.GO_HOME;
    }

    /** Whether a server that has had no new traffic for so long loses its sessions. */
    boolean drainedAfter(long nanos) {
        return onDraining == OnDraining.MOVE || Duration.ofNanos(nanos).compareTo(drainDeadline) >= 0;
    }
}
