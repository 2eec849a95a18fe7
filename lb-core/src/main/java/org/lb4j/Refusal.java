package org.lb4j;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why nobody could be picked, in words: {@code no server: 12 known, 0 eligible (7 ejected, 5 failing checks)}. */
final class Refusal {
    private Refusal() {}

    static String ofAll(Standing[] standings, Roster roster) {
        Map<Hold, Integer> held = new EnumMap<>(Hold.class);
        int weightless = 0;
        int eligible = 0;
        for (int i = 0; i < standings.length; i++) {
            Hold first = firstHold(standings[i].holds());
            if (roster.weight(i) > 0) eligible++;
            else if (first != null) held.merge(first, 1, Integer::sum);
            else weightless++;
        }
        StringBuilder why = new StringBuilder();
        // Ejected and failing first: they are what somebody will look for.
        for (Hold hold : new Hold[] {Hold.OUTLIER, Hold.CHECK, Hold.DRAIN, Hold.ADMIN})
            if (held.containsKey(hold))
                why.append(", ").append(held.get(hold)).append(' ').append(hold.words());
        if (weightless > 0) why.append(", ").append(weightless).append(" of weight 0");
        String counts = "no server: " + standings.length + " known, " + eligible + " eligible";
        return why.length() == 0 ? counts : counts + " (" + why.substring(2) + ")";
    }

    static String ofOne(String serverId, @Nullable Standing standing, SelectionContext context) {
        String start = "no server: only " + serverId + " was asked for, which is ";
        if (standing == null) return start + "not known";
        if (context.excludes(standing.member())) return start + "excluded";
        int holds = standing.holds() & ~Hold.DRAIN.bit(); // which does not matter
        return start + (holds == 0 ? "not usable" : words(holds));
    }

    private static String words(int holds) {
        return Arrays.stream(Hold.values())
                .filter(hold -> hold.in(holds))
                .map(Hold::words)
                .collect(Collectors.joining(" and "));
    }

    /** The one that counts, of several: ADMIN before DRAIN before CHECK before OUTLIER. */
    private static @Nullable Hold firstHold(int holds) {
        for (Hold hold : Hold.values()) if (hold.in(holds)) return hold;
        return null;
    }
}
