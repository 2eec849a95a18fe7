package org.lb4j.health;

import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/**
 * One change of what is known of a server's health, with its cause and the evidence for it.
 *
 * <pre>{@code
 * HealthChecker.builder(pool, HttpProbe.get("/health"))
 *     .listener(event -> System.out.println(event.kind() + " " + event.server() + ": " + event.evidence()))
 *     .start();
 * }</pre>
 *
 * @param seq 1, 2, 3 ... for each checker and each detector
 * @param kind what happened
 * @param server to which server; null if it concerns all
 * @param reason why
 * @param evidence why, in words for people
 * @param nanos when, by the pool's ticker
 * @param enforced false in a dry run: it was only seen, nothing was done
 */
public record HealthEvent(
        long seq, Kind kind, @Nullable Server server, Reason reason, String evidence, long nanos, boolean enforced) {
    /** What may happen. */
    public enum Kind {
        /** A server is well again, or for the first time. */
        UP,
        /** A server fails its probes, or says that it is down. */
        DOWN,
        /** A server wants only a part of its traffic. */
        DEGRADED,
        /** A server wants no new traffic. */
        DRAINING,
        /** A server's calls fail: it is out for a while. */
        EJECTED,
        /** An ejected server's time is over: one call at a time may try it. */
        TRIAL,
        /** An ejected server is back. */
        RETURNED,
        /** A server should be ejected, but too many are out: it goes on serving. */
        EJECTION_OVERFLOW,
        /** Most servers fail together, so it is not theirs: nobody is ejected. */
        CORRELATED_FAILURE,
        /** That is over. */
        CORRELATED_END,
        /** This process has no threads for its probes; told once when it begins and once when it is over. */
        SATURATED,
        /** This process stood still, and what its probes saw meanwhile says nothing. */
        PAUSED
    }
}
