package org.lb4j.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** gRPC balances over what a pool shows it. */
final class GrpcResolverIT {
    private final Greeter a = Greeter.named("a");
    private final Greeter b = Greeter.named("b");
    private final Greeter c = Greeter.named("c");
    private final ServerPool users =
            ServerPool.builder().name("users").servers(a.server(), b.server()).build();
    private PoolResolverProvider provider;
    private ManagedChannel channel;

    @BeforeEach
    void open() {
        provider = new PoolResolverProvider(Map.of("users", users));
        NameResolverRegistry.getDefaultRegistry().register(provider);
        channel = Grpc.newChannelBuilder("lb4j:///users", InsecureChannelCredentials.create())
                .defaultLoadBalancingPolicy("round_robin")
                .build();
    }

    @AfterEach
    void close() throws Exception {
        assertThat(users.inFlight()).isZero();
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        NameResolverRegistry.getDefaultRegistry().deregister(provider);
        users.close();
        for (Greeter each : List.of(a, b, c)) each.close();
    }

    private String who() {
        return ClientCalls.blockingUnaryCall(channel, Greeter.WHO, CallOptions.DEFAULT, "");
    }

    private Map<String, Integer> answersOf(int calls) {
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < calls; i++) answers.merge(who(), 1, Integer::sum);
        return answers;
    }

    private void awaitAnswersOf(String... names) {
        await().until(() -> answersOf(6).keySet().equals(Set.of(names)));
    }

    @Test
    void itsRoundRobinSpreadsOverTheServersOfThePool() {
        awaitAnswersOf("a", "b");
        assertThat(answersOf(20)).containsOnly(Map.entry("a", 10), Map.entry("b", 10));
    }

    @Test
    void whoJoinsIsCalledAndWhoLeavesIsNot() {
        awaitAnswersOf("a", "b");
        users.update(List.of(b.server(), c.server()));
        awaitAnswersOf("b", "c");
        int before = a.calls();
        answersOf(20);
        assertThat(a.calls()).isEqualTo(before);
    }

    @Test
    void whoIsHeldIsNotCalledUntilReleased() {
        awaitAnswersOf("a", "b");
        users.hold(a.server().id(), Hold.DRAIN);
        awaitAnswersOf("b");
        users.release(a.server().id(), Hold.DRAIN);
        awaitAnswersOf("a", "b");
    }

    @Test
    void whatRunsOnAHeldServerMayFinish() {
        awaitAnswersOf("a", "b");
        Iterator<String> watched =
                ClientCalls.blockingServerStreamingCall(channel, Greeter.WATCH, CallOptions.DEFAULT, "");
        Greeter held = watched.next().equals("a") ? a : b;
        users.hold(held.server().id(), Hold.DRAIN);
        awaitAnswersOf(held == a ? "b" : "a");
        held.endWatches();
        assertThat(watched.hasNext()).as("ended well").isFalse();
    }

    @Test
    void whenChecksFailEverywhereAllAreCalledInPanic() {
        awaitAnswersOf("a", "b");
        users.hold(a.server().id(), Hold.CHECK);
        awaitAnswersOf("b");
        users.hold(b.server().id(), Hold.CHECK);
        awaitAnswersOf("a", "b");
    }

    @Test
    void sparesAreCalledWhenTheirTierIs() {
        Server spare = Server.builder(c.server().hostPort()).priority(1).build();
        users.update(List.of(a.server(), b.server(), spare));
        awaitAnswersOf("a", "b");
        users.change(edits -> {
            edits.hold(a.server().id(), Hold.ADMIN);
            edits.hold(b.server().id(), Hold.ADMIN);
        });
        awaitAnswersOf("c");
    }

    @Test
    void whenAllAreHeldItKeepsTheLastListUntilOneIsReleased() {
        awaitAnswersOf("a", "b");
        users.change(edits -> {
            edits.hold(a.server().id(), Hold.ADMIN);
            edits.hold(b.server().id(), Hold.ADMIN);
        });
        assertThat(answersOf(20)).containsOnlyKeys("a", "b");
        users.release(b.server().id(), Hold.ADMIN);
        awaitAnswersOf("b");
    }

    @Test
    void aPoolWithoutServersMakesCallsFailUntilOneComes() {
        users.update(List.of());
        assertThatThrownBy(this::who).isInstanceOf(StatusRuntimeException.class).hasMessageContaining("UNAVAILABLE");
        users.update(List.of(c.server()));
        await().ignoreException(StatusRuntimeException.class).until(() -> who().equals("c"));
    }

    @Test
    void aTargetWithoutAPoolIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grpc.newChannelBuilder("lb4j:///carts", InsecureChannelCredentials.create())
                        .build())
                .withMessageContaining("no pool for lb4j:///carts in [users]");
    }
}
