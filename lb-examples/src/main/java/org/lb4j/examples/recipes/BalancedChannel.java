package org.lb4j.examples.recipes;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;

/**
 * A gRPC channel that asks a selector for each call, so that all algorithms work, and what they learn is learned. For
 * generated stubs it is a channel like any other.
 *
 * <pre>{@code
 * UsersBlockingStub users = UsersGrpc.newBlockingStub(new BalancedChannel(selector, channels));
 * }</pre>
 */
public final class BalancedChannel extends Channel {
    /** What one call wants: {@code stub.withOption(BalancedChannel.CONTEXT, SelectionContext.key("user-42"))}. */
    public static final CallOptions.Key<SelectionContext> CONTEXT =
            CallOptions.Key.createWithDefault("lb4j.context", SelectionContext.none());

    private final Selector selector;
    private final PerServer<ManagedChannel> channels;

    /**
     * A channel over channels.
     *
     * @param selector who chooses
     * @param channels one for each server
     */
    public BalancedChannel(Selector selector, PerServer<ManagedChannel> channels) {
        this.selector = selector;
        this.channels = channels;
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
        return new BalancedCall<>(
                () -> selector.acquire(options.getOption(CONTEXT)),
                server -> channels.of(server).newCall(method, options));
    }

    @Override
    public String authority() {
        return "lb4j"; // each server's channel says its own
    }
}
