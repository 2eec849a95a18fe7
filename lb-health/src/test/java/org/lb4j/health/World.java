package org.lb4j.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lb4j.Hold;
import org.lb4j.NoServerAvailableException;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.health.HealthEvent.Kind;
import org.lb4j.health.testing.ManualScheduler;
import org.lb4j.testing.ManualTicker;

/** A pool in virtual time, servers that answer their probes as they are told, and all events. Server ids are a:80, b:80 ... */
final class World {
    static final long SEED = 20_261_120L;

    final ManualTicker ticker = new ManualTicker();
    final ManualScheduler scheduler = new ManualScheduler(ticker);
    final List<HealthEvent> events = new ArrayList<>();
    final Map<String, Function<Integer, CompletableFuture<ProbeResult>>> answers = new HashMap<>();
    final Map<String, List<Long>> probes = new HashMap<>();
    final ServerPool pool;
    private final Selector any;

    /** Answers as told, and writes down when each server was asked. */
    final Probe probe = (server, timeout) -> {
        List<Long> asked = probes.computeIfAbsent(server.id(), id -> new ArrayList<>());
        asked.add(now());
        return answers.getOrDefault(server.id(), n -> done(ProbeResult.pass())).apply(asked.size());
    };

    World(ServerPool.Builder settings, String... names) {
        pool = settings.ticker(ticker).seed(SEED).servers(servers(names)).build();
        any = pool.selector(Algorithms.roundRobin());
    }

    World(String... names) {
        this(ServerPool.builder(), names);
    }

    static World of(int servers) {
        return new World(names(servers));
    }

    static String[] names(int servers) {
        String[] names = new String[servers];
        for (int i = 0; i < servers; i++) names[i] = "s" + i;
        return names;
    }

    static Server[] servers(String... names) {
        return Arrays.stream(names).map(name -> Server.of(name + ":80")).toArray(Server[]::new);
    }

    static CompletableFuture<ProbeResult> done(ProbeResult result) {
        return CompletableFuture.completedFuture(result);
    }

    /** From now on, until told otherwise. */
    void answers(String name, ProbeResult result) {
        answers.put(name + ":80", n -> done(result));
    }

    void fails(String name) {
        answers(name, ProbeResult.fail(Reason.STATUS, "status 500"));
    }

    void passes(String name) {
        answers(name, ProbeResult.pass());
    }

    void hangs(String name) {
        answers.put(name + ":80", n -> new CompletableFuture<>());
    }

    /** One result after the other, the last one for ever. */
    void answersInTurn(String name, ProbeResult... results) {
        int before = asked(name);
        answers.put(name + ":80", n -> done(results[Math.min(n - before, results.length) - 1]));
    }

    int asked(String name) {
        return probes.getOrDefault(name + ":80", List.of()).size();
    }

    HealthChecker checker(Consumer<HealthChecker.Builder> settings) {
        return checker(probe, settings);
    }

    HealthChecker checker(Probe asked, Consumer<HealthChecker.Builder> settings) {
        HealthChecker.Builder builder = HealthChecker.builder(pool, asked)
                .scheduler(scheduler)
                .random(new Random(SEED))
                .listener(events::add);
        settings.accept(builder);
        return builder.start();
    }

    HealthChecker checker() {
        return checker(settings -> {});
    }

    long now() {
        return ticker.nanos();
    }

    void seconds(double seconds) {
        scheduler.advance(Duration.ofNanos((long) (seconds * 1e9)));
    }

    /** Until that server was asked so many times in all. */
    void untilAsked(String name, int times) {
        for (int i = 0; i < 100_000 && asked(name) < times; i++) seconds(0.05);
        scheduler.runDue();
    }

    List<HealthEvent> events(Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).toList();
    }

    boolean held(String name, Hold hold) {
        return hold.in(pool.member(name + ":80").holds());
    }

    double weight(String name) {
        return pool.status().stream()
                .filter(status -> status.server().id().equals(name + ":80"))
                .findFirst()
                .orElseThrow()
                .effectiveWeight();
    }

    /** How many of so many picks fall to each server. */
    Map<String, Integer> picks(int picks) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < picks; i++) counts.merge(any.next().host(), 1, Integer::sum);
        return counts;
    }

    /** One call of a server that ends like that, at once; nothing if it may not be called. */
    void call(String name, Outcome outcome) {
        try {
            any.acquire(SelectionContext.only(name + ":80")).end(outcome);
        } catch (NoServerAvailableException out) {
            return;
        }
    }
}
