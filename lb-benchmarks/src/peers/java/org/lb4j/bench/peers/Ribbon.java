package org.lb4j.bench.peers;

import com.netflix.loadbalancer.AbstractLoadBalancerRule;
import com.netflix.loadbalancer.BaseLoadBalancer;
import com.netflix.loadbalancer.Server;
import java.util.List;
import java.util.stream.IntStream;

/** Rules of Ribbon over servers that count as alive. */
final class Ribbon {
    private Ribbon() {}

    static Pick of(AbstractLoadBalancerRule rule, int size) {
        List<Server> servers = IntStream.range(0, size)
                .mapToObj(i -> new Server("10.0." + (i >> 8) + "." + (i & 255), 8080))
                .toList();
        BaseLoadBalancer balancer = new BaseLoadBalancer();
        balancer.setServersList(servers);
        for (Server server : balancer.getAllServers()) server.setAlive(true);
        rule.setLoadBalancer(balancer);
        return rule::choose;
    }
}
