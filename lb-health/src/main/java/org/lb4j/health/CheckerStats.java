package org.lb4j.health;

import java.time.Duration;

/**
 * What a checker has done so far.
 *
 * <pre>{@code
 * try (HealthChecker checker = HealthChecker.start(pool, TcpProbe.connect())) {
 *     CheckerStats stats = checker.stats();
 *     System.out.println("each server is asked every " + stats.effectiveInterval());
 * }
 * }</pre>
 *
 * @param passed probes that passed, degraded and draining servers' included
 * @param failed probes that failed
 * @param inconclusive probes that said nothing, by our own fault
 * @param suppressed probes that were not sent, because calls showed the server to be well
 * @param inFlight probes under way
 * @param waiting servers whose probe is due and waits for a place
 * @param effectiveInterval the interval that can be kept if every probe takes its whole timeout:
 *     max(interval, servers x timeout / maxInFlight)
 * @param detected changes of state seen
 * @param enforced changes of state that were carried out: all, or in a dry run none
 */
public record CheckerStats(
        long passed,
        long failed,
        long inconclusive,
        long suppressed,
        int inFlight,
        int waiting,
        Duration effectiveInterval,
        long detected,
        long enforced) {}
