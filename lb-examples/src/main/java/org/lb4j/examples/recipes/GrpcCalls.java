package org.lb4j.examples.recipes;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.function.BiFunction;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Repeat;

/**
 * Calls of blocking stubs that go on to the next server.
 *
 * <pre>{@code
 * User user = calls.call(Repeat.FREELY, (channel, timeLeft) ->
 *         UsersGrpc.newBlockingStub(channel).withDeadlineAfter(timeLeft).get(id));
 * }</pre>
 */
public final class GrpcCalls {
    private final Selector selector;
    private final PerServer<ManagedChannel> channels;
    private final Failover failover = Failover.builder()
            .timeout(Duration.ofSeconds(5))
            .classifier(GrpcVerdicts::failure)
            .build();

    /**
     * Calls over channels.
     *
     * @param selector who chooses
     * @param channels one for each server
     */
    public GrpcCalls(Selector selector, PerServer<ManagedChannel> channels) {
        this.selector = selector;
        this.channels = channels;
    }

    /**
     * Calls.
     *
     * @param <T> what it brings
     * @param repeat what may be repeated
     * @param body one attempt, on a channel to one server, and how long it may take
     * @return what the body returned
     */
    public <T> T call(Repeat repeat, BiFunction<Channel, Duration, T> body) {
        return failover.call(selector, SelectionContext.none(), repeat, attempt -> {
            try {
                return body.apply(channels.of(attempt.server()), attempt.timeLeft());
            } catch (StatusRuntimeException ended) {
                attempt.lease().end(GrpcVerdicts.outcome(ended.getStatus())); // the first verdict counts
                throw ended;
            }
        });
    }

    /**
     * What was repeated.
     *
     * @return counts
     */
    public Failover.Stats stats() {
        return failover.stats();
    }
}
