package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lb4j.Hold;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.health.HealthEvent.Kind;

/** What servers say of themselves. */
final class WordsTest {
    private final World world = new World("a", "b", "c", "d");

    @ParameterizedTest
    @CsvSource({
        "75%, DEGRADED, 0.75",
        "weight:50%, DEGRADED, 0.5",
        "0%, DRAIN, 0",
        "drain, DRAIN, 0",
        "maint # disk, FAIL, 0",
        "down # disk, FAIL, 1",
        "stopped, FAIL, 1",
        "up, PASS, 1",
        "READY, PASS, 1",
        "100%, PASS, 1",
        "up 75%, DEGRADED, 0.75",
        "'up,drain', DRAIN, 0",
        "degraded, DEGRADED, 0.25",
        "'75%\tmaxconn:30\r\nup', DEGRADED, 0.75",
    })
    void h30WordsAreUnderstood(String words, Verdict verdict, double weight) {
        ProbeResult result = HealthWords.read(words);
        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.weight()).isEqualTo(weight);
        assertThat(result.reason()).isEqualTo(Reason.TOLD);
    }

    @Test
    void h30NoiseIsIgnored() {
        assertThat(HealthWords.read("")).isNull();
        assertThat(HealthWords.read("maxconn:30 hello 150% weight:x% %")).isNull();
        assertThat(HealthWords.read("x".repeat(10_240))).isNull();
        assertThat(HealthWords.read("x ".repeat(5000) + "drain")).isNull(); // beyond 256 characters
        assertThat(HealthWords.read("x".repeat(250) + " upright")).isNull(); // cut in two
        assertThat(HealthWords.read("\n drain")).isNull();
    }

    @Test
    void h30APercentageIsTheWeightUpIsAllOfItAndNoiseIsNoEvent() {
        HealthChecker checker = world.checker();
        world.answersInTurn("a", HealthWords.read("75%"), HealthWords.read("up"));
        world.untilAsked("a", 1);
        assertThat(world.weight("a")).isEqualTo(0.75);
        world.untilAsked("a", 2);
        assertThat(world.weight("a")).isEqualTo(1);
        world.seconds(10);
        int events = world.events.size();
        checker.heard(world.pool.member("a:80").server(), "x ".repeat(5120));
        world.seconds(10);
        assertThat(world.events).hasSize(events);
        assertThat(world.weight("a")).isEqualTo(1);
    }

    @Test
    void textFromAServerIsCutAndCleaned() {
        ProbeResult result = HealthWords.read("down # \u001b[31mred\u0007 \u202e" + "y".repeat(200));
        assertThat(result.detail()).startsWith("down: [31mred y").hasSize(80);
    }

    @Test
    void aWordNeverMakesAFailingProbePass() {
        ProbeResult failed = ProbeResult.fail(Reason.STATUS, "status 500");
        assertThat(HealthWords.worse(failed, HealthWords.read("up"))).isEqualTo(failed);
        assertThat(HealthWords.worse(failed, HealthWords.read("drain"))).isEqualTo(failed);
        assertThat(HealthWords.worse(failed, HealthWords.read("maint")).weight())
                .isZero();
        ProbeResult busy = ProbeResult.busy("status 429");
        assertThat(HealthWords.worse(busy, HealthWords.read("75%"))).isEqualTo(busy);
        assertThat(HealthWords.worse(busy, HealthWords.read("drain")).verdict()).isEqualTo(Verdict.DRAIN);
    }

    @Test
    void h28ADrainingServerGetsNoNewPicksWhileStickyAndRunningCallsGoOn() {
        Selector selector = world.pool.selector(Algorithms.roundRobin());
        var running = selector.acquire(SelectionContext.only("a:80"));
        world.checker();
        world.seconds(10);
        world.answers("a", ProbeResult.drain());
        world.seconds(10);
        assertThat(world.picks(30)).containsOnlyKeys("b", "c", "d");
        assertThat(selector.next(SelectionContext.none().preferring("a:80")).host())
                .isEqualTo("a");
        assertThat(world.events(Kind.DRAINING)).hasSize(1);
        assertThat(world.pool.member("a:80").holds()).isZero();
        running.success();
        world.passes("a");
        world.seconds(10);
        assertThat(world.picks(40)).containsEntry("a", 10);
    }

    @Test
    void h28APersonsDrainIsNotEndedByAProbe() {
        world.checker();
        world.pool.hold("a:80", Hold.DRAIN);
        world.answersInTurn("a", ProbeResult.drain(), ProbeResult.pass());
        world.seconds(30);
        assertThat(world.held("a", Hold.DRAIN)).isTrue();
        assertThat(world.picks(30)).containsOnlyKeys("b", "c", "d");
    }

    @Test
    void oneThatDrainsAndThenDiesGetsNoTrafficInBetween() {
        world.checker();
        world.seconds(10);
        world.answers("a", ProbeResult.drain());
        world.seconds(10);
        world.answers("a", ProbeResult.fail(Reason.CONNECT, "refused"));
        for (int i = 0; i < 100; i++) {
            world.seconds(0.3);
            assertThat(world.picks(8)).doesNotContainKey("a");
        }
        assertThat(world.events(Kind.DOWN)).hasSize(1);
    }

    @Test
    void h30OneInMaintenanceIsNotUsedInPanic() {
        world.answers("a", HealthWords.read("maint # disk"));
        for (String name : new String[] {"b", "c", "d"}) world.fails(name);
        world.checker();
        world.seconds(30);
        assertThat(world.pool.panic()).isTrue();
        assertThat(world.picks(30)).containsOnlyKeys("b", "c", "d");
        assertThat(world.events(Kind.DOWN)).anySatisfy(event -> {
            assertThat(event.evidence()).isEqualTo("it said maint: disk");
            assertThat(event.reason()).isEqualTo(Reason.TOLD);
        });
    }

    @Test
    void oneInMaintenanceThatIsSwitchedOffIsNotUsedInPanicUntilItPassesOrSaysOtherwise() {
        for (ProbeResult next : new ProbeResult[] {ProbeResult.pass(), HealthWords.read("down")}) {
            World world = new World("a", "b", "c", "d");
            world.answers("a", HealthWords.read("maint"));
            for (String name : new String[] {"b", "c", "d"}) world.fails(name);
            world.checker(settings -> settings.rise(100));
            world.seconds(30);
            world.answers("a", ProbeResult.fail(Reason.CONNECT, "refused"));
            world.seconds(60);
            assertThat(world.picks(30)).containsOnlyKeys("b", "c", "d");
            world.answers("a", next);
            world.seconds(60);
            assertThat(world.picks(40)).containsEntry("a", 10);
        }
    }

    @Test
    void h30SomeDrainAndTheRestFailIsPanicOverTheRest() {
        world.answers("a", ProbeResult.drain());
        world.answers("b", ProbeResult.drain());
        world.fails("c");
        world.fails("d");
        world.checker();
        world.seconds(30);
        assertThat(world.pool.panic()).isTrue();
        assertThat(world.picks(30)).containsOnlyKeys("c", "d");
    }

    @Test
    void inPanicOneThatRefusesConnectionsCountsATenth() {
        world.answers("a", ProbeResult.fail(Reason.CONNECT, "refused"));
        for (String name : new String[] {"b", "c", "d"}) world.fails(name);
        world.checker();
        world.seconds(30);
        assertThat(world.weight("a")).isEqualTo(0.1);
        assertThat(world.weight("b")).isEqualTo(1);
    }

    @Test
    void aWordInAnyResponseIsHeardAndLasts60Seconds() {
        HealthChecker checker = world.checker();
        world.seconds(10);
        checker.heard(world.pool.member("a:80").server(), "50%");
        world.seconds(0);
        assertThat(world.weight("a")).isEqualTo(0.5);
        assertThat(world.events(Kind.DEGRADED)).hasSize(1);
        world.seconds(59);
        assertThat(world.weight("a")).isEqualTo(0.5);
        world.seconds(2);
        assertThat(world.weight("a")).isEqualTo(1);
        checker.heard(world.pool.member("a:80").server(), "drain");
        world.seconds(2);
        checker.heard(world.pool.member("a:80").server(), "up");
        world.seconds(0);
        assertThat(world.weight("a")).isEqualTo(1);
    }

    @Test
    void anotherWordOfTheSameKindIsSeenInTheStatus() {
        HealthChecker checker = world.checker();
        world.seconds(10);
        checker.heard(world.pool.member("a:80").server(), "75%");
        world.seconds(0);
        long since = checker.status().get(0).since();
        world.seconds(5);
        checker.heard(world.pool.member("a:80").server(), "50% # busier");
        world.seconds(0);
        CheckStatus status = checker.status().get(0);
        assertThat(status.factor()).isEqualTo(0.5);
        assertThat(status.evidence()).isEqualTo("it said 50%: busier");
        assertThat(status.since()).isEqualTo(since);
    }

    @Test
    void oneHeardToDrainAndThenToBeDownCountsInPanic() {
        HealthChecker checker = world.checker(settings -> settings.suppression(false));
        world.seconds(10);
        for (String word : new String[] {"drain", "down"}) {
            checker.heard(world.pool.member("a:80").server(), word);
            world.seconds(0);
        }
        assertThat(world.held("a", Hold.CHECK)).isTrue();
        assertThat(world.pool.member("a:80").weight()).isEqualTo(1); // by its last word, so panic may use it
        assertThat(checker.status().get(0).factor()).isEqualTo(1);
    }

    @Test
    void aBodyCutInsideAWordDoesNotSayAnotherOne() {
        for (int window : new int[] {16, 1024}) {
            java.util.List<byte[]> texts = window == 16 ? java.util.List.of(new byte[] {'x'}) : java.util.List.of();
            BodyReader reader = new BodyReader(texts, window, true, ProbeResult.pass());
            String line = "x".repeat(250) + " drains no more";
            ProbeResult result =
                    reader.take(java.nio.ByteBuffer.wrap(line.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            assertThat(result == null ? reader.end() : result).isEqualTo(ProbeResult.pass());
        }
    }

    @Test
    void aTextBeyondTheWindowIsNotFoundThoughTheLineOfWordsIsLonger() {
        BodyReader reader = new BodyReader(java.util.List.of(new byte[] {'z'}), 16, true, ProbeResult.pass());
        assertThat(reader.take(java.nio.ByteBuffer.wrap(
                        ("x".repeat(16) + "z\n").getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isNull();
        assertThat(reader.end().detail()).isEqualTo("expected text 1 of 1 is not in the first 16 bytes");
    }

    @Test
    void oneHeardToBeDownIsOutUntilProbesPass() {
        HealthChecker checker = world.checker(settings -> settings.suppression(false));
        world.seconds(10);
        int asked = world.asked("a");
        checker.heard(world.pool.member("a:80").server(), "down");
        world.seconds(0);
        assertThat(world.held("a", Hold.CHECK)).isTrue();
        world.untilAsked("a", asked + 1);
        assertThat(world.held("a", Hold.CHECK)).isTrue();
        world.untilAsked("a", asked + 2);
        assertThat(world.held("a", Hold.CHECK)).isFalse();
    }
}
