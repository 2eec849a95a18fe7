package org.lb4j.bench;

/**
 * One measured figure.
 *
 * @param nanos an operation
 * @param error half of the 99.9 % confidence interval; NaN if there is none
 * @param bytes allocated an operation
 */
record Figure(double nanos, double error, double bytes) {}
