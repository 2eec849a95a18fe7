package org.lb4j.algorithm;

import org.lb4j.Roster;

/**
 * Draws an index in proportion to weight, in one step whatever the weights (Vose's alias method): n columns of equal width,
 * each shared by at most two owners.
 */
final class AliasTable {
    private static final double ONE = 0x1p32;

    /**
     * High half: the part of each column that is its own, of 2^32. Low half: whose the rest is. A full column is its own
     * alias, so 2^32 need not fit. One word, as a pick waits for memory and for nothing else.
     */
    private final long[] columns;

    AliasTable(Roster roster) {
        this(roster.weights());
    }

    AliasTable(double[] weights) {
        int n = weights.length;
        columns = new long[n];
        double total = 0;
        for (double weight : weights) total += weight;
        double[] rest = new double[n];
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < n; i++) {
            rest[i] = weights[i] / total * n;
            if (rest[i] < 1) small[smalls++] = i;
            else large[larges++] = i;
        }
        while (smalls > 0 && larges > 0) {
            int poor = small[--smalls];
            int rich = large[larges - 1];
            own(poor, rest[poor], rich);
            rest[rich] -= 1 - rest[poor];
            if (rest[rich] < 1) {
                larges--;
                small[smalls++] = rich;
            }
        }
        while (larges > 0) own(large[--larges], 1, large[larges]);
        while (smalls > 0) own(small[--smalls], 1, small[smalls]); // rounding only
    }

    private void own(int column, double part, int other) {
        long whole = Math.round(part * ONE);
        columns[column] = Math.min(whole, 0xffffffffL) << 32 | (whole > 0xffffffffL ? column : other);
    }

    int size() {
        return columns.length;
    }

    /** The high half of the bits chooses the column, the low half the owner. */
    int index(long bits) {
        int column = Range.high(bits, columns.length);
        long own = columns[column];
        long rest = (bits & 0xffffffffL) - (own >>> 32) >> 63; // -1: its own; no branch, as nobody could foretell it
        return (int) (own ^ (own ^ column) & rest);
    }

    /** The share of all draws that falls to an index, exactly; for tests. */
    double share(int index) {
        double sum = 0;
        for (int column = 0; column < columns.length; column++) {
            double own = (columns[column] >>> 32) / ONE;
            if (column == index) sum += own;
            if ((int) columns[column] == index) sum += 1 - own;
        }
        return sum / columns.length;
    }
}
