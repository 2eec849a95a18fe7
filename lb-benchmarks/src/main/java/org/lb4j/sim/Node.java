package org.lb4j.sim;

import org.lb4j.Server;

/**
 * A server of a scenario.
 *
 * @param slots calls it works on at once; more wait in its queue
 * @param speed how fast each slot is when it is well
 * @param weight what clients are told of it
 * @param zone where it stands; empty: no matter
 * @param timeline what happens to it; multiplies the speed
 */
record Node(int slots, double speed, int weight, String zone, Timeline timeline) {
    static Node of(int slots) {
        return new Node(slots, 1, 1, "", Timeline.WELL);
    }

    Node slots(int slots) {
        return new Node(slots, speed, weight, zone, timeline);
    }

    Node speed(double speed) {
        return new Node(slots, speed, weight, zone, timeline);
    }

    Node weight(int weight) {
        return new Node(slots, speed, weight, zone, timeline);
    }

    Node zone(String zone) {
        return new Node(slots, speed, weight, zone, timeline);
    }

    /** From then on it is as said. */
    Node then(double seconds, Condition condition) {
        return new Node(slots, speed, weight, zone, timeline.then(seconds, condition));
    }

    /** In between it is as said, and well again afterwards. */
    Node during(double from, double to, Condition condition) {
        return then(from, condition).then(to, Condition.WELL);
    }

    double capacity() {
        return slots * speed;
    }

    /** As clients see it; the port says which it is. */
    Server server(int index) {
        return Server.builder("10.0.0.1:" + (index + 1))
                .weight(weight)
                .zone(zone)
                .build();
    }

    static int index(Server server) {
        return server.port() - 1;
    }
}
