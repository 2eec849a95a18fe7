package org.lb4j.bench.peers;

import com.google.common.hash.Hashing;
import com.linecorp.armeria.client.endpoint.EndpointSelectionStrategy;
import com.netflix.loadbalancer.BestAvailableRule;
import com.netflix.loadbalancer.RoundRobinRule;
import io.grpc.xds.GrpcPickers;
import io.smallrye.stork.loadbalancer.requests.LeastRequestsLoadBalancer;
import io.vertx.core.net.endpoint.LoadBalancer;
import java.util.List;
import java.util.function.Function;
import org.apache.dubbo.rpc.cluster.loadbalance.ConsistentHashLoadBalance;
import org.apache.dubbo.rpc.cluster.loadbalance.LeastActiveLoadBalance;
import org.apache.dubbo.rpc.cluster.loadbalance.RandomLoadBalance;
import org.apache.dubbo.rpc.cluster.loadbalance.RoundRobinLoadBalance;
import org.lb4j.Server;
import org.lb4j.bench.Servers;
import org.lb4j.hash.HashFunction;
import org.springframework.cloud.loadbalancer.core.RandomLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;

/** The load balancers of others, each through the class that really chooses, and what is in the measured call. */
public enum Peer {
    /** {@code ServerSelector.select()}: an index, and the server that stands there. */
    VERTX_ROUND_ROBIN("round-robin", "next", servers -> Vertx.blind(LoadBalancer.ROUND_ROBIN, servers)),
    /** {@code EndpointSelector.selectNow}, without a request's context, which it does not read. */
    ARMERIA_ROUND_ROBIN("round-robin", "next", servers -> Armeria.of(EndpointSelectionStrategy.roundRobin(), servers)),
    /** {@code RoundRobinRule.choose}: the list of reachable servers, a counter, whether the server is alive. */
    RIBBON_ROUND_ROBIN("round-robin", "next", servers -> Ribbon.blind(new RoundRobinRule(), servers)),
    /** {@code LoadBalancer.selectServiceInstance}: it sorts the instances by their ids on each call. */
    STORK_ROUND_ROBIN("round-robin", "next", servers -> Stork.blind(Stork.roundRobin(), servers)),
    /** The picker that a channel asks once a call: a subchannel's fixed result. */
    GRPC_ROUND_ROBIN("round-robin", "next", servers -> Grpc.blind(GrpcPickers.roundRobin(servers))),
    /** {@code HostSelector.selectConnection}: a health check and a connection, in a {@code Single} nobody subscribes to. */
    SERVICETALK_ROUND_ROBIN("round-robin", "next", ServiceTalk::roundRobin),
    /** {@code choose} over a fixed list, and {@code block()} for its answer. */
    SPRING_ROUND_ROBIN("round-robin", "next", servers -> Spring.of(RoundRobinLoadBalancer::new, servers)),
    /** {@code LoadBalance.select}: smooth weighted round robin over a map of all, also when weights are equal. */
    DUBBO_ROUND_ROBIN("round-robin", "next", servers -> Dubbo.blind(new RoundRobinLoadBalance(), servers)),

    /** As round robin. */
    ARMERIA_WEIGHTED(
            "round-robin",
            "next",
            "skewed",
            servers -> Armeria.of(EndpointSelectionStrategy.weightedRoundRobin(), servers)),
    /** The picker: strides, and a result made for the call, with a tracer that waits for the server's report. */
    GRPC_WEIGHTED("round-robin", "next", "skewed", servers -> Grpc.blind(GrpcPickers.weightedRoundRobin(servers))),
    /** As round robin, by strides. */
    SERVICETALK_WEIGHTED("round-robin", "next", "skewed", ServiceTalk::roundRobin),
    /** As round robin. */
    DUBBO_WEIGHTED("round-robin", "next", "skewed", servers -> Dubbo.blind(new RoundRobinLoadBalance(), servers)),

