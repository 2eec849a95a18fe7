package org.lb4j.examples.recipes;

import io.grpc.ClientCall;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lb4j.Lease;
import org.lb4j.NoServerAvailableException;
import org.lb4j.Outcome;
import org.lb4j.Server;

/** A call that gets its server when it starts, since only a call that was started is told of its end. */
final class BalancedCall<Q, A> extends ForwardingClientCall<Q, A> {
    private final Supplier<Lease> picking;
    private final Function<Server, ClientCall<Q, A>> opening;
    private ClientCall<Q, A> call = new NoCall<>();

    BalancedCall(Supplier<Lease> picking, Function<Server, ClientCall<Q, A>> opening) {
        this.picking = picking;
        this.opening = opening;
    }

    @Override
    protected ClientCall<Q, A> delegate() {
        return call;
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
        Lease lease;
        try {
            lease = picking.get();
        } catch (NoServerAvailableException none) {
            Status status =
                    Status.UNAVAILABLE.withDescription(none.getMessage()).withCause(none);
            listener.onClose(status, new Metadata());
            return;
        }
        try {
            call = opening.apply(lease.server());
            call.start(new Ending<>(listener, lease), headers);
        } catch (Throwable thrown) {
            lease.end(Outcome.CANCELLED); // it never left
            throw thrown;
        }
    }

    /** Ends the lease before the caller learns of the end. */
    private static final class Ending<A> extends SimpleForwardingClientCallListener<A> {
        private final Lease lease;

        Ending(Listener<A> listener, Lease lease) {
            super(listener);
            this.lease = lease;
        }

        @Override
        public void onMessage(A message) {
            lease.answered(); // of a stream the first message; the rest is its body
            super.onMessage(message);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            lease.end(GrpcVerdicts.outcome(status));
            super.onClose(status, trailers);
        }
    }

    /** What is there while there is no server: deaf. */
    private static final class NoCall<Q, A> extends ClientCall<Q, A> {
        @Override
        public void start(Listener<A> listener, Metadata headers) {}

        @Override
        public void request(int messages) {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {}

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(Q message) {}
    }
}
