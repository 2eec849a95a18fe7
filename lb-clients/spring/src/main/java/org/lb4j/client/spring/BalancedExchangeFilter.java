package org.lb4j.client.spring;

import org.lb4j.client.Service;
import org.lb4j.client.Services;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * WebClient with services: a request to a logical host goes to one of its servers, and to another one if that fails and the
 * request may be repeated. All other hosts pass through untouched.
 *
 * <pre>{@code
 * WebClient users = WebClient.builder().filter(BalancedExchangeFilter.of(services)).baseUrl("http://users").build();
 * Mono<String> user = users.get().uri("/42").retrieve().bodyToMono(String.class);
 * }</pre>
 *
 * <p>Each subscription is a call with its own exclusions, those of an outer {@code retryWhen} too. It ends when the body does, or
 * when the subscriber leaves, be it before the response or inside its body. Filters added before see each call once, those
 * added later each attempt. A request body that was asked for is sent again only if the service says {@code repeatable(..)}:
 * whether a publisher can be subscribed to twice nobody else knows.
 */
public final class BalancedExchangeFilter implements ExchangeFilterFunction {
    private final Services services;

    private BalancedExchangeFilter(Services services) {
        this.services = services;
    }

    /**
     * The filter to add to a builder.
     *
     * @param services the logical hosts
     * @return it
     * @throws IllegalArgumentException if a service has an {@code authority}, which WebClient has no way to send
     */
    public static ExchangeFilterFunction of(Services services) {
        services.requireNoAuthority();
        return new BalancedExchangeFilter(services);
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        Service service = services.of(request.url());
        return service == null ? next.exchange(request) : new ReactiveExchange(service, request, next).calls();
    }

    @Override
    public String toString() {
        return "balanced for " + services;
    }
}