    /** {@code ServerSelector.select()}: an index, and the server that stands there. */
    VERTX_RANDOM("random", "next", servers -> Vertx.blind(LoadBalancer.RANDOM, servers)),
    /** As round robin. */
    SPRING_RANDOM("random", "next", servers -> Spring.of(RandomLoadBalancer::new, servers)),
    /** {@code LoadBalance.select}, of servers that say nothing of a weight. */
    DUBBO_RANDOM("random", "next", servers -> Dubbo.unweighted(new RandomLoadBalance(), servers)),
    /** {@code LoadBalance.select}: it adds up all weights on each call. */
    DUBBO_RANDOM_WEIGHTED("random", "next", "skewed", servers -> Dubbo.blind(new RandomLoadBalance(), servers)),

    /** {@code ServerSelector.select()}: an index, and the server that stands there, by requests in flight. */
    VERTX_POWER_OF_TWO("power-of-two", "next", servers -> Vertx.aware(LoadBalancer.POWER_OF_TWO_CHOICES, servers)),
    /** The picker: the better of two by requests in flight, and a result made for the call, with the tracer that counts it. */
    GRPC_LEAST_REQUEST("power-of-two", "next", Grpc::leastRequest),
    /** As round robin: the better of two by latency and requests in flight. */
    SERVICETALK_P2C("power-of-two", "next", ServiceTalk::powerOfTwo),
    /** The pick, and all five reports of its {@code InteractionMetrics}, four of which read the time. */
    VERTX_POWER_OF_TWO_CALL("power-of-two", "call", servers -> Vertx.call(LoadBalancer.POWER_OF_TWO_CHOICES, servers)),
    /** The pick, its tracer made, begun and ended. */
    GRPC_LEAST_REQUEST_CALL("power-of-two", "call", Grpc::leastRequestCall),
    /** {@code selectServiceInstance}, which copies the list, and {@code recordStart}, {@code recordReply}, {@code recordEnd}. */
    STORK_POWER_OF_TWO_CALL("power-of-two", "call", servers -> Stork.call(Stork.powerOfTwo(), servers)),
    /** The pick, with the session it makes; the answer's {@code Future} read and the session closed. */
    FINAGLE_P2C_CALL("power-of-two", "call", servers -> Finagle.call(Finagle.powerOfTwo(), servers)),

    /** {@code ServerSelector.select()}: a scan of all. */
    VERTX_LEAST_REQUESTS("least-connections", "next", servers -> Vertx.aware(LoadBalancer.LEAST_REQUESTS, servers)),
    /** {@code BestAvailableRule.choose}: a scan of statistics, which it looks up server by server. */
    RIBBON_BEST_AVAILABLE("least-connections", "next", servers -> Ribbon.aware(new BestAvailableRule(), servers)),
    /** {@code LoadBalancer.selectServiceInstance}: a scan of its statistics. */
    STORK_LEAST_REQUESTS("least-connections", "next", servers -> Stork.aware(new LeastRequestsLoadBalancer(), servers)),
    /** {@code LoadBalance.select}: a scan of {@code RpcStatus}. */
    DUBBO_LEAST_ACTIVE("least-connections", "next", servers -> Dubbo.aware(new LeastActiveLoadBalance(), servers)),
    /** As the whole call by two choices. */
    VERTX_LEAST_REQUESTS_CALL("least-connections", "call", servers -> Vertx.call(LoadBalancer.LEAST_REQUESTS, servers)),
    /** The pick, and what {@code LoadBalancerContext} tells the server's statistics of a call. */
    RIBBON_BEST_AVAILABLE_CALL("least-connections", "call", servers -> Ribbon.call(new BestAvailableRule(), servers)),
    /** As the whole call by two choices. */
    STORK_LEAST_REQUESTS_CALL(
            "least-connections", "call", servers -> Stork.call(new LeastRequestsLoadBalancer(), servers)),
    /** The pick, {@code RpcStatus.beginCount} and {@code endCount}. */
    DUBBO_LEAST_ACTIVE_CALL("least-connections", "call", servers -> Dubbo.call(new LeastActiveLoadBalance(), servers)),
    /** As the whole call by two choices, from a heap of all. */
    FINAGLE_HEAP_CALL("least-connections", "call", servers -> Finagle.call(Finagle.heap(), servers)),

