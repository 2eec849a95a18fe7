package io.grpc.xds;

import com.google.common.collect.ImmutableList;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.ResolvedAddresses;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.LoadBalancerRegistry;
import io.grpc.services.InternalCallMetricRecorder;
import io.grpc.services.MetricReport;
import io.grpc.util.MultiChildLoadBalancer.ChildLbState;
import io.grpc.xds.WeightedRoundRobinLoadBalancer.WeightedChildLbState;
import io.grpc.xds.WeightedRoundRobinLoadBalancer.WeightedRoundRobinLoadBalancerConfig;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.lb4j.Server;

/** The pickers that gRPC's load balancers hand to a channel: it asks one of them once a call. */
public final class GrpcPickers {
    private GrpcPickers() {}

    /**
     * {@code round_robin}.
     *
     * @param servers ready ones
     * @return its picker
     */
    public static SubchannelPicker roundRobin(List<Server> servers) {
        GrpcChannel channel = new GrpcChannel();
        LoadBalancer balancer = LoadBalancerRegistry.getDefaultRegistry()
                .getProvider("round_robin")
                .newLoadBalancer(channel);
        return picker(channel, balancer, "no config", servers);
    }

    /**
     * {@code weighted_round_robin}, after each server has reported as many queries a second as its weight, all at one
     * utilization.
     *
     * @param servers ready ones
     * @return its picker
     */
    public static SubchannelPicker weightedRoundRobin(List<Server> servers) {
        GrpcChannel channel = new GrpcChannel();
        WeightedRoundRobinLoadBalancer balancer =
                new WeightedRoundRobinLoadBalancer(channel, Deadline.getSystemTicker());
        WeightedRoundRobinLoadBalancerConfig config = WeightedRoundRobinLoadBalancerConfig.newBuilder()
                .setBlackoutPeriodNanos(0) // weights count from the first report on
                .build();
        channel.hold();
        resolve(channel, balancer, config, servers);
        int i = 0;
        for (ChildLbState child : balancer.getChildLbStates()) // who of them gets which weight does not matter
        ((WeightedChildLbState) child)
                    .getOrCreateOrcaListener(config.errorUtilizationPenalty, ImmutableList.of())
                    .onLoadReport(report(servers.get(i++).weight()));
        channel.release();
        return channel.picker();
    }

    /**
     * {@code least_request_experimental}: the better of two.
     *
     * @param servers ready ones
     * @return its picker
     */
    public static SubchannelPicker leastRequest(List<Server> servers) {
        GrpcChannel channel = new GrpcChannel();
        LoadBalancer balancer = new LeastRequestLoadBalancer(channel);
        return picker(channel, balancer, new LeastRequestLoadBalancer.LeastRequestConfig(2), servers);
    }

    /**
     * {@code ring_hash_experimental} with the ring that it makes by default. It connects servers as they are asked for.
     *
     * @param servers all
     * @param asked is given each picker that may not know all connections yet
     * @return the picker that knows all that were asked for
     */
    public static SubchannelPicker ringHash(List<Server> servers, Consumer<SubchannelPicker> asked) {
        GrpcChannel channel = new GrpcChannel();
        LoadBalancer balancer = new RingHashLoadBalancer(channel);
        SubchannelPicker before =
                picker(channel, balancer, new RingHashLoadBalancer.RingHashConfig(1024, 4096, ""), servers);
        while (true) {
            asked.accept(before);
            if (channel.picker() == before) return before;
            before = channel.picker();
        }
    }

    /**
     * A call's options as the name resolver leaves them for the ring.
     *
     * @param hash of its key
     * @return options that hold it
     */
    public static CallOptions hashed(long hash) {
        return CallOptions.DEFAULT.withOption(XdsNameResolver.RPC_HASH_KEY, hash);
    }

    private static SubchannelPicker picker(
            GrpcChannel channel, LoadBalancer balancer, Object config, List<Server> servers) {
        resolve(channel, balancer, config, servers);
        return channel.picker();
    }

    private static void resolve(GrpcChannel channel, LoadBalancer balancer, Object config, List<Server> servers) {
        ResolvedAddresses resolved = ResolvedAddresses.newBuilder()
                .setAddresses(servers.stream().map(GrpcPickers::group).toList())
                .setLoadBalancingPolicyConfig(config)
                .build();
        channel.getSynchronizationContext().execute(() -> {
            if (!balancer.acceptResolvedAddresses(resolved).isOk())
                throw new IllegalStateException("refused: " + resolved);
        });
    }

    private static EquivalentAddressGroup group(Server server) {
        return new EquivalentAddressGroup(InetSocketAddress.createUnresolved(server.host(), server.port()));
    }

    private static MetricReport report(int weight) {
        return InternalCallMetricRecorder.createMetricReport(0.5, 0, 0.5, weight, 0, Map.of(), Map.of(), Map.of());
    }
}
