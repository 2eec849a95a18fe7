package org.lb4j;

/** Since when each hold is set; what it says of a hold that is not set has no meaning. */
record HeldSince(long admin, long drain, long check, long outlier) {
    static final HeldSince NONE = new HeldSince(0, 0, 0, 0);

    HeldSince with(Hold reason, long now) {
        return switch (reason) {
            case ADMIN -> new HeldSince(now, drain, check, outlier);
            case DRAIN -> new HeldSince(admin, now, check, outlier);
            case CHECK -> new HeldSince(admin, drain, now, outlier);
            case OUTLIER -> new HeldSince(admin, drain, check, now);
        };
    }

    long of(Hold reason) {
        return switch (reason) {
            case ADMIN -> admin;
            case DRAIN -> drain;
            case CHECK -> check;
            case OUTLIER -> outlier;
        };
    }
}
