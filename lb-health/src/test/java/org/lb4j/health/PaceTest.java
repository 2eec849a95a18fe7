package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.health.testing.ManualScheduler;
import org.lb4j.testing.ManualTicker;

/** When servers are asked. */
final class PaceTest {
    @Test
    void h23CheckersThatStartTogetherDoNotAskTogether() {
        ManualTicker ticker = new ManualTicker();
        ManualScheduler scheduler = new ManualScheduler(ticker);
        List<List<Long>> asked = new ArrayList<>();
        Server[] servers = World.servers(World.names(50));
        for (int i = 0; i < servers.length; i++) asked.add(new ArrayList<>());
        Probe probe = (server, timeout) -> {
            asked.get(Integer.parseInt(server.host().substring(1))).add(ticker.nanos());
            return World.done(ProbeResult.pass());
        };
        Random seeds = new Random(World.SEED);
        List<HealthChecker> checkers = new ArrayList<>();
        long start = ticker.nanos();
        for (int client = 0; client < 200; client++) {
            ServerPool pool =
                    ServerPool.builder().ticker(ticker).servers(servers).build();
            checkers.add(HealthChecker.builder(pool, probe)
                    .scheduler(scheduler)
                    .random(new Random(seeds.nextLong()))
                    .start());
        }
        scheduler.advance(java.time.Duration.ofSeconds(60));
        /* 200 clients / 5 s = 20 in 500 ms. Beyond the first wave the count of a window is about Poisson with that mean, up to
         * 1.7 times it in the second wave; 50 or more then has a chance below 10^-4 in any of 50 x 120 windows, and the seed
         * is fixed. */
        double mean = 200 / 5.0 * 0.5;
        for (List<Long> times : asked)
            assertThat(busiestWindow(times, start + 1_200_000_000L)).isLessThanOrEqualTo((int) (2.5 * mean));
        checkers.forEach(HealthChecker::close);
    }

    private static int busiestWindow(List<Long> times, long from) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.size(); last++) {
            while (times.get(last) - times.get(first) >= 500_000_000L) first++;
            if (times.get(first) >= from) most = Math.max(most, last - first + 1);
        }
        return most;
    }

    @Test
    void healthyBusyServersAreAskedOneTimeInSeven() {
        World world = new World("a", "b");
        HealthChecker checker = world.checker();
        Traffic traffic = new Traffic(world);
        traffic.run(10, 700);
        // 140 ticks, one in seven sent, and the first
        assertThat(world.asked("a")).isBetween(17, 24);
        assertThat(checker.stats().suppressed()).isGreaterThan(200);
        int before = world.asked("a");
        world.seconds(70); // idle: asked each time
        assertThat(world.asked("a") - before).isBetween(11, 18);
    }

    @Test
    void oneFailedCallEndsSuppressionAndTheThirdInARowAsksAtOnce() {
        World world = new World("a", "b");
        world.checker();
        Traffic traffic = new Traffic(world);
        traffic.run(10, 20);
        int before = world.asked("a");
        for (int i = 0; i < 3; i++) world.call("a", Outcome.FAILURE);
        world.scheduler.runDue();
        assertThat(world.asked("a")).isEqualTo(before + 1);
        world.call("a", Outcome.SUCCESS);
        for (int i = 0; i < 3; i++) world.call("a", Outcome.FAILURE);
        world.scheduler.runDue();
        assertThat(world.asked("a")).isEqualTo(before + 1); // at most one such each 500 ms
        world.seconds(0.5);
        for (int i = 0; i < 10; i++) world.call("a", Outcome.FAILURE);
        world.scheduler.runDue();
        assertThat(world.asked("a")).isEqualTo(before + 2); // the fourth asks, then: this row has not yet
    }

    @Test
    void failingCallsOfAServerThatIsDownDoNotHastenItsProbes() {
        World world = new World(ServerPool.builder().panicThreshold(0.9), "a", "b");
        world.checker();
        world.fails("a");
        while (world.events(HealthEvent.Kind.DOWN).isEmpty()) world.seconds(0.1);
        int before = world.asked("a");
        for (int i = 0; i < 10; i++) world.call("a", Outcome.FAILURE);
        world.scheduler.runDue();
        assertThat(world.pool.member("a:80").failureLoad(world.now())).isPositive(); // panic let them through
        assertThat(world.asked("a")).isEqualTo(before);
    }

    @Test
    void anAnswerInTimeCountsHoweverLongAListenerOfOursTakes() {
        World world = new World("a", "b", "c");
        java.util.Map<String, CompletableFuture<ProbeResult>> probes = new java.util.HashMap<>();
        boolean[] busy = new boolean[1];
        HealthChecker checker = world.checker(
                (server, timeout) -> probes.computeIfAbsent(server.host(), host -> new CompletableFuture<>()),
                settings -> settings.listener(event -> {
                    if (busy[0]) return;
                    busy[0] = true;
                    world.scheduler.standStill(java.time.Duration.ofMillis(50)); // 950 ms: two come in time
                    probes.get("b").complete(ProbeResult.pass());
                    probes.get("c").complete(ProbeResult.fail(Reason.STATUS, "status 500"));
                    world.scheduler.standStill(java.time.Duration.ofMillis(200)); // and are looked at too late
                }));
        for (String name : new String[] {"a", "b", "c"}) {
            var unused = checker.probeNow(name + ":80");
        }
        world.seconds(0.9);
        probes.get("a").complete(ProbeResult.pass());
        world.seconds(0);
        assertThat(checker.status().get(1).last()).isEqualTo(ProbeResult.pass());
        assertThat(checker.status().get(2).last().reason()).isEqualTo(Reason.STATUS);
        checker.close();
    }

    @Test
    void aServerThatUsesWordsIsAlwaysAsked() {
        World world = new World("a", "b");
        world.answersInTurn("a", HealthWords.read("up"), ProbeResult.pass());
        world.checker();
        new Traffic(world).run(10, 200);
        assertThat(world.asked("a")).isGreaterThan(30);
        assertThat(world.asked("b")).isLessThan(20);
    }

    @Test
    void aPauseOfThisProcessIsNoEvidenceAndNoBurst() {
        World world = World.of(100);
        for (int i = 0; i < 100; i++) world.hangs("s" + i);
        HealthChecker checker = world.checker(settings -> settings.fall(1));
        world.untilAsked("s0", 1);
        int flying = checker.stats().inFlight();
        assertThat(flying).isPositive();
        int asked = world.probes.values().stream().mapToInt(List::size).sum();
        world.scheduler.standStill(java.time.Duration.ofMinutes(10));
        world.scheduler.runDue();
        assertThat(world.events(HealthEvent.Kind.PAUSED))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).isEqualTo(Reason.PAUSED));
        assertThat(checker.stats().inconclusive()).isEqualTo(flying);
        assertThat(world.events(HealthEvent.Kind.DOWN)).isEmpty();
        world.seconds(0.1);
        int after = world.probes.values().stream().mapToInt(List::size).sum();
        assertThat(after - asked).isLessThan(40); // spread over 1.2 s, and never more than maxInFlight
    }

    @Test
    void h21NothingHereReadsTheWallClock() throws java.io.IOException {
        // So that a jump of it can neither cause a burst nor a transition: time is the pool's ticker alone.
        try (var sources = java.nio.file.Files.walk(java.nio.file.Path.of("src", "main", "java"))) {
            for (var source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList())
                assertThat(java.nio.file.Files.readString(source))
                        .as(source.toString())
                        .doesNotContain("currentTimeMillis", "nanoTime", "Instant", "java.time.Clock", "LocalDate");
        }
    }
}
