package org.lb4j.bench.peers;

import java.util.List;
import java.util.function.BiFunction;
import org.lb4j.Server;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.SimpleObjectProvider;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Load balancers of Spring Cloud over a list that does not change. */
final class Spring {
    private Spring() {}

    static Pick of(
            BiFunction<ObjectProvider<ServiceInstanceListSupplier>, String, ReactorServiceInstanceLoadBalancer> maker,
            List<Server> servers) {
        List<ServiceInstance> instances = servers.stream()
                .<ServiceInstance>map(server ->
                        new DefaultServiceInstance(server.id(), "service", server.host(), server.port(), false))
                .toList();
        ReactorServiceInstanceLoadBalancer balancer =
                maker.apply(new SimpleObjectProvider<>(new FixedList(Flux.just(instances))), "service");
        Request<?> request = new DefaultRequest<>();
        return key -> Mono.from(balancer.choose(request)).block();
    }

    private record FixedList(Flux<List<ServiceInstance>> instances) implements ServiceInstanceListSupplier {
        @Override
        public String getServiceId() {
            return "service";
        }

        @Override
        public Flux<List<ServiceInstance>> get() {
            return instances;
        }
    }
}
