package org.lb4j;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one server of a pool is doing: for people and metrics, see {@link ServerPool#status()}.
 *
 * <pre>{@code
 * for (ServerStatus each : pool.status()) log(each.server() + " is held by " + each.holds());
 * }</pre>
 *
 * @param server the server
 * @param effectiveWeight its share of new traffic, after holds, factors, tiers and shapers; 0: none
 * @param inFlight calls in flight
 * @param latency the mean latency of good calls; null: unknown; measured if the
 *     algorithm looks at latency, else from the first time that a status is asked for
 * @param holds what holds it
 * @param heldSince since when, by the pool's ticker, one entry for each of {@code holds}
 * @param onTrial whether it is ejected and on trial
 * @param leaked calls whose lease was lost
 * @param unsaid calls whose lease was closed without a verdict
 * @param badReports load reports that could not be read
 */
public record ServerStatus(
        Server server,
        double effectiveWeight,
        int inFlight,
        @Nullable Duration latency,
        Set<Hold> holds,
        Map<Hold, Long> heldSince,
        boolean onTrial,
        long leaked,
        long unsaid,
        long badReports) {
    static ServerStatus of(Standing standing, double weight, long now) {
        Member member = standing.member();
        Set<Hold> holds = EnumSet.noneOf(Hold.class);
        Map<Hold, Long> since = new EnumMap<>(Hold.class);
        for (Hold hold : Hold.values()) {
            if (!hold.in(standing.holds())) continue;
            holds.add(hold);
            since.put(hold, standing.heldSince().of(hold));
        }
        double mean = member.anyLatency(now);
        return new ServerStatus(
                standing.server(),
                weight,
                member.inFlight(),
                Double.isNaN(mean) ? null : Duration.ofNanos((long) mean),
                holds,
                since,
                standing.tried(),
                member.mishaps().leakedCalls(),
                member.mishaps().unsaidCalls(),
                member.mishaps().unreadableReports());
    }

    /** Copies what may be written. */
    public ServerStatus {
        holds = Set.copyOf(holds);
        heldSince = Map.copyOf(heldSince);
    }
}
