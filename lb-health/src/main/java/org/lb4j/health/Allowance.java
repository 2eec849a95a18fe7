package org.lb4j.health;

import java.util.List;

/**
 * Whether one more server may be out: at most a share of all, of which one always may; and never the last one in traffic,
 * whoever took out the others. 0.34 of 2 servers: 1; of 5: 1; of 6: 2; of 10: 3.
 */
final class Allowance {
    private final int allowed;
    private int out;
    private int inTraffic;

    Allowance(List<Watched> all, double share) {
        int n = all.size();
        allowed = n < 2 ? 0 : Math.max(1, Math.min((int) (share * n), n - 1));
        for (Watched each : all) {
            if (!each.serving()) out++;
            else if (each.member().inTraffic()) inTraffic++;
        }
    }

    /** Counted as it would be after the ejection; true takes its place. */
    boolean allows(Watched one) {
        int left = one.member().inTraffic() ? inTraffic - 1 : inTraffic;
        if (out + 1 > allowed || left < 1) return false;
        out++;
        inTraffic = left;
        return true;
    }

    int allowed() {
        return allowed;
    }

    int out() {
        return out;
    }

    String words() {
        return out + " out, " + allowed + " allowed, " + inTraffic + " in traffic";
    }
}
