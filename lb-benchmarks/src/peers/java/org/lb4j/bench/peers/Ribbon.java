package org.lb4j.bench.peers;

import com.netflix.loadbalancer.AbstractLoadBalancerRule;
import com.netflix.loadbalancer.BaseLoadBalancer;
import com.netflix.loadbalancer.LoadBalancerStats;
import com.netflix.loadbalancer.Server;
import com.netflix.loadbalancer.ServerStats;
import java.util.List;

/** Rules of Ribbon over servers that count as alive. */
final class Ribbon implements Calls<ServerStats> {
    private final AbstractLoadBalancerRule rule;
    private final LoadBalancerStats stats;

    private Ribbon(AbstractLoadBalancerRule rule, List<org.lb4j.Server> servers) {
        this.rule = rule;
        BaseLoadBalancer balancer = new BaseLoadBalancer();
        balancer.setServersList(servers.stream()
                .map(server -> new Server(server.host(), server.port()))
                .toList());
        for (Server server : balancer.getAllServers()) server.setAlive(true);
        rule.setLoadBalancer(balancer);
        stats = balancer.getLoadBalancerStats();
    }

    static Pick blind(AbstractLoadBalancerRule rule, List<org.lb4j.Server> servers) {
        return new Ribbon(rule, servers).rule::choose;
    }

    static Pick aware(AbstractLoadBalancerRule rule, List<org.lb4j.Server> servers) {
        Ribbon ribbon = new Ribbon(rule, servers);
        Calls.warm(servers.size(), ribbon);
        return ribbon.rule::choose;
    }

    static Pick call(AbstractLoadBalancerRule rule, List<org.lb4j.Server> servers) {
        return Calls.whole(servers.size(), new Ribbon(rule, servers));
    }

    @Override
    public ServerStats begin() {
        ServerStats server = stats.getSingleServerStat(rule.choose(""));
        server.incrementActiveRequestsCount();
        return server;
    }

    @Override
    public void end(ServerStats server) {
        server.decrementActiveRequestsCount();
        server.incrementNumRequests();
        server.noteResponseTime(2);
        server.clearSuccessiveConnectionFailureCount();
    }
}
