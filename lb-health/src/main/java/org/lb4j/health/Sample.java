package org.lb4j.health;

/** One server's window at one moment. */
record Sample(long calls, long failures, long rejections) {
    static final Sample NONE = new Sample(0, 0, 0);

    static Sample of(CallCounts counts) {
        long calls = Math.max(0, counts.calls());
        if (calls == 0) return NONE;
        long failures = Math.min(calls, counts.failures());
        return new Sample(calls, failures, Math.min(calls - failures, counts.rejections()));
    }

    boolean known() {
        return calls >= OutlierRules.ABSOLUTE_CALLS;
    }

    double rate() {
        return (double) failures / calls;
    }

    double rateWithRejections() {
        return (double) failuresAndRejections() / calls;
    }

    long failuresAndRejections() {
        return failures + rejections;
    }
}
