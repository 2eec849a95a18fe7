package org.lb4j.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.lb4j.Server;
import org.lb4j.ServerSource;

final class PollTest {
    private static final Server A = Server.of("10.0.0.1:8080");
    private static final Server B = Server.of("10.0.0.2:8080");

    private final List<Collection<Server>> told = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private Callable<Collection<Server>> answer = () -> List.of(A);
    private final Poll poll = new Poll(() -> answer.call(), listener(), new Pace(Duration.ofSeconds(30), () -> 0.5));

    @Test
    void aListIsToldWhenItChanges() {
        poll.ask();
        poll.ask();
        assertThat(told).containsExactly(List.of(A));
        answer = () -> List.of(A, B);
        poll.ask();
        assertThat(told).containsExactly(List.of(A), List.of(A, B));
    }

    @Test
    void aFailureIsToldAndAskedAgainSoon() {
        answer = () -> {
            throw new IOException("registry is down");
        };
        assertThat(List.of(poll.ask(), poll.ask(), poll.ask())).containsExactly(seconds(1), seconds(2), seconds(4));
        for (int i = 0; i < 100; i++) assertThat(poll.ask()).isLessThanOrEqualTo(seconds(30));
        assertThat(failures).hasSize(103);
        assertThat(told).isEmpty();
        answer = () -> List.of(A);
        assertThat(poll.ask()).isEqualTo(seconds(30));
        answer = () -> {
            throw new IOException("down again");
        };
        assertThat(poll.ask()).isEqualTo(seconds(1));
    }

    @Test
    void anEmptyListIsToldEachTimeAndAskedAgainSoon() {
        answer = List::of;
        assertThat(poll.ask()).isEqualTo(seconds(1));
        assertThat(poll.ask()).isEqualTo(seconds(2));
        assertThat(told).hasSize(2);
    }

    @Test
    void nothingThatALookupDoesEndsTheThread() {
        answer = () -> {
            throw new AssertionError("a bug");
        };
        poll.ask();
        answer = () -> null;
        poll.ask();
        answer = () -> Arrays.asList(A, null);
        poll.ask();
        assertThat(failures).hasSize(3);
    }

    @Test
    void intervalsVaryByAFifth() {
        assertThat(new Pace(Duration.ofSeconds(10), () -> 0).afterSuccess()).isEqualTo(seconds(8));
        assertThat(new Pace(Duration.ofSeconds(10), () -> 0.999999).afterSuccess())
                .isBetween(seconds(12) - 100_000, seconds(12));
        assertThatThrownBy(() -> Sources.polling(() -> List.of(A)).every(Duration.ofMillis(9)))
                .hasMessage("interval must be in [10 ms, 1 day], was PT0.009S");
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private ServerSource.Listener listener() {
        return new ServerSource.Listener() {
            @Override
            public void servers(Collection<Server> all) {
                told.add(List.copyOf(all));
            }

            @Override
            public void failed(Throwable cause) {
                failures.add(cause);
            }
        };
    }
}
