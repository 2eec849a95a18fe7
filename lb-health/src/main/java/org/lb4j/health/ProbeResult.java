package org.lb4j.health;

/**
 * What one probe found.
 *
 * <pre>{@code
 * ProbeResult slow = ProbeResult.degraded(0.5);                             // half of its usual share, please
 * ProbeResult bad = ProbeResult.fail(Reason.CONTENT, "replication lag 40 s");
 * }</pre>
 *
 * @param verdict what it says of the server
 * @param reason why; {@link Reason#SATURATED} and {@link Reason#PAUSED} if and only if it is inconclusive
 * @param weight the share of its configured weight that the server should have, in [0, 1]; of a failure: what panic may use
 * @param detail evidence in words; cut at 80 characters and stripped of control characters
 */
public record ProbeResult(Verdict verdict, Reason reason, double weight, String detail) {
    /** Refusing connections is the surest and cheapest way to be dead: in panic, such a server counts a tenth. */
    static final double REFUSING = 0.1;

    static final double BUSY = 0.25;

    private static final ProbeResult PASSED = new ProbeResult(Verdict.PASS, Reason.OK, 1, "");

    /**
     * Checks and cleans.
     *
     * @throws IllegalArgumentException if the parts contradict each other
     */
    public ProbeResult {
        if (verdict == null) throw new IllegalArgumentException("verdict must be given, was null");
        if (reason == null) throw new IllegalArgumentException("reason must be given, was null");
        if (reason.ofCalls() || reason.ours() != (verdict == Verdict.INCONCLUSIVE))
            throw new IllegalArgumentException("a probe can not be " + verdict + " by " + reason);
        if (verdict == Verdict.FAIL && reason == Reason.OK)
            throw new IllegalArgumentException("a failure needs a reason, was OK");
        if (!(weight >= 0 && weight <= 1))
            throw new IllegalArgumentException("weight must be in [0, 1], was " + weight);
        detail = Evidence.clean(detail);
    }

    /**
     * The server is well.
     *
     * @return a pass
     */
    public static ProbeResult pass() {
        return PASSED;
    }

    /**
     * The server is not well.
     *
     * @param reason why
     * @param detail evidence in words, without any secret: it is logged
     * @return a failure
     */
    public static ProbeResult fail(Reason reason, String detail) {
        return new ProbeResult(Verdict.FAIL, reason, reason == Reason.CONNECT ? REFUSING : 1, detail);
    }

    /**
     * The server works but wants less.
     *
     * @param weight the share of its configured weight, above 0 and below 1
     * @return a pass with a factor
     */
    public static ProbeResult degraded(double weight) {
        if (!(weight > 0 && weight < 1))
            throw new IllegalArgumentException("weight of a degraded server must be in (0, 1), was " + weight);
        return new ProbeResult(Verdict.DEGRADED, Reason.TOLD, weight, Math.round(100 * weight) + "%");
    }

    /**
     * The server works but wants no new traffic.
     *
     * @return a pass with factor 0
     */
    public static ProbeResult drain() {
        return new ProbeResult(Verdict.DRAIN, Reason.TOLD, 0, "drain");
    }

    /**
     * This process could not ask properly.
     *
     * @param reason {@link Reason#SATURATED} or {@link Reason#PAUSED}
     * @return a result that changes nothing
     */
    public static ProbeResult inconclusive(Reason reason) {
        return new ProbeResult(Verdict.INCONCLUSIVE, reason, 1, "");
    }

    static ProbeResult busy(String detail) {
        return new ProbeResult(Verdict.DEGRADED, Reason.BUSY, BUSY, detail);
    }

    boolean passed() {
        return verdict == Verdict.PASS || verdict == Verdict.DEGRADED || verdict == Verdict.DRAIN;
    }

    boolean failed() {
        return verdict == Verdict.FAIL;
    }

    /** Reason and detail: {@code TIMEOUT after 1000 ms}. */
    String words() {
        return detail.isEmpty() ? reason.toString() : reason + " " + detail;
    }
}
