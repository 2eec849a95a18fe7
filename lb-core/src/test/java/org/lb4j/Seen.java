package org.lb4j;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What can be seen of a pool or a selector, by id. */
final class Seen {
    /** More than enough to meet every one of a few servers: the chance to miss one of ten is below 10^-13. */
    private static final int ENOUGH = 300;

    private Seen() {}

    /** Who gets traffic. */
    static Set<String> by(Selector selector) {
        return by(selector, SelectionContext.none());
    }

    static Set<String> by(Selector selector, SelectionContext context) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < ENOUGH; i++) ids.add(selector.next(context).id());
        return ids;
    }

    /** Effective weights, in the order of the list. */
    static Map<String, Double> weights(ServerPool pool) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (ServerStatus each : pool.status()) weights.put(each.server().id(), each.effectiveWeight());
        return weights;
    }

    static ServerStatus status(ServerPool pool, String id) {
        return pool.status().stream()
                .filter(each -> each.server().id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
