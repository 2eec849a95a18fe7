package org.lb4j.bench.peers;

import io.smallrye.stork.api.LoadBalancer;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.impl.DefaultServiceInstance;
import io.smallrye.stork.impl.RoundRobinLoadBalancer;
import io.smallrye.stork.loadbalancer.leastresponsetime.LeastResponseTimeConfiguration;
import io.smallrye.stork.loadbalancer.leastresponsetime.LeastResponseTimeLoadBalancer;
import io.smallrye.stork.loadbalancer.poweroftwochoices.PowerOfTwoChoicesConfiguration;
import io.smallrye.stork.loadbalancer.poweroftwochoices.PowerOfTwoChoicesLoadBalancerProvider;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lb4j.Server;

/** Load balancers of SmallRye Stork. */
final class Stork implements Calls<ServiceInstance> {
    private final LoadBalancer balancer;
    private final List<ServiceInstance> instances;

    private Stork(LoadBalancer balancer, List<Server> servers) {
        this.balancer = balancer;
        this.instances = IntStream.range(0, servers.size())
                .mapToObj(i -> instance(i, servers.get(i)))
                .toList();
    }

    private static ServiceInstance instance(int id, Server server) {
        return new DefaultServiceInstance(id, server.host(), server.port(), Optional.empty(), false);
    }

    static Pick blind(LoadBalancer balancer, List<Server> servers) {
        List<ServiceInstance> instances = new Stork(balancer, servers).instances;
        return key -> balancer.selectServiceInstance(instances);
    }

    static Pick aware(LoadBalancer balancer, List<Server> servers) {
        Stork stork = new Stork(balancer, servers);
        Calls.warm(servers.size(), stork);
        return key -> balancer.selectServiceInstance(stork.instances);
    }

    static Pick call(LoadBalancer balancer, List<Server> servers) {
        return Calls.whole(servers.size(), new Stork(balancer, servers));
    }

    static LoadBalancer roundRobin() {
        return new RoundRobinLoadBalancer();
    }

    static LoadBalancer leastResponseTime() {
        return new LeastResponseTimeLoadBalancer(new LeastResponseTimeConfiguration());
    }

    /** Its constructor is for its provider only. */
    static LoadBalancer powerOfTwo() {
        return new PowerOfTwoChoicesLoadBalancerProvider()
                .createLoadBalancer(new PowerOfTwoChoicesConfiguration(), null);
    }

    @Override
    public ServiceInstance begin() {
        ServiceInstance instance = balancer.selectServiceInstance(instances);
        instance.recordStart(true);
        return instance;
    }

    @Override
    public void end(ServiceInstance instance) {
        instance.recordReply();
        instance.recordEnd(null);
    }
}
