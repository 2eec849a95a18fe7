package org.lb4j.bench;

/**
 * A peer to be measured.
 *
 * @param peer its name in the enum of peers
 * @param family the contender of ours that it is held against
 * @param what {@code next}, {@code nextByKey} or {@code call}
 * @param weights equal or skewed
 * @param size servers
 * @param threads at once
 */
record PeerSpot(String peer, String family, String what, String weights, int size, int threads) {
    Spot spot() {
        return new Spot(peer, what, size, "", threads);
    }

    boolean answers(Goal goal) {
        return goal.contender().id().equals(family)
                && goal.what().equals(what)
                && goal.size() == size
                && goal.threads() == threads
                && goal.weights().equals(weights);
    }
}
