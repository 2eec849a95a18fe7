package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Outcome;
import org.lb4j.PoolEvent;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** Pools and their views share servers, holds and factors; what was set must not stay when whoever set it is gone. */
final class ClaimsTest {
    private final World world = new World("a", "b", "c", "d");

    private ServerPool view(String... hosts) {
        return world.pool.where(server -> List.of(hosts).contains(server.host()));
    }

    private HealthChecker checker(ServerPool pool) {
        return HealthChecker.builder(pool, world.probe)
                .scheduler(world.scheduler)
                .start();
    }

    private OutlierDetector detector(ServerPool pool) {
        return OutlierDetector.builder(pool).scheduler(world.scheduler).start();
    }

    @Test
    void aPoolAndItsViewHaveOneCheckerAndOneDetectorBetweenThem() {
        ServerPool view = view("a", "b");
        HealthChecker checker = checker(world.pool);
        OutlierDetector detector = detector(view);
        assertThatThrownBy(() -> checker(view))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("server a:80 of this pool already has a HealthChecker, of a pool or view that shares it");
        assertThatThrownBy(() -> detector(world.pool))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "server a:80 of this pool already has an OutlierDetector, of a pool or view that shares it");
        checker.close();
        detector.close();
        checker(view).close();
        detector(world.pool).close();
    }

    @Test
    void viewsThatShareNoServerMayHaveOneEach() {
        ServerPool one = view("a", "b");
        ServerPool other = view("c", "d");
        try (HealthChecker first = checker(one);
                HealthChecker second = checker(other);
                OutlierDetector third = detector(one);
                OutlierDetector fourth = detector(other)) {
            world.fails("c");
            world.seconds(30);
            assertThat(world.held("c", Hold.CHECK)).isTrue();
            assertThat(first.status()).hasSize(2);
            assertThat(second.status()).hasSize(2);
            assertThat(third.status()).hasSize(2);
            assertThat(fourth.status()).hasSize(2);
        }
    }

    @Test
    void aViewThatEndsBeforeItsCheckerLeavesNothingBehind() {
        ServerPool view = view("a", "b");
        HealthChecker checker = checker(view);
        world.fails("a");
        world.answers("b", ProbeResult.degraded(0.5));
        world.seconds(30);
        assertThat(world.held("a", Hold.CHECK)).isTrue();
        view.close();
        checker.close();
        assertThat(world.held("a", Hold.CHECK)).isFalse();
        assertThat(world.weight("b")).isEqualTo(1);
    }

    @Test
    void aViewThatEndsBeforeItsDetectorLeavesNothingBehind() {
        ServerPool view = view("a", "b", "c");
        OutlierDetector detector = detector(view);
        world.seconds(0);
        for (int i = 0; i < 20; i++) {
            world.call("a", Outcome.FAILURE);
            world.seconds(0.05);
        }
        assertThat(world.held("a", Hold.OUTLIER)).isTrue();
        view.close();
        detector.close();
        assertThat(world.held("a", Hold.OUTLIER)).isFalse();
    }

    @Test
    void aServerThatLeavesAViewAndIsBackIsWatchedAgain() {
        ServerPool view = world.pool.where(server -> !server.tags().containsKey("parked"));
        HealthChecker checker = checker(view);
        detector(view);
        world.seconds(10);
        parkA();
        world.seconds(20);
        assertThat(checker.status()).hasSize(3);
        world.pool.update(List.of(World.servers("a", "b", "c", "d")));
        world.seconds(10);
        int asked = world.asked("a");
        for (int i = 0; i < 3; i++) world.call("a", Outcome.FAILURE);
        world.seconds(0);
        assertThat(world.asked("a")).isEqualTo(asked + 1);
        for (int i = 0; i < 20; i++) {
            world.seconds(0.05);
            world.call("a", Outcome.FAILURE);
        }
        world.seconds(0);
        assertThat(world.held("a", Hold.OUTLIER)).isTrue();
    }

    @Test
    void anEjectionMeantForAServerThatMovesAtThatMomentIsNotThatOfItsSuccessor() {
        Server moved = Server.builder("elsewhere:81").id("a:80").build();
        boolean[] moving = new boolean[1];
        ServerPool view = world.pool.where(server -> {
            // As another thread might, when the detector has seen that it is the same and has not yet written its hold.
            if (moving[0] && server.host().equals("a") && inside(Findings.class)) {
                moving[0] = false;
                world.pool.update(List.of(moved, Server.of("b:80"), Server.of("c:80"), Server.of("d:80")));
            }
            return true;
        });
        detector(view);
        world.seconds(10);
        moving[0] = true;
        for (int i = 0; i < 20 && moving[0]; i++) {
            world.call("a", Outcome.FAILURE);
            world.seconds(0.05);
        }
        assertThat(moving[0]).isFalse();
        world.seconds(1);
        assertThat(world.pool.member("a:80").server()).isEqualTo(moved);
        assertThat(world.held("a", Hold.OUTLIER)).isFalse();
    }

    private static boolean inside(Class<?> type) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(each -> each.getClassName().equals(type.getName())));
    }

    @Test
    void whatWasSetOnAServerThatLeavesAViewIsTakenBackAndItBeginsAfreshWhenItIsBack() {
        ServerPool view = world.pool.where(server -> !server.tags().containsKey("parked"));
        HealthChecker checker = checker(view);
        detector(view);
        world.seconds(10);
        for (int i = 0; i < 20; i++) {
            world.call("a", Outcome.FAILURE);
            world.seconds(0.05);
        }
        world.answers("a", HealthWords.read("maint"));
        checker.heard(world.pool.member("a:80").server(), "50%");
        world.seconds(10);
        assertThat(world.held("a", Hold.OUTLIER)).isTrue();
        assertThat(world.held("a", Hold.CHECK)).isTrue();
        assertThat(world.weight("a")).isZero();
        parkA();
        world.seconds(1);
        assertThat(world.pool.member("a:80").holds()).isZero();
        assertThat(world.weight("a")).isEqualTo(1);
        world.passes("a");
        world.pool.update(List.of(World.servers("a", "b", "c", "d")));
        world.seconds(5);
        assertThat(world.pool.member("a:80").holds()).isZero();
        assertThat(world.pool.status().get(0).onTrial()).isFalse();
        assertThat(checker.status().get(0).state()).isEqualTo(CheckState.UP);
    }

    @Test
    void oneThatLeavesAViewWhileItIsOnTrialIsOnTrialNoMore() {
        ServerPool view = world.pool.where(server -> !server.tags().containsKey("parked"));
        detector(view);
        world.seconds(1);
        for (int i = 0; i < 20; i++) {
            world.call("a", Outcome.FAILURE);
            world.seconds(0.05);
        }
        for (int i = 0; i < 200 && !world.pool.status().get(0).onTrial(); i++) world.seconds(0.1);
        assertThat(world.pool.status().get(0).onTrial()).isTrue();
        parkA();
        world.seconds(1);
        assertThat(world.pool.status().get(0).onTrial()).isFalse();
        assertThat(world.pool.member("a:80").holds()).isZero();
    }

    private void parkA() {
        Server parked = Server.builder("a:80").tag("parked", "yes").build();
        world.pool.update(List.of(parked, Server.of("b:80"), Server.of("c:80"), Server.of("d:80")));
    }

    @Test
    void aCheckerThatClosesWhileAServerJoinsLeavesItUnheld() {
        HealthChecker[] checker = new HealthChecker[1];
        boolean[] joining = new boolean[1];
        world.pool.onChange(event -> joining[0] = event.kind() == PoolEvent.Kind.ADDED); // told before the checker is
        ServerPool view = world.pool.where(server -> {
            if (joining[0] && server.host().equals("e")) {
                joining[0] = false;
                checker[0].close(); // as another thread might, while the checker makes up its mind to hold this one
            }
            return true;
        });
        checker[0] = HealthChecker.builder(view, world.probe)
                .scheduler(world.scheduler)
                .initial(Initial.DOWN)
                .start();
        world.seconds(10);
        world.pool.update(List.of(World.servers("a", "b", "c", "d", "e")));
        assertThatThrownBy(checker[0].probeNow("e:80")::join).hasMessageContaining("this checker is closed");
        assertThat(world.held("e", Hold.CHECK)).isFalse();
    }

    @Test
    void aCheckerThatCanNotStartLeavesNoThreadAndNoClaim() {
        NewThreads threads = new NewThreads();
        HttpProbe impossible = HttpProbe.get("/").expectBody("x".repeat(2000));
        assertThatThrownBy(() -> HealthChecker.start(world.pool, impossible))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an expected text must fit into the window of 1024 bytes, had 2000");
        ServerPool closed = ServerPool.of("x:80");
        closed.close();
        assertThatThrownBy(() -> HealthChecker.start(closed, TcpProbe.connect()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(threads.alive()).isEmpty();
        checker(world.pool).close();
    }
}
