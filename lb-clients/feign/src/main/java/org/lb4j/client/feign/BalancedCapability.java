package org.lb4j.client.feign;

import feign.AsyncClient;
import feign.Capability;
import feign.Client;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.Service;
import org.lb4j.client.Services;

/**
 * Feign with services: a request to a logical host goes to one of its servers, and to another one if that fails and the
 * request may be repeated. All other hosts pass through untouched.
 *
 * <pre>{@code
 * UserApi users = Feign.builder().addCapability(BalancedCapability.of(services)).target(UserApi.class, "http://users");
 * }</pre>
 *
 * <p>It wraps whichever client was set. Feign's {@code Retryer} sits above: each of its rounds is a new call. Its default client
 * repeats a GET or DELETE once by itself when a connection closes; a POST without a body, which it would repeat too, is given
 * an empty one.
 */
public final class BalancedCapability implements Capability {
    private final Services services;

    private BalancedCapability(Services services) {
        this.services = services;
    }

    /**
     * The capability to add to a builder.
     *
     * @param services the logical hosts
     * @return it
     * @throws IllegalArgumentException if a service has an {@code authority}: whether the client could send it nobody knows
     */
    public static BalancedCapability of(Services services) {
        services.requireNoAuthority();
        return new BalancedCapability(services);
    }

    /**
     * Wraps a client that waits.
     *
     * @throws IllegalArgumentException if a service hedges
     */
    @Override
    public Client enrich(Client client) {
        services.requireNoHedging();
        return (request, options) -> {
            Service service = services.of(URI.create(request.url()));
            return service == null
                    ? client.execute(request, options)
                    : new Exchange(service, request, options).run(client);
        };
    }

    /** Wraps a client that does not wait; AsyncFeign hands over null where its default is meant. */
    @Override
    public AsyncClient<Object> enrich(@Nullable AsyncClient<Object> given) {
        AsyncClient<Object> client = given == null ? AsyncDefault.CLIENT : given;
        return (request, options, context) -> {
            Service service = services.of(URI.create(request.url()));
            return service == null
                    ? client.execute(request, options, context)
                    : new Exchange(service, request, options).runAsync(client, context);
        };
    }
}
