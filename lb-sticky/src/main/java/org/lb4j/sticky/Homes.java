package org.lb4j.sticky;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lb4j.Member;
import org.lb4j.hash.Mix;
import org.lb4j.hash.Xxh64;

/**
 * The order in which each key likes the servers: weighted rendezvous over all members, held ones too. One server more takes
 * its share of the keys from all others and moves no other key. Immutable, made when members change.
 */
final class Homes {
    /* Configured weights, not effective ones, and whether a member is held does not matter: so ejection, probes and slow
     * start change nobody's order, and processes that see different health still agree on it. Nor do tiers and zones (D27).
     * Members stand in order of their ids, so that neither a tie nor a sum depends on the order of the list. */
    private final Member[] members;
    private final long[] hashes;
    private final double[] weights;
    private final double total;
    private final boolean uniform;
    private final Map<String, Integer> index = new HashMap<>();

    private Homes(List<Listed> sorted, @Nullable Homes before) {
        int n = sorted.size();
        this.members = new Member[n];
        this.hashes = new long[n];
        this.weights = new double[n];
        double sum = 0;
        boolean equal = true;
        for (int i = 0; i < n; i++) {
            members[i] = sorted.get(i).member();
            String id = sorted.get(i).id();
            int weight = sorted.get(i).server().weight();
            hashes[i] = Xxh64.hash(id);
            weights[i] = weight > 0 || before == null ? weight : before.weight(id); // 0 is a drain: the last one counts
            sum += weights[i];
            equal &= weights[i] == weights[0] && weights[i] > 0;
            index.put(id, i);
        }
        this.total = sum;
        this.uniform = equal;
    }

    static Homes of(Collection<Listed> members, @Nullable Homes before) {
        return new Homes(
                members.stream().sorted(Comparator.comparing(Listed::id)).toList(), before);
    }

    private double weight(String id) {
        Integer at = index.get(id);
        return at == null ? 0 : weights[at];
    }

    /** A server's share of all weight; 0 if it is not known yet. */
    double share(String id) {
        return total == 0 ? 0 : weight(id) / total;
    }

    /** Where a key is at home; null: there is nobody. */
    @Nullable
    Member home(long key) {
        return first(key, anybody -> true);
    }

    /** The first one in the key's order that fits; null: none does. */
    @Nullable
    Member first(long key, Predicate<Member> fits) {
        return uniform ? firstOfEqual(key, fits) : firstByWeight(key, fits);
    }

    /** The largest hash wins: no logarithm. */
    private @Nullable Member firstOfEqual(long key, Predicate<Member> fits) {
        Member best = null;
        long most = 0;
        for (int i = 0; i < members.length; i++) {
            long hash = Mix.mix(key ^ hashes[i]);
            if (best != null && Long.compareUnsigned(hash, most) <= 0 || !fits.test(members[i])) continue;
            best = members[i];
            most = hash;
        }
        return best;
    }

    private @Nullable Member firstByWeight(long key, Predicate<Member> fits) {
        Member best = null;
        double most = 0; // so that weight 0 never wins
        for (int i = 0; i < members.length; i++) {
            double score = score(weights[i], Mix.mix(key ^ hashes[i]));
            if (score <= most || !fits.test(members[i])) continue;
            best = members[i];
            most = score;
        }
        return best;
    }

    /** -w / ln(u), u in (0, 1); StrictMath, so that all machines agree to the last bit. */
    private static double score(double weight, long hash) {
        double u = ((hash >>> 12) + 0.5) * 0x1p-52;
        return -weight / StrictMath.log(u);
    }
}
