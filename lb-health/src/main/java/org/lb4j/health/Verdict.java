package org.lb4j.health;

/**
 * What one probe says of its server.
 *
 * <pre>{@code
 * Verdict verdict = ProbeResult.pass().verdict();   // PASS
 * }</pre>
 */
public enum Verdict {
    /** It is well. */
    PASS,
    /** It works, but wants only a part of its traffic. */
    DEGRADED,
    /** It works, but wants no new traffic. */
    DRAIN,
    /** It is not well. */
    FAIL,
    /** This process could not ask properly: says nothing about the server, neither counts nor ends a streak. */
    INCONCLUSIVE
}
