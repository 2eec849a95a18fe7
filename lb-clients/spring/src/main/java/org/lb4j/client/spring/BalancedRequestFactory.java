package org.lb4j.client.spring;

import java.io.IOException;
import java.net.URI;
import org.lb4j.client.Service;
import org.lb4j.client.Services;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * RestClient and RestTemplate with services: a request to a logical host goes to one of its servers, and to another one if
 * that fails and the request may be repeated. All other hosts pass through untouched.
 *
 * <pre>{@code
 * ClientHttpRequestFactory factory = BalancedRequestFactory.wrap(new JdkClientHttpRequestFactory(), services);
 * RestClient users = RestClient.builder().requestFactory(factory).baseUrl("http://users").build();
 * String user = users.get().uri("/42").retrieve().body(String.class);
 * }</pre>
 *
 * <p>Interceptors sit above: each runs once a call, and what it adds is on every attempt. Spring's factories have no timeout a
 * request, so {@code attemptTimeout} and {@code timeout} only decide whether another attempt begins: give the factory
 * timeouts of its own. What lies beneath may send a GET again by itself; see the page on calls.
 */
public final class BalancedRequestFactory implements ClientHttpRequestFactory {
    private static final String APACHE = "org.springframework.http.client.HttpComponentsClientHttpRequestFactory";
    private static final String JDK = "org.springframework.http.client.JdkClientHttpRequestFactory";

    private final ClientHttpRequestFactory factory;
    private final Services services;

    private BalancedRequestFactory(ClientHttpRequestFactory factory, Services services) {
        this.factory = factory;
        this.services = services;
    }

    /**
     * Wraps a factory.
     *
     * @param factory makes the real requests
     * @param services the logical hosts
     * @return the balanced factory
     * @throws IllegalArgumentException if a service hedges or has an {@code authority}, if the factory is one of Apache
     *     HttpClient's, or if a system property makes the JDK's client below it repeat POSTs
     */
    public static ClientHttpRequestFactory wrap(ClientHttpRequestFactory factory, Services services) {
        services.requireNoHedging();
        services.requireNoAuthority();
        if (is(APACHE, factory))
            throw new IllegalArgumentException(
                    "Apache HttpClient retries by itself and hides it: use lb-client-apache");
        if (is(JDK, factory)) Services.requireNoHiddenRepeats();
        return new BalancedRequestFactory(factory, services);
    }

    /** By name: whoever has no HttpClient could not load the class. */
    private static boolean is(String name, ClientHttpRequestFactory factory) {
        if (factory instanceof AbstractClientHttpRequestFactoryWrapper wrapper) return is(name, wrapper.getDelegate());
        for (Class<?> each = factory.getClass(); each != null; each = each.getSuperclass())
            if (each.getName().equals(name)) return true;
        return false;
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        Service service = services.of(uri);
        return service == null
                ? factory.createRequest(uri, method)
                : new BalancedRequest(factory, service, uri, method);
    }

    @Override
    public String toString() {
        return "balanced " + factory + " for " + services;
    }
}
