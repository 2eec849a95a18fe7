package org.lb4j.sticky;

import java.time.Clock;
import java.time.Instant;

/** A wall clock that counts minutes since 2026 began, in UTC; three bytes of them last until 2057. */
final class Minutes {
    private static final long EPOCH_SECOND =
            Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

    private final Clock clock;

    Minutes(Clock clock) {
        this.clock = clock;
    }

    /** Now; a clock that is far off gives the nearest date that a token can say. */
    int now() {
        long minutes = Math.floorDiv(clock.instant().getEpochSecond() - EPOCH_SECOND, 60L);
        return (int) Math.max(0, Math.min(Token.MAX_DATE, minutes));
    }
}