    /** {@code LoadBalancer.selectServiceInstance}: a scan of its statistics. */
    STORK_LEAST_RESPONSE_TIME(
            "least-response-time", "next", servers -> Stork.aware(Stork.leastResponseTime(), servers)),
    /** {@code LoadBalance.select}: a scan of {@code RpcStatus}. */
    DUBBO_SHORTEST_RESPONSE("least-response-time", "next", servers -> Dubbo.aware(Dubbo.shortestResponse(), servers)),

    /** The pick by two choices, the subscription to its {@code Single}, and the host's {@code RequestTracker} told both ends. */
    SERVICETALK_P2C_CALL("peak-ewma", "call", ServiceTalk::powerOfTwoCall),
    /** As the whole call by two choices, but for the scan: it is by latency. */
    STORK_LEAST_RESPONSE_TIME_CALL("peak-ewma", "call", servers -> Stork.call(Stork.leastResponseTime(), servers)),
    /** The pick, {@code RpcStatus.beginCount} and {@code endCount}; the time is given, not read. */
    DUBBO_SHORTEST_RESPONSE_CALL("peak-ewma", "call", servers -> Dubbo.call(Dubbo.shortestResponse(), servers)),
    /** As the whole call by two choices. */
    FINAGLE_PEAK_EWMA_CALL("peak-ewma", "call", servers -> Finagle.call(Finagle.peakEwma(), servers)),

    /** {@code ServerSelector.select(key)}: the key is hashed with MD5. */
    VERTX_CONSISTENT_HASHING(
            "ring-hash", "nextByKey", servers -> Vertx.keyed(LoadBalancer.CONSISTENT_HASHING, servers)),
    /** The picker, for a call that was made before, with the key's hash in it, and is looked up in a map. */
    GRPC_RING_HASH("ring-hash", "nextByKey", Grpc::ringHash),
    /** {@code LoadBalance.select}: the key, an argument of a call made before and looked up in a map, is hashed with MD5. */
    DUBBO_CONSISTENT_HASH("ring-hash", "nextByKey", servers -> Dubbo.keyed(new ConsistentHashLoadBalance(), servers)),
    /** The load balancer behind the strategy {@code sticky}: jump hash; the hash is the caller's affair, here our XXH64. */
    ARMERIA_STICKY("jump", "nextByKey", Armeria::sticky),
    /** The bucket alone; the key is hashed by our XXH64, since Guava leaves that to the caller. */
    GUAVA_JUMP(
            "jump",
            "nextByKey",
            servers -> key -> Hashing.consistentHash(HashFunction.XXH64.hash(key), servers.size()));

    private final String family;
    private final String what;
    private final String weights;
    private final Function<List<Server>, Pick> maker;

    Peer(String family, String what, Function<List<Server>, Pick> maker) {
        this(family, what, "equal", maker);
    }

    Peer(String family, String what, String weights, Function<List<Server>, Pick> maker) {
        this.family = family;
        this.what = what;
        this.weights = weights;
        this.maker = maker;
    }

    /**
     * What it is held against.
     *
     * @return the id of a contender of ours
     */
    public String family() {
        return family;
    }

    /**
     * How it is asked.
     *
     * @return the benchmark method
     */
    public String what() {
        return what;
    }

    /**
     * What the servers weigh.
     *
     * @return equal or skewed
     */
    public String weights() {
        return weights;
    }

    Pick make(int size) {
        return maker.apply(weights.equals("equal") ? Servers.equal(size) : Servers.skewed(size));
    }
}
