package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What contradicts itself, or is not there, is refused at once and in words. */
final class SettingsTest {
    private static final OutlierSettings OUTLIERS = OutlierSettings.defaults();

    private static void refused(ThrowingCallable what, String message) {
        assertThatIllegalArgumentException().isThrownBy(what).withMessage(message);
    }

    @Test
    void headCanNotExpectABodyInWhateverOrderItIsSaid() {
        String message = "HEAD has no body, so expectBody and healthText can not be met";
        HttpProbe get = HttpProbe.get("/");
        refused(() -> get.head().expectBody("ok"), message);
        refused(() -> get.expectBody("ok").head(), message);
        refused(() -> get.head().healthText(), message);
        refused(() -> get.healthText().head(), message);
    }

    @Test
    void aTextMayBeSetBeforeTheWindowThatHoldsIt() {
        String text = "x".repeat(1500);
        World world = new World("a");
        for (HttpProbe probe : new HttpProbe[] {
            HttpProbe.get("/").expectBody(text).window(4096),
            HttpProbe.get("/").window(4096).expectBody(text)
        }) world.checker(probe, settings -> {}).close();
        refused(
                () -> world.checker(HttpProbe.get("/").expectBody(text), settings -> {}),
                "an expected text must fit into the window of 1024 bytes, had 1500");
    }

    @Test
    void theLongestGapIsNotShorterThanTheInterval() {
        World world = new World("a");
        refused(
                () -> world.checker(
                        settings -> settings.interval(Duration.ofSeconds(60)).maxInterval(Duration.ofSeconds(45))),
                "maxInterval must be at least interval, 60000 ms, was 45000 ms");
        HealthChecker checker = world.checker(settings -> settings.interval(Duration.ofMinutes(1)));
        assertThat(checker)
                .hasToString("checker of pool default, every 60000 ms (in doubt 1000, down up to 60000), "
                        + "timeout 1000 ms, fall 3, rise 2, initially UP, at most 64 in flight, suppression");
    }

    @Test
    void nullIsRefusedByName() {
        refused(() -> OUTLIERS.withStreak(5, null), "streakTime must not be negative, was null");
        refused(() -> OUTLIERS.withEjection(null, Duration.ofSeconds(1)), "ejection must be above 0, was null");
        refused(
                () -> OUTLIERS.withEjection(Duration.ofSeconds(1), null),
                "maxEjection must be at least ejection, PT1S, was null");
        refused(() -> OUTLIERS.withTrials(1, null), "permitFor must be above 0, was null");
        refused(() -> HttpProbe.get("/").expectBody((String) null), "expected text must be given, was null");
        refused(() -> HttpProbe.get("/").expectHeader("X", null), "header value must be given, was null");
        refused(() -> TcpProbe.connect().send(null), "bytes must be given, were null");
        refused(() -> TcpProbe.connect().expect(null), "expected prefix must be given, was null");
    }
}
