package org.lb4j.health;

/** Who is an outlier: three rules, any of which is enough. The settings may change at any time. */
final class OutlierRules {
    /** Of 20 calls all failed: lower bound 20 / (20 + 9) = 0.69. Of 10: 0.53, too near to the threshold to be sure. */
    static final int ABSOLUTE_CALLS = 20;

    /* z = 3 and 20 calls for the relative rule find a little more, but at 10 % errors and 25 calls a window have 17 false
     * sweeps an hour; with these: none there, at most 0.33 in thirteen mixes of 10 to 200 servers and 1 to 40 % errors. */
    static final int RELATIVE_CALLS = 50;

    static final double ABSOLUTE_Z = 3;
    static final double RELATIVE_Z = 4;

    /** base^streak below 10^-8: at 1 % errors 4 failures in a row, at 10 % 8, at 40 % 21. */
    private static final double STREAK_EXPONENT = 8;

    private volatile OutlierSettings settings;

    OutlierRules(OutlierSettings settings) {
        this.settings = settings;
    }

    OutlierSettings settings() {
        return settings;
    }

    void settings(OutlierSettings next) {
        settings = next;
    }

    /** Most of its calls surely fail. */
    boolean absolute(long failures, long calls) {
        return calls >= ABSOLUTE_CALLS && Wilson.lower(failures, calls, ABSOLUTE_Z) > settings.threshold();
    }

    /** It surely fails more than the median of all; NaN: there is none. */
    boolean relative(long failures, long calls, double median) {
        if (calls < RELATIVE_CALLS) return false;
        double limit = median + settings.margin();
        return failures > limit * calls && Wilson.lower(failures, calls, RELATIVE_Z) > limit; // it is below the rate
    }

    /**
     * So many failures in a row are no chance. The time is there because one broken connection can fail fifty calls in a
     * millisecond, the base because with 40 % errors everywhere five in a row are nothing.
     */
    boolean streak(int failures, long nanos, double base) {
        OutlierSettings now = settings;
        if (failures < now.streak() || nanos < now.streakTime().toNanos()) return false;
        return base == 0 || failures * -Math.log10(base) >= STREAK_EXPONENT;
    }
}
