package org.lb4j.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.lb4j.ServerPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the caller of a builder may supply: timers, chance, listeners. What is not supplied is made. */
final class Around {
    private final List<Consumer<HealthEvent>> listeners = new ArrayList<>();
    private @Nullable ScheduledExecutorService scheduler;
    private @Nullable RandomGenerator random;
    private @Nullable Logger log;

    void scheduler(ScheduledExecutorService scheduler) {
        this.scheduler = given("scheduler", scheduler);
    }

    void random(RandomGenerator random) {
        this.random = given("random", random);
    }

    void listener(Consumer<HealthEvent> listener) {
        listeners.add(given("listener", listener));
    }

    void log(Logger log) {
        this.log = log;
    }

    Surroundings open(ServerPool pool, Class<?> who) {
        Logger logger = log != null ? log : LoggerFactory.getLogger(who);
        Announcer announcer = new Announcer(logger, pool.ticker(), listeners);
        // The dice of a thread may be used by that thread alone: asked for anew each time.
        RandomGenerator dice =
                random != null ? random : () -> ThreadLocalRandom.current().nextLong();
        OwnTimers own = scheduler == null ? new OwnTimers("health-" + pool.name()) : null;
        ScheduledExecutorService timers = scheduler != null ? scheduler : own;
        return new Surroundings(pool.ticker(), Objects.requireNonNull(timers), own, dice, announcer, logger);
    }

    private static <T> T given(String what, @Nullable T value) {
        if (value == null) throw new IllegalArgumentException(what + " must be given, was null");
        return value;
    }
}
