package org.lb4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a pool should be, told as plainly as the rules are, and slowly: to compare the real one with. */
final class PoolModel {
    private static final Set<Hold> SOFT = EnumSet.of(Hold.CHECK, Hold.OUTLIER);

    private final double threshold;
    private final double overprovision;
    private Map<String, Entry> entries = new LinkedHashMap<>();
    private boolean panic;

    PoolModel(double threshold, double overprovision) {
        this.threshold = threshold;
        this.overprovision = overprovision;
    }

    private static final class Entry {
        Server server;
        final Set<Hold> holds = EnumSet.noneOf(Hold.class);
        final Map<String, Double> factors = new TreeMap<>();

        Entry(Server server) {
            this.server = server;
        }

        double weight() {
            double weight = server.weight();
            for (double factor : factors.values()) weight *= factor;
            return weight;
        }

        boolean well() {
            return holds.isEmpty();
        }

        boolean softlyHeld() {
            return !well() && SOFT.containsAll(holds);
        }
    }

    void update(List<Server> servers) {
        Map<String, Entry> next = new LinkedHashMap<>();
        for (Server server : servers) {
            Entry entry = entries.getOrDefault(server.id(), new Entry(server));
            if (!entry.server.hostPort().equals(server.hostPort())) {
                entry.holds.removeAll(SOFT);
                entry.factors.clear();
            }
            entry.server = server;
            next.put(server.id(), entry);
        }
        entries = next;
        decidePanic();
    }

    boolean hold(String id, Hold reason) {
        if (!entries.containsKey(id)) return false;
        entries.get(id).holds.add(reason);
        decidePanic();
        return true;
    }

    boolean release(String id, Hold reason) {
        if (!entries.containsKey(id)) return false;
        entries.get(id).holds.remove(reason);
        decidePanic();
        return true;
    }

    boolean scale(String id, String source, double factor) {
        if (!entries.containsKey(id)) return false;
        entries.get(id).factors.put(source, factor);
        decidePanic();
        return true;
    }

    boolean panic() {
        return panic;
    }

    Set<Hold> holds(String id) {
        return entries.get(id).holds;
    }

    /** Every effective weight, in the order of the list. */
    Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (Entry each : entries.values()) weights.put(each.server.id(), 0.0);
        List<List<Entry>> tiers = tiers();
        double[] loads = loads(tiers);
        double total = 0;
        for (int p = 0; p < loads.length; p++) if (loads[p] > 0) total += eligible(tiers.get(p));
        for (int p = 0; p < loads.length; p++)
            for (Entry each : tiers.get(p)) {
                boolean in = each.well() || panic && each.softlyHeld();
                double weight = panic ? each.weight() : loads[p] * each.weight() / eligible(tiers.get(p)) * total;
                if (in && loads[p] > 0 && each.weight() > 0) weights.put(each.server.id(), weight);
            }
        return weights;
    }

    /** Each tier takes what it can of what is left. */
    private double[] loads(List<List<Entry>> tiers) {
        double[] loads = new double[tiers.size()];
        double sum = tiers.stream().mapToDouble(this::carries).sum();
        double rest = 1;
        for (int p = 0; p < loads.length; p++) {
            loads[p] = panic ? 1 : sum == 0 ? 0 : Math.min(rest, carries(tiers.get(p)) / Math.min(1, sum));
            if (!panic) rest = rest - loads[p] < 1e-12 ? 0 : rest - loads[p];
        }
        return loads;
    }

    private void decidePanic() {
        List<List<Entry>> known =
                tiers().stream().filter(each -> known(each) > 0).toList();
        boolean enough = known.stream().mapToDouble(this::carries).sum() >= 1;
        double bar = panic && threshold > 0 ? threshold + 0.1 : threshold;
        panic = !known.isEmpty() && !enough && known.stream().allMatch(each -> share(each) < bar);
    }

    private List<List<Entry>> tiers() {
        return new ArrayList<>(entries.values().stream()
                .sorted(Comparator.comparingInt(each -> each.server.priority()))
                .collect(Collectors.groupingBy(each -> each.server.priority(), TreeMap::new, Collectors.toList()))
                .values());
    }

    private static double eligible(List<Entry> tier) {
        return tier.stream().filter(Entry::well).mapToDouble(Entry::weight).sum();
    }

    private static double known(List<Entry> tier) {
        return eligible(tier)
                + tier.stream()
                        .filter(Entry::softlyHeld)
                        .mapToDouble(Entry::weight)
                        .sum();
    }

    private static double share(List<Entry> tier) {
        return known(tier) == 0 ? 0 : eligible(tier) / known(tier);
    }

    private double carries(List<Entry> tier) {
        return Math.min(1, overprovision * share(tier));
    }
}
