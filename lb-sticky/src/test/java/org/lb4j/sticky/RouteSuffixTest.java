package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.sticky.StickyOutcome.HIT;
import static org.lb4j.sticky.StickyOutcome.MISS_INVALID;
import static org.lb4j.sticky.StickyOutcome.MOVED_DRAINING;
import static org.lb4j.sticky.StickyOutcome.MOVED_UNAVAILABLE;
import static org.lb4j.sticky.StickyOutcome.NEW;
import static org.lb4j.sticky.StickyOutcome.OVERLOADED;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Hold;
import org.lb4j.Lease;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.testing.Pools;

final class RouteSuffixTest {
    private final World world = new World("a", "b", "c");
    private final RouteSuffix route = RouteSuffix.after('.');

    RouteSuffixTest() {
        List<Server> servers = new ArrayList<>();
        for (int i = 1; i <= 3; i++)
            servers.add(Server.builder("10.0.0." + i + ":80")
                    .id("s" + i)
                    .tag("route", "node" + i)
                    .build());
        servers.add(Server.of("10.0.0.4:80"));
        world.pool.update(servers);
    }

    @Test
    void b19TheRouteBringsTheServerOfThatTagElseOfThatId() {
        for (int i = 0; i < 5; i++) {
            assertThat(serve("A1B2.node1")).isEqualTo(answer("s1", HIT));
            assertThat(serve("C3.node2")).isEqualTo(answer("s2", HIT));
            assertThat(serve("C3.s3")).isEqualTo(answer("s3", HIT));
            assertThat(serve("C3.10.0.0.4:80")).isEqualTo(answer("10.0.0.4:80", HIT));
        }
        assertThat(route.count(HIT)).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A1B2", "A1B2.gone", "A1B2.", ".", "A1.node1.node2", "A1.NODE1", "http://10.0.0.9:80"})
    void b19WhatNamesNoServerIsAMiss(String id) {
        World.Answer answer = serve(id);
        assertThat(answer.outcome()).isEqualTo(MISS_INVALID);
        assertThat(world.pool.member(answer.server())).isNotNull();
    }

    @ParameterizedTest
    @NullAndEmptySource
    void noIdIsPlainBalancing(String id) {
        assertThat(serve(id).outcome()).isEqualTo(NEW);
    }

    @Test
    void haproxysPrefixPrecedesTheMark() {
        RouteSuffix prefix = RouteSuffix.before('~');
        assertThat(world.serve(prefix.visit(world.pool, "node2~A1~B2"))).isEqualTo(answer("s2", HIT));
        assertThat(world.serve(prefix.visit(world.pool, "A1B2")).outcome()).isEqualTo(MISS_INVALID);
    }

    @Test
    void aServerThatIsHeldOrDrainedLosesItsSessions() {
        world.pool.hold("s1", Hold.CHECK);
        assertThat(serve("A1.node1").outcome()).isEqualTo(MOVED_UNAVAILABLE);
        world.pool.hold("s2", Hold.DRAIN);
        assertThat(serve("A1.node2")).isEqualTo(answer("s2", HIT));
        world.advance(Duration.ofMinutes(30));
        assertThat(serve("A1.node2").outcome()).isEqualTo(MOVED_DRAINING);
    }

    @Test
    void aClientThatWritesOneNameOnAllItsCallsCanNotMeltThatServer() {
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            StickyVisit visit = route.visit(world.pool, "A1.node1");
            Lease lease = world.selector.acquire(visit.context());
            leases.add(lease);
            assertThat(visit.settle(lease.server()).outcome()).isIn(HIT, OVERLOADED);
        }
        // followed while k <= 2 * 1/4 * total + 8, and a quarter of the others falls to it by chance
        assertThat(world.pool.member("s1").inFlight()).isLessThanOrEqualTo(400 / 2 + 8 + 100);
        leases.forEach(Lease::success);
    }

    @Test
    void tagsThatChangeAreFollowed() {
        List<Server> servers = new ArrayList<>();
        servers.add(Server.builder("10.0.0.1:80").id("s1").tag("route", "node2").build());
        servers.add(Server.builder("10.0.0.2:80").id("s2").tag("route", "node1").build());
        assertThat(serve("A1.node1")).isEqualTo(answer("s1", HIT));
        world.pool.update(servers);
        assertThat(serve("A1.node1")).isEqualTo(answer("s2", HIT));
        assertThat(serve("A1.node3").outcome()).isEqualTo(MISS_INVALID);
    }

    @Test
    void onePoolAfterAnotherIsReadAsItIs() {
        World other = new World("node1", "node2");
        for (int i = 0; i < 3; i++) {
            assertThat(serve("A1.node1").server()).isEqualTo("s1");
            assertThat(other.serve(route.visit(other.pool, "A1.node1")).server())
                    .isEqualTo("node1");
        }
    }

    @Test
    void poolsThatTakeTurnsAreFollowedOnceEach() {
        AtomicInteger asked = new AtomicInteger();
        List<ServerPool> views = new ArrayList<>();
        for (int i = 0; i < 2; i++) views.add(world.pool.where(server -> asked.incrementAndGet() > 0));
        for (ServerPool view : views) route.visit(view, null);
        asked.set(0);
        for (int i = 0; i < 10_000; i++) route.visit(views.get(i % 2), null);
        assertThat(asked)
                .as("whoever begins to follow a view asks who is in it")
                .hasValue(0);
    }

    @Test
    void aPoolThatWasClosedIsNotKept() {
        List<WeakReference<ServerPool>> pools = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ServerPool pool = Pools.of("a", "b");
            route.visit(pool, "A1.a");
            pool.close();
            pools.add(new WeakReference<>(pool));
        }
        serve("A1.node1");
        for (int tries = 0; tries < 100 && pools.stream().anyMatch(each -> each.get() != null); tries++) System.gc();
        assertThat(pools).allSatisfy(each -> assertThat(each.get()).isNull());
    }

    @Test
    void noPoolIsRefused() {
        assertThatThrownBy(() -> route.visit(null, "A1.node1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pool must be given, was null");
    }

    private World.Answer serve(String id) {
        return world.serve(route.visit(world.pool, id));
    }

    private static World.Answer answer(String server, StickyOutcome outcome) {
        return new World.Answer(server, new Settled(outcome, null));
    }
}
