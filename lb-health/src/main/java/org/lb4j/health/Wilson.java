package org.lb4j.health;

/**
 * The lower end of the Wilson score interval: how many calls of a hundred fail at least, when so few were seen. 20 of 20
 * failed: at least 69 % (z = 3). 1 of 1 failed: at least 10 %.
 */
final class Wilson {
    /* Unlike p minus some standard deviations, it is right for few calls and at p = 0 and 1. E. B. Wilson, Probable
     * inference, the law of succession, and statistical inference, JASA 22 (1927). */
    private Wilson() {}

    /** @param z how sure: 3 errs once in 740, 4 once in 31,600 (one-sided, normal) */
    static double lower(long failures, long calls, double z) {
        if (calls == 0) return 0;
        double n = calls;
        double p = failures / n;
        double z2 = z * z;
        double spread = z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
        return (p + z2 / (2 * n) - spread) / (1 + z2 / n);
    }
}
