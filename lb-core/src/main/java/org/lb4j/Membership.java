package org.lb4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who is in a pool, and how each stands. Immutable: neither array nor map is written after construction. */
final class Membership {
    static final Membership EMPTY = new Membership(new Standing[0], Map.of());

    private final Standing[] standings;
    private final Map<String, Integer> index;

    private Membership(Standing[] standings, Map<String, Integer> index) {
        this.standings = standings;
        this.index = index;
    }

    static Membership of(List<Standing> standings) {
        Map<String, Integer> index = new HashMap<>(standings.size() * 2);
        for (int i = 0; i < standings.size(); i++)
            index.put(standings.get(i).server().id(), i);
        return new Membership(standings.toArray(Standing[]::new), index);
    }

    int size() {
        return standings.length;
    }

    /** Not to be written. */
    Standing[] standings() {
        return standings;
    }

    /** Negative: there is none. */
    int indexOf(String serverId) {
        return index.getOrDefault(serverId, -1);
    }

    @Nullable
    Standing find(String serverId) {
        Integer at = index.get(serverId);
        return at == null ? null : standings[at];
    }

    /** The same members, these ones standing otherwise. */
    Membership with(Map<String, Standing> changed) {
        Standing[] next = standings.clone();
        for (Map.Entry<String, Standing> each : changed.entrySet()) {
            Integer at = index.get(each.getKey());
            if (at != null) next[at] = each.getValue();
        }
        return new Membership(next, index);
    }

    Membership where(Predicate<Server> subset) {
        List<Standing> chosen = new ArrayList<>();
        for (Standing each : standings) if (subset.test(each.server())) chosen.add(each);
        return chosen.size() == standings.length ? this : of(chosen);
    }

    int inFlight() {
        int sum = 0;
        for (Standing each : standings) sum += each.member().inFlight();
        return sum;
    }
}
