package org.lb4j.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lb4j.Algorithm;
import org.lb4j.Hold;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.failover.Failure;
import org.lb4j.failover.Repeat;

/** A channel for each server, and lb4j chooses for each call. */
final class GrpcChannelIT {
    private final Greeter a = Greeter.named("a");
    private final Greeter b = Greeter.named("b");
    private final Greeter c = Greeter.named("c");
    private final ServerPool users = ServerPool.builder()
            .name("users")
            .servers(a.server(), b.server(), c.server())
            .build();
    private final PerServer<ManagedChannel> channels = new PerServer<>(
            users,
            server -> Grpc.newChannelBuilder(server.hostPort(), InsecureChannelCredentials.create())
                    .disableRetry() // every repeat is lb4j's
                    .build(),
            ManagedChannel::shutdown);
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        assertThat(users.inFlight()).isZero();
        List<ManagedChannel> all = new ArrayList<>();
        users.members().forEach(each -> all.add(channels.of(each.server())));
        channels.close();
        for (ManagedChannel each : all)
            assertThat(each.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        users.close();
        for (Greeter each : List.of(a, b, c)) each.close();
    }

    private Channel balanced(Algorithm algorithm) {
        return new BalancedChannel(users.selector(algorithm), channels);
    }

    private void noteOutcomes() {
        users.onCall(server -> (start, answered, now, outcome) -> outcomes.add(outcome));
    }

    private static String ask(Channel channel, String status) {
        return ClientCalls.blockingUnaryCall(channel, Greeter.WHO, CallOptions.DEFAULT, status);
    }

    @Test
    void eachCallGoesWhereTheAlgorithmSays() {
        Channel channel = balanced(Algorithms.roundRobin());
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 30; i++) answers.add(ask(channel, ""));
        for (String name : List.of("a", "b", "c"))
            assertThat(Collections.frequency(answers, name)).isEqualTo(10);
    }

    @Test
    void aStreamIsInFlightUntilItsCallerLeaves() throws Exception {
        Channel channel = balanced(Algorithms.leastConnections());
        Context.CancellableContext watching = Context.current().withCancellation();
        String watched = watching.call(() -> {
            Iterator<String> answers =
                    ClientCalls.blockingServerStreamingCall(channel, Greeter.WATCH, CallOptions.DEFAULT, "");
            return answers.next();
        });
        assertThat(users.inFlight()).isEqualTo(1);
        Set<String> others = new HashSet<>();
        for (int i = 0; i < 30; i++) others.add(ask(channel, ""));
        assertThat(others).as("while %s is busy", watched).hasSize(2).doesNotContain(watched);
        watching.cancel(null);
        await().until(() -> users.inFlight() == 0);
    }

    @Test
    void oneKeyHasOneServer() {
        Channel channel = balanced(Algorithms.rendezvous());
        Set<String> homes = new HashSet<>();
        for (int user = 0; user < 20; user++) {
            CallOptions options =
                    CallOptions.DEFAULT.withOption(BalancedChannel.CONTEXT, SelectionContext.key("user-" + user));
            String home = ClientCalls.blockingUnaryCall(channel, Greeter.WHO, options, "");
            assertThat(ClientCalls.blockingUnaryCall(channel, Greeter.WHO, options, ""))
                    .isEqualTo(home);
            homes.add(home);
        }
        assertThat(homes).as("20 users, 3 servers").hasSizeGreaterThan(1);
    }

    @Test
    void aStatusIsAVerdictOnTheServer() {
        noteOutcomes();
        Channel channel = balanced(Algorithms.roundRobin());
        ask(channel, "");
        for (String status : List.of("NOT_FOUND", "UNAVAILABLE", "RESOURCE_EXHAUSTED"))
            assertThatThrownBy(() -> ask(channel, status)).hasMessageContaining(status);
        assertThat(outcomes).containsExactly(Outcome.SUCCESS, Outcome.SUCCESS, Outcome.FAILURE, Outcome.REJECTED);
    }

    @Test
    void withoutAServerTheStatusSaysWhatThePoolSays() {
        for (var each : users.members()) users.hold(each.server().id(), Hold.ADMIN);
        assertThatThrownBy(() -> ask(balanced(Algorithms.adaptive()), ""))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("UNAVAILABLE: no server: 3 known, 0 eligible");
    }

    @Test
    void aCallGoesOnToTheNextServerWhenOneIsGone() {
        GrpcCalls calls = new GrpcCalls(users.selector(Algorithms.roundRobin()), channels);
        b.close();
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 12; i++)
            answers.add(calls.call(
                    Repeat.IF_NOT_PROCESSED,
                    (channel, timeLeft) -> ClientCalls.blockingUnaryCall(
                            channel, Greeter.WHO, CallOptions.DEFAULT.withDeadlineAfter(timeLeft), "")));
        assertThat(answers).containsExactlyInAnyOrder("a", "c");
        assertThat(calls.stats().repeats()).containsOnlyKeys(Failure.NEVER_SENT);
    }

    @Test
    void whatMayHaveBeenDoneIsRepeatedOnlyIfThatIsAllowed() {
        GrpcCalls calls = new GrpcCalls(users.selector(Algorithms.roundRobin()), channels);
        assertThatThrownBy(
                        () -> calls.call(Repeat.IF_NOT_PROCESSED, (channel, timeLeft) -> ask(channel, "UNAVAILABLE")))
                .isInstanceOf(StatusRuntimeException.class);
        assertThat(a.calls() + b.calls() + c.calls()).isEqualTo(1);
        assertThatThrownBy(() -> calls.call(Repeat.FREELY, (channel, timeLeft) -> ask(channel, "UNAVAILABLE")))
                .isInstanceOf(StatusRuntimeException.class);
        assertThat(a.calls() + b.calls() + c.calls()).isEqualTo(4);
    }

    @Test
    void whatTheCallerDidWrongIsNotRepeatedAndBlamesNobody() {
        noteOutcomes();
        GrpcCalls calls = new GrpcCalls(users.selector(Algorithms.roundRobin()), channels);
        assertThatThrownBy(() -> calls.call(Repeat.FREELY, (channel, timeLeft) -> ask(channel, "INVALID_ARGUMENT")))
                .hasMessageContaining("INVALID_ARGUMENT");
        assertThat(outcomes).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void aCallThatCanNotBeginIsNotInFlight() {
        PerServer<ManagedChannel> none = new PerServer<>(
                users,
                server -> {
                    throw new IllegalStateException("no channel to " + server.id());
                },
                ManagedChannel::shutdown);
        noteOutcomes();
        Channel channel = new BalancedChannel(users.selector(Algorithms.roundRobin()), none);
        assertThatThrownBy(() -> ask(channel, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no channel to");
        assertThat(outcomes).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void theChannelOfAServerThatLeftIsClosed() {
        ManagedChannel leaving = channels.of(c.server());
        ManagedChannel staying = channels.of(a.server());
        users.update(List.of(a.server().withWeight(3), b.server()));
        assertThat(leaving.isShutdown()).isTrue();
        assertThat(staying.isShutdown()).isFalse();
        assertThat(channels.of(a.server().withWeight(3))).isSameAs(staying);
    }
}
