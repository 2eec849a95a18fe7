package org.lb4j.sim;

/**
 * How long a message takes one way.
 *
 * @param inside milliseconds within a zone
 * @param across milliseconds from zone to zone
 */
record Network(double inside, double across) {
    static final Network LOCAL = new Network(0.25, 0.25);

    long nanos(String from, String to) {
        return Math.round((from.equals(to) ? inside : across) * 1e6);
    }
}
