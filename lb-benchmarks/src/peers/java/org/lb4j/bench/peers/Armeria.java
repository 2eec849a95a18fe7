package org.lb4j.bench.peers;

import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.endpoint.EndpointGroup;
import com.linecorp.armeria.client.endpoint.EndpointSelectionStrategy;
import com.linecorp.armeria.common.loadbalancer.LoadBalancer;
import java.util.List;
import org.lb4j.Server;
import org.lb4j.hash.HashFunction;

/** Endpoint groups of Armeria. */
final class Armeria {
    private Armeria() {}

    static Pick of(EndpointSelectionStrategy strategy, List<Server> servers) {
        EndpointGroup group = EndpointGroup.of(strategy, endpoints(servers));
        return key -> group.selectNow(null);
    }

    static Pick sticky(List<Server> servers) {
        LoadBalancer<Endpoint, String> sticky = LoadBalancer.ofSticky(endpoints(servers), HashFunction.XXH64::hash);
        return sticky::pick;
    }

    private static List<Endpoint> endpoints(List<Server> servers) {
        return servers.stream()
                .map(server -> Endpoint.of(server.host(), server.port()).withWeight(server.weight()))
                .toList();
    }
}
