package org.lb4j.algorithm;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.lb4j.hash.Xxh64;

/** Maglev's table: which member of a line-up owns a hash. */
final class MaglevTable {
    /* Two bytes an entry while they hold the number of a member: 131 KB instead of 262, and what fits into the cache of a
     * core is what makes a pick fast. */
    private final char @Nullable [] narrow;
    private final int[] wide; // empty beside a narrow one
    private final Remainder remainder;

    private MaglevTable(int[] owners, int members) {
        boolean fits = members <= Character.MAX_VALUE + 1;
        narrow = fits ? new char[owners.length] : null;
        if (narrow != null) for (int i = 0; i < narrow.length; i++) narrow[i] = (char) owners[i];
        wide = fits ? new int[0] : owners;
        remainder = new Remainder(owners.length);
    }

    /** Filled in order of the members' names, which is what makes it the same everywhere. */
    static MaglevTable of(Lineup lineup, int size) {
        Integer[] order = new Integer[lineup.size()];
        Arrays.setAll(order, i -> i);
        String[] names = lineup.names();
        Arrays.sort(order, Comparator.comparing(i -> names[i])); // stable: of one name the lower id comes first
        int[] offsets = new int[order.length], skips = new int[order.length];
        double[] weights = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            String name = names[order[i]];
            offsets[i] = (int) Long.remainderUnsigned(Xxh64.hash(name), size);
            skips[i] = (int) Long.remainderUnsigned(Xxh64.hash(name, 1), size - 1) + 1;
            weights[i] = lineup.weight(order[i]);
        }
        int[] owners = MaglevFill.owners(offsets, skips, weights, size);
        for (int entry = 0; entry < size; entry++) owners[entry] = order[owners[entry]];
        return new MaglevTable(owners, order.length);
    }

    int owner(long hash) {
        int entry = (int) remainder.of(hash);
        char[] narrow = this.narrow;
        return narrow != null ? narrow[entry] : wide[entry];
    }
}
