package org.lb4j.bench.peers;

import io.smallrye.stork.api.LoadBalancer;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.impl.DefaultServiceInstance;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Load balancers of SmallRye Stork. */
final class Stork {
    private Stork() {}

    static Pick of(LoadBalancer balancer, int size) {
        List<ServiceInstance> servers = IntStream.range(0, size)
                .<ServiceInstance>mapToObj(
                        i -> new DefaultServiceInstance(i, "10.0." + (i >> 8) + "." + (i & 255), 8080, Optional.empty(), false))
                .toList();
        return key -> balancer.selectServiceInstance(servers);
    }
}
