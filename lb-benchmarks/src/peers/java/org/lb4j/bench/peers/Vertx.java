package org.lb4j.bench.peers;

import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.endpoint.InteractionMetrics;
import io.vertx.core.net.endpoint.LoadBalancer;
import io.vertx.core.net.endpoint.ServerEndpoint;
import io.vertx.core.net.endpoint.ServerInteraction;
import io.vertx.core.net.endpoint.ServerSelector;
import java.util.List;
import org.lb4j.Server;

/** Selectors of Vert.x over servers that are not there. */
final class Vertx implements Calls<Vertx.Interaction<?>> {
    private final ServerSelector selector;
    private final List<Endpoint> endpoints;

    private Vertx(LoadBalancer balancer, List<Server> servers) {
        endpoints = servers.stream()
                .map(server -> new Endpoint(server.hostPort(), balancer.newMetrics()))
                .toList();
        selector = balancer.selector(endpoints);
    }

    static Pick blind(LoadBalancer balancer, List<Server> servers) {
        Vertx vertx = new Vertx(balancer, servers);
        return key -> vertx.endpoints.get(vertx.selector.select());
    }

    static Pick aware(LoadBalancer balancer, List<Server> servers) {
        Vertx vertx = new Vertx(balancer, servers);
        Calls.warm(servers.size(), vertx);
        return key -> vertx.endpoints.get(vertx.selector.select());
    }

    static Pick keyed(LoadBalancer balancer, List<Server> servers) {
        Vertx vertx = new Vertx(balancer, servers);
        return key -> vertx.endpoints.get(vertx.selector.select(key));
    }

    static Pick call(LoadBalancer balancer, List<Server> servers) {
        return Calls.whole(servers.size(), new Vertx(balancer, servers));
    }

    @Override
    public Interaction<?> begin() {
        return Interaction.of(endpoints.get(selector.select()).metrics);
    }

    @Override
    public void end(Interaction<?> call) {
        call.end();
    }

    /** A call as the client of Vert.x reports it: its request has a begin and an end, and so has its response. */
    record Interaction<M>(InteractionMetrics<M> metrics, M metric) {
        static <M> Interaction<M> of(InteractionMetrics<M> metrics) {
            M metric = metrics.initiateRequest();
            metrics.reportRequestBegin(metric);
            return new Interaction<>(metrics, metric);
        }

        void end() {
            metrics.reportRequestEnd(metric);
            metrics.reportResponseBegin(metric);
            metrics.reportResponseEnd(metric);
        }
    }

    private record Endpoint(String key, InteractionMetrics<?> metrics) implements ServerEndpoint {
        @Override
        public SocketAddress address() {
            return SocketAddress.inetSocketAddress(8080, key);
        }

        @Override
        public String protocolId() {
            return "http/1.1";
        }

        @Override
        public ServerInteraction newInteraction() {
            throw new UnsupportedOperationException("its metrics are asked directly");
        }

        @Override
        public Object unwrap() {
            return this;
        }
    }
}
