package org.lb4j.bench.peers;

import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.endpoint.InteractionMetrics;
import io.vertx.core.net.endpoint.LoadBalancer;
import io.vertx.core.net.endpoint.ServerEndpoint;
import io.vertx.core.net.endpoint.ServerInteraction;
import io.vertx.core.net.endpoint.ServerSelector;
import java.util.List;
import java.util.stream.IntStream;

/** Selectors of Vert.x over servers that are not there. */
final class Vertx {
    private Vertx() {}

    static Pick of(LoadBalancer balancer, int size) {
        ServerSelector selector = selector(balancer, size);
        return key -> selector.select();
    }

    static Pick keyed(LoadBalancer balancer, int size) {
        ServerSelector selector = selector(balancer, size);
        return selector::select;
    }

    private static ServerSelector selector(LoadBalancer balancer, int size) {
        List<Endpoint> servers = IntStream.range(0, size)
                .mapToObj(i -> new Endpoint("10.0.0." + i + ":8080", balancer.newMetrics()))
                .toList();
        return balancer.selector(servers);
    }

    private record Endpoint(String key, InteractionMetrics<?> metrics) implements ServerEndpoint {
        @Override
        public SocketAddress address() {
            return SocketAddress.inetSocketAddress(8080, key);
        }

        @Override
        public ServerInteraction newInteraction() {
            throw new UnsupportedOperationException("picks only");
        }

        @Override
        public Object unwrap() {
            return this;
        }
    }
}
