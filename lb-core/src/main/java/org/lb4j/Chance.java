package org.lb4j;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.lb4j.hash.Mix;

/** A pool's dice: each thread's own, or one seeded sequence for tests and simulations. Lock-free. */
final class Chance {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L; // SplitMix64's step

    private final @Nullable AtomicLong seeded;

    Chance(@Nullable Long seed) {
        seeded = seed == null ? null : new AtomicLong(seed);
    }

    long next() {
        AtomicLong state = seeded;
        return state == null ? ThreadLocalRandom.current().nextLong() : Mix.mix(state.addAndGet(GOLDEN));
    }
}
