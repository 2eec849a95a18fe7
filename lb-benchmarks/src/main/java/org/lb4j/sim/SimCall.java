package org.lb4j.sim;

/**
 * One call: the same for every contender, whatever they do with it.
 *
 * @param start when its client began it
 * @param client whose
 * @param work nanoseconds of a server of speed 1
 */
record SimCall(long start, int client, double work) {}
