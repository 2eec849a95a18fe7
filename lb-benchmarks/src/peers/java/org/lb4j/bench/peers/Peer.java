package org.lb4j.bench.peers;

import com.google.common.hash.Hashing;
import com.linecorp.armeria.client.endpoint.EndpointSelectionStrategy;
import com.netflix.loadbalancer.BestAvailableRule;
import com.netflix.loadbalancer.RoundRobinRule;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.util.GrpcRoundRobin;
import io.smallrye.stork.impl.RoundRobinLoadBalancer;
import io.smallrye.stork.loadbalancer.requests.LeastRequestsLoadBalancer;
import io.vertx.core.net.endpoint.LoadBalancer;
import java.util.function.IntFunction;
import org.lb4j.hash.HashFunction;

/** The load balancers of others, each through the class that really chooses, and what is in the measured call. */
public enum Peer {
    /** {@code ServerSelector.select()}: an index. */
    VERTX_ROUND_ROBIN("round-robin", "next", size -> Vertx.of(LoadBalancer.ROUND_ROBIN, size)),
    /** {@code ServerSelector.select()}: an index. */
    VERTX_RANDOM("random", "next", size -> Vertx.of(LoadBalancer.RANDOM, size)),
    /** {@code ServerSelector.select()}: an index, by requests in flight, of which there are none. */
    VERTX_POWER_OF_TWO("power-of-two", "next", size -> Vertx.of(LoadBalancer.POWER_OF_TWO_CHOICES, size)),
    /** {@code ServerSelector.select()}: a scan of all. */
    VERTX_LEAST_REQUESTS("least-connections", "next", size -> Vertx.of(LoadBalancer.LEAST_REQUESTS, size)),
    /** {@code ServerSelector.select(key)}: the key is hashed with MD5. */
    VERTX_CONSISTENT_HASHING("ring-hash", "nextByKey", size -> Vertx.keyed(LoadBalancer.CONSISTENT_HASHING, size)),
    /** {@code EndpointSelector.selectNow}, without a request's context, which it does not read. */
    ARMERIA_ROUND_ROBIN("round-robin", "next", size -> Armeria.of(EndpointSelectionStrategy.roundRobin(), size)),
    /** {@code RoundRobinRule.choose}: the list of reachable servers, a counter, whether the server is alive. */
    RIBBON_ROUND_ROBIN("round-robin", "next", size -> Ribbon.of(new RoundRobinRule(), size)),
    /** {@code BestAvailableRule.choose}: a scan of statistics. */
    RIBBON_BEST_AVAILABLE("least-connections", "next", size -> Ribbon.of(new BestAvailableRule(), size)),
    /** {@code LoadBalancer.selectServiceInstance}: it sorts the instances by their ids on each call. */
    STORK_ROUND_ROBIN("round-robin", "next", size -> Stork.of(new RoundRobinLoadBalancer(), size)),
    /** {@code LoadBalancer.selectServiceInstance}: a scan of its statistics. */
    STORK_LEAST_REQUESTS("least-connections", "next", size -> Stork.of(new LeastRequestsLoadBalancer(), size)),
    /** The picker that a channel asks once a call, with a fixed result a subchannel. */
    GRPC_ROUND_ROBIN("round-robin", "next", Peer::grpc),
    /** The bucket alone; the key is hashed by our XXH64, since Guava leaves that to the caller. */
    GUAVA_JUMP("jump", "nextByKey", size -> key -> Hashing.consistentHash(HashFunction.XXH64.hash(key), size));

    private final String family;
    private final String what;
    private final IntFunction<Pick> maker;

    Peer(String family, String what, IntFunction<Pick> maker) {
        this.family = family;
        this.what = what;
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

    Pick make(int size) {
        return maker.apply(size);
    }

    private static Pick grpc(int size) {
        SubchannelPicker picker = GrpcRoundRobin.picker(size);
        return key -> picker.pickSubchannel(null);
    }
}
