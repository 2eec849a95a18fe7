package io.grpc.xds;

import io.grpc.Attributes;
import io.grpc.ChannelLogger;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.Helper;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.LoadBalancer.SubchannelStateListener;
import io.grpc.ManagedChannel;
import io.grpc.SynchronizationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A channel of which every connection stands as soon as it is asked for, or when {@link #release} says so. */
final class GrpcChannel extends Helper {
    private final SynchronizationContext context = new SynchronizationContext((thread, failure) -> {
        throw new IllegalStateException(failure);
    });
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "timers");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Connection> waiting = new ArrayList<>();
    private boolean held;
    private volatile SubchannelPicker picker;

    SubchannelPicker picker() {
        return picker;
    }

    /** From now on connections wait. */
    void hold() {
        held = true;
    }

    /** All connections stand. */
    void release() {
        held = false;
        context.execute(() -> waiting.forEach(Connection::requestConnection));
    }

    @Override
    public Subchannel createSubchannel(CreateSubchannelArgs args) {
        return new Connection(args);
    }

    @Override
    public void updateBalancingState(ConnectivityState state, SubchannelPicker newest) {
        picker = newest;
    }

    @Override
    public SynchronizationContext getSynchronizationContext() {
        return context;
    }

    @Override
    public ScheduledExecutorService getScheduledExecutorService() {
        return timers;
    }

    @Override
    public String getAuthority() {
        return "service";
    }

    @Override
    public String getChannelTarget() {
        return "service";
    }

    @Override
    public ChannelLogger getChannelLogger() {
        return Silence.INSTANCE;
    }

    @Override
    public void refreshNameResolution() {}

    @Override
    public ManagedChannel createOobChannel(EquivalentAddressGroup group, String authority) {
        throw new UnsupportedOperationException("only connections to servers");
    }

    private final class Connection extends Subchannel {
        private final CreateSubchannelArgs args;
        private SubchannelStateListener listener;

        Connection(CreateSubchannelArgs args) {
            this.args = args;
        }

        @Override
        public void start(SubchannelStateListener told) {
            listener = told;
        }

        @Override
        public void requestConnection() {
            if (held) waiting.add(this);
            else listener.onSubchannelState(ConnectivityStateInfo.forNonError(ConnectivityState.READY));
        }

        @Override
        public List<EquivalentAddressGroup> getAllAddresses() {
            return args.getAddresses();
        }

        @Override
        public Attributes getAttributes() {
            return args.getAttributes();
        }

        @Override
        public ChannelLogger getChannelLogger() {
            return Silence.INSTANCE;
        }

        @Override
        public void shutdown() {}
    }

    private static final class Silence extends ChannelLogger {
        static final Silence INSTANCE = new Silence();

        @Override
        public void log(ChannelLogLevel level, String message) {}

        @Override
        public void log(ChannelLogLevel level, String template, Object... arguments) {}
    }
}
