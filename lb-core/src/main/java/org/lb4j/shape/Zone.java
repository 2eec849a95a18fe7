package org.lb4j.shape;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.lb4j.Roster;
import org.lb4j.Shaper;

/**
 * The own zone first, with spill-over.
 *
 * <p>With a share u of the servers' weight and a share s of the callers, a zone can serve min(1, u/s) of its own calls
 * without a server in it being busier than elsewhere. The rest goes to the zones that have more servers than callers, by how
 * much more.
 */
record Zone(String own, Map<String, Double> callers) implements Shaper {
    private static final int FEWEST_SERVERS = 6;
    /** Less is rounding: a zone would get a weight of next to nothing, and be a full member of every roster. */
    private static final double CRUMB = 1e-9;

    Zone {
        if (own == null) throw new IllegalArgumentException("zone must be given, was null");
        callers = Collections.unmodifiableMap(
                new TreeMap<>(callers)); // in one order, so that sums are the same everywhere
        double sum = 0;
        for (Map.Entry<String, Double> each : callers.entrySet()) {
            if (!(each.getValue() >= 0 && each.getValue() < Double.POSITIVE_INFINITY))
                throw new IllegalArgumentException(
                        "callers of zone " + each.getKey() + " must be finite and at least 0, was " + each.getValue());
            sum += each.getValue();
        }
        if (!callers.isEmpty() && sum == 0) throw new IllegalArgumentException("callers must not all be 0");
    }

    @Override
    public Roster shape(Roster roster) {
        Map<String, Double> servers = servers(roster);
        if (!helps(roster, servers)) return roster;
        Map<String, Double> calls = calls(servers);
        double[] weights = new double[roster.size()];
        for (int i = 0; i < weights.length; i++) {
            String zone = roster.member(i).server().zone();
            double share = of(calls, zone);
            // A zone that serves all calls keeps its weights to the bit, so integral ones stay integral.
            weights[i] = share == 1 ? roster.weight(i) : share == 0 ? 0 : roster.weight(i) * share / of(servers, zone);
        }
        return roster.withWeights(weights);
    }

    private boolean helps(Roster roster, Map<String, Double> servers) {
        boolean anybody = servers.values().stream().anyMatch(share -> share > 0);
        return roster.size() >= FEWEST_SERVERS && servers.size() > 1 && anybody && servers.containsKey(own);
    }

    /** Each zone's share of the weight; 0 for one whose servers are all out. */
    private static Map<String, Double> servers(Roster roster) {
        Map<String, Double> shares = new HashMap<>();
        double sum = 0;
        for (int i = 0; i < roster.size(); i++) {
            shares.merge(roster.member(i).server().zone(), roster.weight(i), Double::sum);
            sum += roster.weight(i);
        }
        double total = sum;
        if (total > 0) shares.replaceAll((zone, weight) -> weight / total);
        return shares;
    }

    /** Each zone's share of our calls. */
    private Map<String, Double> calls(Map<String, Double> servers) {
        double mine = callerShare(own, servers);
        double local = mine == 0 || of(servers, own) > mine - CRUMB ? 1 : of(servers, own) / mine;
        Map<String, Double> calls = new HashMap<>();
        if (local < 1) {
            double spare = 0;
            double others = 0;
            for (String zone : servers.keySet()) {
                if (zone.equals(own)) continue;
                spare += spare(zone, servers);
                others += of(servers, zone);
            }
            for (String zone : servers.keySet()) {
                if (zone.equals(own)) continue;
                double part = spare > 0 ? spare(zone, servers) / spare : of(servers, zone) / others;
                calls.put(zone, (1 - local) * part);
            }
        }
        calls.put(own, local);
        return calls;
    }

    private double spare(String zone, Map<String, Double> servers) {
        double spare = of(servers, zone) - callerShare(zone, servers);
        return spare > CRUMB ? spare : 0;
    }

    private double callerShare(String zone, Map<String, Double> servers) {
        if (callers.isEmpty()) return 1.0 / servers.size();
        double sum = 0;
        for (double each : callers.values()) sum += each;
        return of(callers, zone) / sum;
    }

    private static double of(Map<String, Double> shares, String zone) {
        return shares.getOrDefault(zone, 0.0);
    }

    @Override
    public String toString() {
        return "zone(" + own + ")";
    }
}
