package org.lb4j.health;

import java.util.HashSet;
import java.util.Set;
import org.lb4j.health.HealthEvent.Kind;
import org.slf4j.Logger;

/** Faults of this process and of its probes: told once, not once a probe. */
final class OwnFaults {
    private final Findings findings;
    private final Logger log;
    private final boolean enforced;
    private final long calm;
    private final Set<Checked> broken = new HashSet<>();
    private boolean saturated;
    private long saturatedAt;

    /** @param calm so long without a refused probe, and it is over */
    OwnFaults(Findings findings, Logger log, boolean enforced, long calm) {
        this.findings = findings;
        this.log = log;
        this.enforced = enforced;
        this.calm = calm;
    }

    void saw(ProbeResult result, long now) {
        if (result.reason() == Reason.SATURATED) {
            saturatedAt = now;
            if (saturated) return;
            saturated = true;
            tell(Kind.SATURATED, Reason.SATURATED, "a probe was refused, or not begun in time");
        } else if (saturated && !result.reason().ours() && now - saturatedAt >= calm) {
            saturated = false;
            tell(Kind.SATURATED, Reason.OK, "over, probes have threads again");
        }
    }

    void paused(long late, int probes) {
        String evidence = "a timer came " + late / 1_000_000 + " ms late, " + probes + " probes under way say nothing";
        tell(Kind.PAUSED, Reason.PAUSED, evidence);
    }

    /** A probe threw where it should have answered: a mistake in the probe, worth a stack trace, but only once a server. */
    void threw(Checked checked, Throwable thrown) {
        if (broken.add(checked))
            log.warn("the probe of server {} threw", checked.member().server().id(), thrown);
    }

    void forget(Checked checked) {
        broken.remove(checked);
    }

    private void tell(Kind kind, Reason reason, String evidence) {
        findings.event(kind, null, reason, evidence, enforced);
    }
}
