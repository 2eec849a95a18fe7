package org.lb4j.health;

/**
 * What a detector has done so far.
 *
 * <pre>{@code
 * try (OutlierDetector detector = OutlierDetector.start(pool)) {
 *     OutlierStats stats = detector.stats();
 *     System.out.println(stats.enforced() + " of " + stats.detected() + " ejections carried out");
 * }
 * }</pre>
 *
 * @param detected ejections decided
 * @param enforced ejections carried out: all, or in a dry run none
 * @param returned servers that came back
 * @param overflows servers that should have been ejected when too many were out
 * @param correlated how often servers failed together
 * @param out servers that are out now
 * @param allowance servers that may be out at once
 */
public record OutlierStats(
        long detected, long enforced, long returned, long overflows, long correlated, int out, int allowance) {}
