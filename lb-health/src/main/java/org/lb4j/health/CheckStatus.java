package org.lb4j.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/**
 * How one server stands with its checker: for people and metrics, see {@link HealthChecker#status()}.
 *
 * <pre>{@code
 * try (HealthChecker checker = HealthChecker.start(pool, TcpProbe.connect())) {
 *     for (CheckStatus each : checker.status()) System.out.println(each);
 * }
 * }</pre>
 *
 * @param server the server
 * @param state how it stands
 * @param since since when, by the pool's ticker
 * @param evidence why, in words
 * @param streak probes in a row that contradict the state: failures of one that is up, passes of one that is down
 * @param factor what the checker asks for, in [0, 1]
 * @param last its last result; null before the first
 * @param lastNanos when that came, by the pool's ticker
 * @param gap from the start of its last probe to its next
 */
public record CheckStatus(
        Server server,
        CheckState state,
        long since,
        String evidence,
        int streak,
        double factor,
        @Nullable ProbeResult last,
        long lastNanos,
        Duration gap) {}
