package org.lb4j;

import org.jspecify.annotations.Nullable;

/**
 * What a server says of its own load, as it stood in the {@code endpoint-load-metrics} header of a response (ORCA, text
 * form): {@code TEXT cpu_utilization=0.3,rps_fractional=50,eps=2}.
 *
 * <pre>{@code
 * for (Member member : pool.members()) {
 *     LoadReport last = member.report();
 *     if (last != null) log(member.server() + " is used to " + last.utilization());
 * }
 * }</pre>
 *
 * @param utilization {@code application_utilization}, else {@code cpu_utilization}; above 0
 * @param rate {@code rps_fractional}, calls a second; above 0, or NaN if not given
 * @param errors {@code eps}, failures a second; 0 if not given
 * @param since when this server's reports began, after the last silence of three minutes
 * @param at when this one came
 */
public record LoadReport(double utilization, double rate, double errors, long since, long at) {
    /** A server that has been silent for so long has no known load: 3 min. */
    private static final long EXPIRY_NANOS = 180_000_000_000L;

    /**
     * Whether it is too old to be believed.
     *
     * @param now the pool's ticker
     * @return true after three minutes
     */
    public boolean expired(long now) {
        return now - at > EXPIRY_NANOS;
    }

    /**
     * Whether weights can be made of it: both the load and the rate that caused it are known.
     *
     * @return false if it gave no rate
     */
    public boolean complete() {
        return rate > 0;
    }

    /**
     * What is known of a server after one more report: the new one, or the old one if the new one says less. Null: nothing.
     *
     * @throws IllegalArgumentException if the text is no report
     */
    static @Nullable LoadReport after(@Nullable LoadReport before, CharSequence text, long now) {
        LoadReportParser fields = new LoadReportParser();
        if (!fields.parse(text)) throw new IllegalArgumentException("not a load report in text form");
        LoadReport known = before == null || before.expired(now) ? null : before;
        double utilization = fields.application > 0 ? fields.application : fields.cpu;
        if (!(utilization > 0)) return known;
        double rate = fields.rate > 0 ? fields.rate : Double.NaN;
        double errors = Math.max(0, fields.errors);
        LoadReport next = new LoadReport(utilization, rate, errors, known == null ? now : known.since, now);
        return known != null && known.complete() && !next.complete() ? known : next;
    }
}
