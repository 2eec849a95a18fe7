package io.servicetalk.loadbalancer;

import io.servicetalk.client.api.ConnectionFactory;
import io.servicetalk.client.api.LoadBalancedConnection;
import io.servicetalk.client.api.LoadBalancer;
import io.servicetalk.client.api.RequestTracker;
import io.servicetalk.client.api.ServiceDiscovererEvent;
import io.servicetalk.concurrent.api.AsyncCloseables;
import io.servicetalk.concurrent.api.Completable;
import io.servicetalk.concurrent.api.ListenableAsyncCloseable;
import io.servicetalk.concurrent.api.Publisher;
import io.servicetalk.concurrent.api.Single;
import io.servicetalk.context.api.ContextMap;
import io.servicetalk.transport.api.TransportObserver;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.lb4j.Server;

/** The selector inside a load balancer of ServiceTalk, with its hosts and a connection to each, and its defaults for the rest. */
public final class ServiceTalkSelector {
    private final HostSelector<String, Connection> selector;

    /**
     * Makes the load balancer and takes its selector.
     *
     * @param policy round robin or P2C
     * @param servers discovered at once
     */
    @SuppressWarnings("unchecked")
    public ServiceTalkSelector(LoadBalancingPolicy<String, Connection> policy, List<Server> servers) {
        List<ServiceDiscovererEvent<String>> found = servers.stream()
                .<ServiceDiscovererEvent<String>>map(server -> new RichServiceDiscovererEvent<>(
                        server.hostPort(), ServiceDiscovererEvent.Status.AVAILABLE, server.weight(), 0))
                .toList();
        Publisher<Collection<ServiceDiscovererEvent<String>>> once =
                Publisher.<Collection<ServiceDiscovererEvent<String>>>from(found)
                        .concat(Publisher.never());
        LoadBalancer<Connection> balancer = LoadBalancers.<String, Connection>builder("service")
                .loadBalancingPolicy(policy)
                .minConnectionsPerHost(1)
                .build()
                .newLoadBalancer(once, new Connections(), "service");
        try {
            Field field = DefaultLoadBalancer.class.getDeclaredField("hostSelector");
            field.setAccessible(true);
            selector = (HostSelector<String, Connection>) field.get(balancer);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another version of ServiceTalk", e);
        }
    }

    /**
     * Picks.
     *
     * @return a connection in a {@code Single} to which nobody subscribes
     */
    public Single<Connection> pick() {
        return selector.selectConnection(connection -> true, null, false);
    }

    /**
     * Picks, and subscribes.
     *
     * @param then is given the connection before this returns
     */
    public void pick(Consumer<Connection> then) {
        var unused = pick().subscribe(then);
    }

    /** A connection that only counts. */
    public static final class Connection implements LoadBalancedConnection {
        private final ListenableAsyncCloseable closing = AsyncCloseables.emptyAsyncCloseable();
        private final RequestTracker tracker;

        Connection(RequestTracker tracker) {
            this.tracker = tracker;
        }

        /**
         * Of its host.
         *
         * @return what requests are reported to
         */
        public RequestTracker tracker() {
            return tracker;
        }

        @Override
        public int score() {
            return 1;
        }

        @Override
        public Completable onClose() {
            return closing.onClose();
        }

        @Override
        public Completable onClosing() {
            return closing.onClosing();
        }

        @Override
        public Completable closeAsync() {
            return closing.closeAsync();
        }
    }

    private static final class Connections implements ConnectionFactory<String, Connection> {
        private final ListenableAsyncCloseable closing = AsyncCloseables.emptyAsyncCloseable();

        @Override
        public Single<Connection> newConnection(String address, ContextMap context, TransportObserver observer) {
            return Single.succeeded(new Connection(context.get(RequestTracker.REQUEST_TRACKER_KEY)));
        }

        @Override
        public Completable onClose() {
            return closing.onClose();
        }

        @Override
        public Completable closeAsync() {
            return closing.closeAsync();
        }
    }
}
