package org.lb4j.bench;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The load balancers of others, if this jar was built with them. They stand in source folder of their own and are found by
 * name, so that this build needs none of them.
 */
final class Peers {
    static final String ABSENT = "peers: not in this jar, build with -Ppeers";
    private static final String CATALOGUE = "org.lb4j.bench.peers.Peer";

    private Peers() {}

    /** What has to be measured for these rows; empty: there are no peers here. */
    static List<PeerSpot> spots(List<Goal> goals) {
        Class<?> catalogue;
        try {
            catalogue = Class.forName(CATALOGUE);
        } catch (ClassNotFoundException absent) {
            return List.of();
        }
        Set<String> seen = new TreeSet<>();
        List<PeerSpot> spots = new ArrayList<>();
        for (Object peer : catalogue.getEnumConstants())
            for (Goal goal : goals) {
                PeerSpot spot = new PeerSpot(
                        ((Enum<?>) peer).name(),
                        told(peer, "family"),
                        told(peer, "what"),
                        told(peer, "weights"),
                        goal.size(),
                        goal.threads());
                if (spot.answers(goal) && seen.add(spot.toString())) spots.add(spot);
            }
        return spots;
    }

    private static String told(Object peer, String about) {
        try {
            Method method = peer.getClass().getMethod(about);
            return (String) method.invoke(peer);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the peers in this jar are of another build", e);
        }
    }
}
